import { expect, test } from "vitest";
import {
  forFilm,
  isFinerOf,
  lackOf,
  mapQueryOf,
  plainClasses,
} from "../../../src/core/explorer/mapRequest.ts";
import { mapName, mapWords } from "../../../src/core/explorer/mapWords.ts";
import { type Scene, sceneOf } from "../../../src/core/explorer/scene.ts";
import { parseRoute } from "../../../src/core/navigation/router.ts";
import { THEMES } from "../../../src/gallery/world/themes.ts";

const model = {
  versions: [10],
  loaded: [10],
  latent_dim: 3,
  prior: "uniform",
  conditional: false,
  classes: ["cat", "dog"],
  layers: [{ name: "stage_1", shape: [7, 7, 4] }],
  themes: [...THEMES],
};
const settings = { cells: 24, filming: false, lacking: [] };

function scene(query: string, of = model): Scene {
  const route = parseRoute(`#/models/m?${query}`);
  if (route.view !== "explorer") throw new Error("not an explorer's link");
  return sceneOf(of, route.state) as Scene;
}

test("a plane has a hundred cells a side, a cube as many as are asked for, and a film few", () => {
  const plane = mapQueryOf(scene("z=0.1,0.2,0.3&axes=2,0"), settings);
  expect(plane).toEqual({
    version: 10,
    axes: [2, 0],
    range: [-1, 1],
    at: [0, 0.2, 0],
    label: undefined,
    resolution: 100,
  });
  expect(mapQueryOf(scene("z=0,0,0"), settings)).toMatchObject({ axes: [0, 1, 2], resolution: 24 });
  expect(mapQueryOf(scene("axes=0,1"), { ...settings, filming: true }).resolution).toBe(50);
  expect(mapQueryOf(scene(""), { ...settings, filming: true }).resolution).toBe(16);
  expect(forFilm({ ...plane, resolution: 12 }).resolution).toBe(12);
});

test("a theme that the version lacks is not asked for, and edits are", () => {
  const edited = scene("axes=0,1&theme=discriminator&edits=stage_1*h1*x0");
  const query = mapQueryOf(edited, settings);
  expect(query.theme?.name).toBe("discriminator");
  expect(query.edits).toEqual([{ layer: "stage_1", channels: [1], scale: 0 }]);
  const lacking = edited.theme ? [lackOf(10, edited.theme)] : [];
  expect(mapQueryOf(edited, { ...settings, lacking }).theme).toBeUndefined();
  expect(plainClasses(query)).toEqual(mapQueryOf(scene("axes=0,1"), settings));
});

test("a finer map of the same is told from another map", () => {
  const query = mapQueryOf(scene("axes=0,1"), settings);
  const shown = { query: forFilm(query), final: true };
  expect(isFinerOf(shown, { query })).toBe(true);
  expect(isFinerOf({ ...shown, final: false }, { query })).toBe(false);
  expect(isFinerOf(shown, { query: { ...query, version: 20 } })).toBe(false);
  expect(isFinerOf(shown, { query: { ...query, edits: [{ layer: "stage_1", scale: 0 }] } })).toBe(false);
  expect(isFinerOf(undefined, { query })).toBe(false);
});

const conditional = { ...model, conditional: true };

/** What is said of a map of four cells. */
function words(query: string, map: object = {}, of = model, real = ""): string {
  const shown = { cells: Uint8Array.of(0, 0, 0, 1), numbers: undefined, ...map };
  const asked = { ...shown, query: mapQueryOf(scene(query, of), settings) };
  return mapWords(asked, scene(query, of), { classes: model.classes, lacking: ["10|discriminator"], real });
}

test("below the map stands what hands can do, unless there is more to say", () => {
  expect(words("axes=0,1")).toMatch(/^Drag the point/);
  expect(words("")).toMatch(/^Drag to rotate/);
  expect(words("axes=0,1", {}, model, "A thousand images.")).toBe("A thousand images.");
  expect(words("axes=0,1", {}, conditional)).toBe(
    "75 % of this map shows cat, as asked; the hatched cells do not.",
  );
  expect(words("axes=0,1&theme=discriminator")).toMatch(/^Epoch 10 was exported without “Discriminator”/);
});

test("surgery says what changed, what has no effect, and what the model does not have", () => {
  const edits = "axes=0,1&edits=stage_1*h1*x0";
  const drawn = (...ids: number[]) => ({ cells: Uint8Array.from(ids), numbers: undefined });
  const pair = { before: drawn(0, 0, 0, 1), after: drawn(0, 1, 1, 1) };
  expect(words(edits, { pair })).toBe("50 % of the map changed, all of it from cat to dog.");
  expect(words(edits, { pair }, conditional)).toBe(
    "50 % of the map changed, all of it from cat to dog. 25 % shows cat, as asked; before the edits 75 %.",
  );
  expect(words(`${edits}&theme=real_images`, { unedited: "theme" })).toBe(
    "The edits do not change “Real images”, which does not depend on the layers.",
  );
  expect(words(edits, { unedited: "edits" })).toBe(
    "Epoch 10 has no such layer, so its map is without the edits.",
  );
  expect(words("axes=0,1&edits=gone*r2*x0,stage_1*r6-8*x0.5", { pair })).toBe(
    "Left out, as this model does not have it: row 2 of gone; rows 7-8 of stage_1. " +
      "50 % of the map changed, all of it from cat to dog.",
  );
});

test("a map's name says what it shows, of what, and whether the edits are in it", () => {
  const query = mapQueryOf(scene("axes=0,1"), settings);
  const drawn = { cells: Uint8Array.of(1), numbers: undefined };
  expect(mapName("m", { ...drawn, query }, "after")).toBe("Class map of m, epoch 10");
  const pair = { before: drawn, after: drawn };
  expect(mapName("m", { ...drawn, query, pair }, "after")).toBe(
    "Class map of m, epoch 10, after the edits",
  );
});
