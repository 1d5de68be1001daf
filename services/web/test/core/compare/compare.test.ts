import { expect, test } from "vitest";
import type { ModelView } from "../../../src/api/types.ts";
import { commonRange, greyTable, regreyed } from "../../../src/core/compare/greyScale.ts";
import { captionWords, layerRows, missingWords } from "../../../src/core/compare/lineup.ts";
import { comparedModels } from "../../../src/core/explorer/comparedModels.ts";
import { parseRoute } from "../../../src/core/navigation/router.ts";
import type { CompareState } from "../../../src/core/navigation/views.ts";

test("pictures share the range that holds all of theirs", () => {
  expect(commonRange([])).toBeUndefined();
  expect(
    commonRange([
      [0, 1.5],
      [-0.7, 1.2],
    ]),
  ).toEqual([-0.7, 1.5]);
});

test("a grey stands for the same value on the shared scale", () => {
  const table = greyTable([0, 1], [-1, 3]);
  // 0 lies a quarter up from −1 to 3, 1 lies half up.
  expect([table[0], table[255]]).toEqual([64, 128]);
  expect([...greyTable([0, 1], [0, 1])]).toEqual(Array.from({ length: 256 }, (_, grey) => grey));
  expect(greyTable([2, 2], [2, 2])[0]).toBe(127);
  const pixels = Uint8ClampedArray.of(0, 0, 0, 255, 255, 255, 255, 255);
  expect([...regreyed(pixels, table)]).toEqual([64, 64, 64, 255, 128, 128, 128, 255]);
});

test("rows are all layers of all models, in their order", () => {
  const layer = (name: string, channels: number) => ({ name, shape: [7, 7, channels] });
  const rows = layerRows([
    { layers: [layer("dense", 16), layer("conv_1", 8), layer("conv_3", 1)] },
    { layers: [layer("dense", 32), layer("conv_1", 8), layer("conv_2", 4), layer("conv_3", 1)] },
  ] as unknown as ModelView[]);
  expect(rows.map(({ name, channels }) => [name, channels])).toEqual([
    ["dense", 32],
    ["conv_1", 8],
    ["conv_2", 4],
    ["conv_3", 1],
  ]);
});

test("what the link names and is not there is said", () => {
  const model = (name: string, versions: number[]) =>
    ({
      name,
      versions,
      loaded: versions,
      latent_dim: 2,
      prior: "uniform",
      classes: ["0"],
      conditional: false,
    }) as unknown as ModelView;
  const models = [model("here", [10, 20]), model("young", [])];
  const state = (link: string) => parseRoute(`#/compare?${link}`).state as CompareState;
  const words = (link: string) => missingWords(models, state(link), comparedModels(models, state(link)));
  expect(words("models=here,here&versions=10,0")).toEqual([]);
  expect(words("models=here,gone,young&versions=15")).toEqual([
    "There is no model “gone”: it was deleted, or is misspelt in the link.",
    "“young” has no exported version.",
    "“here” has no version of epoch 15; epoch 20 is shown instead.",
  ]);
  expect(words(`models=${Array.from({ length: 8 }, () => "here")}`)).toEqual([
    "Only the first 6 of 8 models are shown.",
  ]);
});

test("the caption says where the point is and what greys mean", () => {
  const state = (link: string) => parseRoute(`#/compare?${link}`).state as CompareState;
  expect(captionWords(state("z=0.24,-0.38"), 2)).toBe("At z₁ = 0.240, z₂ = −0.380.");
  expect(captionWords(state("z=0.5&layers=yes"), 3)).toBe(
    "At z₁ = 0.500, z₂ = 0.000, z₃ = 0.000. In each row of layers, the same grey means the same value.",
  );
  expect(captionWords(state("z=0&layers=yes&greys=own"), 1)).toContain("its own greys");
});
