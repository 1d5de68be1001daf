/** The pictures of a layer's output as files: its average, and all of its channels. */
import type { Api } from "../../api/client.ts";
import type { LayerActivations } from "../../api/types.ts";
import { downloadMenu } from "../../ui/downloadMenu.ts";
import { pngOf } from "../../ui/paint.ts";
import { recipePictureFiles } from "./pictureFiles.ts";

/**
 * @param what is downloaded, for screen readers.
 * @param layer what is shown; undefined: nothing yet.
 */
export function layerDownloads(
  api: Api,
  model: string,
  what: string,
  layer: () => LayerActivations | undefined,
): HTMLElement {
  return downloadMenu({
    title: `Download ${what}`,
    groups: () => {
      const shown = layer();
      if (!shown) return [];
      const [height = 1, width = 1, channels = 1] = shown.shape;
      const across = Math.ceil(Math.sqrt(channels));
      const down = Math.ceil(channels / across);
      const stem = `${model}-${shown.name}`;
      // The files from the response, since they contain their recipes.
      const average = recipePictureFiles(api, pngOf(shown.average), { width, height }, () => stem);
      const all = { width: across * width, height: down * height };
      return [
        { title: "Average of the channels", files: average },
        ...(channels > 1
          ? [
              {
                title: `All ${channels} channels`,
                files: recipePictureFiles(api, pngOf(shown.channels), all, () => `${stem}-channels`),
              },
            ]
          : []),
      ];
    },
  });
}
