/** What an explorer's map and image can be downloaded as. */
import type { Api, FilmFormat } from "../../api/client.ts";
import type { MapQuery } from "../../api/queries.ts";
import type { ModelView } from "../../api/types.ts";
import { figureFiles } from "../../charts/figureMenu.ts";
import type { Scene } from "../../core/explorer/scene.ts";
import { withTexts } from "../../core/formats/pngText.ts";
import { downloadMenu, type MenuFile, type MenuGroup } from "../../ui/downloadMenu.ts";
import { filmFiles } from "../shared/filmDownload.ts";
import { pictureFiles, recipePictureFiles } from "../shared/pictureFiles.ts";
import type { MapController } from "./map/mapController.ts";
import { mapPicture } from "./map/mapPicture.ts";
import type { SeenMap } from "./map/seenMap.ts";
import { shownFigure } from "./mapFigures.ts";

/** @param edited the image after the edits, which stands first as it is the one shown; undefined: there is none. */
export function imageDownloads(
  api: Api,
  model: ModelView,
  scene: () => Scene,
  edited: () => Blob | undefined,
): HTMLElement {
  const { name, image_shape } = model;
  const [height = 28, width = 28] = image_shape;
  const stem = () => `${name}-${scene().version}`;
  const query = () => {
    const { point, label, version } = scene();
    return { points: [point], label, version };
  };
  const generated = (): readonly MenuFile[] => [
    ...pictureFiles({
      form: "PNG",
      width,
      height,
      stem,
      load: (scale, [signal, progress]) =>
        api.imageFile(name, query(), "image/png", scale, { signal, progress }),
    }),
    {
      label: "Data, npy",
      name: () => `${stem()}.npy`,
      make: (signal, progress) =>
        api.imageFile(name, query(), "application/x-npy", undefined, { signal, progress }),
    },
  ];
  return downloadMenu({
    title: "Download this image",
    groups: () => {
      if (scene().edits.length === 0) return [{ files: generated() }];
      const file = edited();
      const after = file && recipePictureFiles(api, file, { width, height }, () => `${stem()}-edited`);
      return [
        ...(after ? [{ title: "After the edits", files: after }] : []),
        { title: "Before the edits", files: generated() },
      ];
    },
  });
}

export function mapDownloads(
  api: Api,
  model: ModelView,
  maps: MapController,
  scene: () => Scene,
): HTMLElement {
  const stem = () => {
    const { version, theme, cube } = scene();
    return [model.name, version, ...(theme ? [theme.name] : []), cube ? "cube" : "map"].join("-");
  };
  return downloadMenu({
    label: "Download",
    title: "Download this map",
    groups: () => {
      const flat = maps.query.axes.length < 3;
      const figures: MenuGroup = {
        title: "With axes and legend, for slides",
        files: figureFiles(
          () => `${stem()}-figure`,
          (ground) => shownFigure(model, maps, ground),
        ),
        grounds: true,
      };
      return [
        ...(flat || maps.cube ? [figures] : []),
        {
          title: flat ? "Cells alone" : "Cube and sections alone",
          files: plainFiles(api, model, maps, stem),
        },
        {
          title: "Film of all epochs",
          files: filmFiles({
            file: () => `${model.run}-${maps.query.theme?.name ?? "maps"}`,
            film: (form, options) => film(api, model, maps, scene(), form, options),
          }),
        },
      ];
    },
  });
}

function plainFiles(
  api: Api,
  { name }: ModelView,
  maps: MapController,
  stem: () => string,
): readonly MenuFile[] {
  const { cube } = maps;
  return [
    ...(cube
      ? [
          {
            label: "Cube as shown, PNG",
            name: () => `${stem()}.png`,
            make: async () => {
              const picture = await cube.picture();
              if (!picture) throw new Error("This browser cannot make the picture.");
              // The link restores the view that the picture shows.
              const texts = { Title: stem(), Source: location.href };
              const file = withTexts(new Uint8Array(await picture.arrayBuffer()), texts);
              return new Blob([file], { type: "image/png" });
            },
          },
        ]
      : []),
    ...(maps.seen?.pair ? [editedFile(name, maps.seen, stem)] : cellFiles(api, name, maps, stem)),
  ];
}

/** Of a surgery the API draws no map. */
function editedFile(name: string, seen: SeenMap, stem: () => string): MenuFile {
  const title = `Map of ${name} under surgery, epoch ${seen.query.version}`;
  return { label: "PNG", name: () => `${stem()}-edited.png`, make: () => mapPicture(seen, title) };
}

function cellFiles(api: Api, name: string, maps: MapController, stem: () => string): readonly MenuFile[] {
  const flat = maps.query.axes.length < 3;
  return [
    ...pictureFiles({
      form: flat ? "PNG" : "Sections, PNG",
      ...sizeOf(maps.query),
      stem: () => `${stem()}${flat ? "" : "-sections"}`,
      load: (scale = 1, [signal, progress]) =>
        api.mapFile(name, maps.query, "image/png", scale, { signal, progress }),
    }),
    {
      label: "Data, npy",
      name: () => `${stem()}.npy`,
      make: (signal, progress) =>
        api.mapFile(name, maps.query, "application/x-npy", 1, { signal, progress }),
    },
  ];
}

/** Of the picture of a map with a pixel a cell: over one axis a bar, of a cube its sections side by side. */
function sizeOf({ axes, resolution }: MapQuery): { readonly width: number; readonly height: number } {
  if (axes.length < 3) return { width: resolution, height: axes.length === 1 ? BAR : resolution };
  const across = Math.ceil(Math.sqrt(resolution));
  const down = Math.ceil(resolution / across);
  return { width: across * (resolution + 1) - 1, height: down * (resolution + 1) - 1 };
}

/** Cells that a map over one axis is high as a picture. */
const BAR = 12;

/**
 * Of classes, every epoch's map as the run drew it; for a conditional model, the maps of the shown label; for a
 * cube, all of its slices. Of another theme, the map that is shown, of every version.
 */
function film(
  api: Api,
  model: ModelView,
  maps: MapController,
  { mapLabel }: Scene,
  form: FilmFormat,
  options: Parameters<Api["filmFile"]>[4],
): Promise<Blob> {
  const { version: _, ...query } = maps.query;
  if (query.theme) return api.modelFilmFile(model.name, query, form, options);
  return api.filmFile(model.run, "maps", form, mapLabel === undefined ? {} : { label: mapLabel }, options);
}
