import { describe, expect, test } from "vitest";
import { barFigure } from "../../../src/core/figures/barFigure.ts";
import { chartFigure } from "../../../src/core/figures/chartFigure.ts";
import { familyFigure } from "../../../src/core/figures/familyFigure.ts";
import { inksOn, isGround } from "../../../src/core/figures/ground.ts";
import { jointFigure } from "../../../src/core/figures/jointFigure.ts";
import { shownClasses } from "../../../src/core/figures/legend.ts";
import { cubeFigure, flatFigure, placeOf } from "../../../src/core/figures/mapFigure.ts";
import type { Numbers } from "../../../src/core/latent/scalarMap.ts";
import type { Theme } from "../../../src/core/themes/theme.ts";

const CAPTION = { title: "m: class map", words: "Epoch 5", source: "http://atlas/#/explore/m?version=5" };
const GRID = { columns: 3, rows: 3, cells: Uint8Array.of(0, 0, 1, 0, 1, 1, 1, 1, 1) };
const MAP = {
  ...CAPTION,
  grid: GRID,
  images: ["data:image/png;base64,AAAA"],
  bordered: GRID,
  named: [{ classId: 1, size: 6, column: 2, row: 1, depth: 1 }],
  requested: undefined,
  classes: ["cat", "<dog>"],
  axes: [0, 1],
  low: -1,
  high: 1,
  legend: { kind: "classes", classes: ["cat", "<dog>"], shares: [1 / 3, 2 / 3], of: "Share of the map" },
  note: "",
  ground: "white",
} as const;

/** Each text of a figure, in its order. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = ""]) =>
    text.replace(/<[^>]+>/g, ""),
  );
}

function attribute(svg: string, element: RegExp, name: string): string | undefined {
  return new RegExp(`${name}="([^"]*)"`).exec(element.exec(svg)?.[0] ?? "")?.[1];
}

describe("a map for a slide", () => {
  test("says what it shows, with axes, and with classes and their shares", () => {
    const { svg } = flatFigure(MAP);
    expect(textsOf(svg)).toEqual([
      ...["m: class map", "Epoch 5", "&lt;dog&gt;"],
      ...["−1", "−0.5", "0", "0.5", "1", "z1", "−1", "−0.5", "0", "0.5", "1", "z2"],
      ...["Class", "Share of the map", "cat", "33 %", "&lt;dog&gt;", "67 %"],
    ]);
    expect(svg).toContain("<dc:source>http://atlas/#/explore/m?version=5</dc:source>");
    expect(svg).toContain('href="data:image/png;base64,AAAA"');
    expect(svg).toMatch(/<path transform="translate\([^"]+"[^>]* d="M/);
  });

  test("is drawn on the ground that was chosen", () => {
    const fill = (ground: "white" | "dark" | "clear") =>
      attribute(flatFigure({ ...MAP, ground }).svg, /<\/metadata><rect[^>]*>/, "fill");
    expect([fill("white"), fill("dark"), fill("clear")]).toEqual(["#ffffff", "#181a1f", undefined]);
    expect(flatFigure({ ...MAP, ground: "dark" }).svg).toContain(inksOn("dark").ink);
    expect([isGround("dark"), isGround("toString"), isGround(null)]).toEqual([true, false, false]);
  });

  test("has the numbers of its axes at the middles of cells", () => {
    expect(placeOf(-1, -1, 1, 3)).toBeCloseTo(1 / 6);
    expect(placeOf(0, -1, 1, 3)).toBeCloseTo(0.5);
    expect(placeOf(1, -1, 1, 3)).toBeCloseTo(5 / 6);
  });

  test("over one axis is a band with that axis alone", () => {
    const { svg } = flatFigure({ ...MAP, axes: [3], grid: { ...GRID, rows: 1 }, named: [] });
    expect(textsOf(svg).filter((text) => text.startsWith("z"))).toEqual(["z4"]);
    expect(attribute(svg, /<image[^>]*>/, "height")).toBe("150");
  });

  test("has plates behind the names on hatched regions", () => {
    const plates = (requested: number | undefined) =>
      flatFigure({ ...MAP, requested }).svg.match(/rx="4"/g)?.length ?? 0;
    expect([plates(undefined), plates(0), plates(1)]).toEqual([0, 1, 0]);
  });

  test("of numbers has the ramp with its range, unit and meaning", () => {
    const legend = {
      kind: "ramp",
      title: "Stretch",
      ramp: "sequential",
      low: -0.25,
      high: 18,
      unit: "pixel values per unit of the latent space",
      meanings: ["still", "fast"],
    } as const;
    const { svg } = flatFigure({ ...MAP, named: [], legend, note: "A note." });
    expect(textsOf(svg).slice(-9)).toEqual([
      ...["Stretch", "−0.25", "8.88", "18", "still", "fast"],
      ...["in pixel values per unit of the latent", "space", "A note."],
    ]);
    expect(svg.match(/<stop /g)?.length).toBeGreaterThan(2);
  });

  test("names the largest of many classes", () => {
    const shares = Array.from({ length: 30 }, (_, id) => (id % 3 === 0 ? 0 : id));
    const shown = shownClasses(shares);
    expect(shown).toHaveLength(20);
    expect(shown[0]).toBe(1);
    expect(shown.every((id) => id % 3 !== 0)).toBe(true);
    expect(shownClasses([0, 1])).toEqual([0, 1]);
  });
});

test("a cube has its picture and its axes over it", () => {
  const { svg, width } = cubeFigure({ ...MAP, image: "data:cube", overlay: "<g id='axes'/>" });
  expect(svg).toContain('viewBox="0 0 1000 1000" overflow="visible"><g id=\'axes\'/></svg>');
  expect(attribute(svg, /<image[^>]*>/, "href")).toBe("data:cube");
  expect(width).toBeGreaterThan(800);
});

test("a chart has its colours explained in as many rows as they need", () => {
  const keys = Array.from({ length: 12 }, (_, number) => ({
    label: `a long name ${number}`,
    colour: "red",
  }));
  const chart = { ...CAPTION, drawing: "<path/>", width: 760, height: 340, ground: "white" } as const;
  const [few, many] = [chartFigure({ ...chart, keys: keys.slice(0, 2) }), chartFigure({ ...chart, keys })];
  expect(textsOf(many.svg)).toHaveLength(14);
  expect(many.height).toBeGreaterThan(few.height);
});

test("bars begin at zero, and intervals beyond the scale are left open", () => {
  const { svg } = barFigure({
    ...CAPTION,
    rows: [
      { label: "a", colour: "red", value: 0.5, text: "50 %", interval: [0.25, 2] },
      { label: "b", colour: "blue", value: -0.5, text: "−50 %" },
    ],
    scale: [-1, 1],
    tick: String,
    ground: "white",
  });
  const bars = [...svg.matchAll(/<rect x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*rx="2"/g)];
  const [positive, negative] = bars.map(([, x, width]) => [Number(x), Number(width)] as const);
  const zero = positive?.[0] ?? 0;
  expect(positive?.[1]).toBeCloseTo(negative?.[1] ?? 0);
  expect((negative?.[0] ?? 0) + (negative?.[1] ?? 0)).toBeCloseTo(zero);
  // One end alone has a cap.
  expect(/d="(M[^"]*H[^"]*)"/.exec(svg)?.[1]?.match(/v10/g)).toHaveLength(1);
});

test("a family has a bar for each run, which begins where it was forked", () => {
  const run = { extended_at: [4] } as never;
  const { svg } = familyFigure({
    ...CAPTION,
    family: [
      { name: "root", run, parent: undefined, depth: 0, begun: 0, end: 10 },
      { name: "fork", run: undefined, parent: "root", depth: 1, begun: 5, end: 10 },
    ],
    own: "root",
    ground: "white",
  });
  expect(textsOf(svg)).toEqual(expect.arrayContaining(["root", "fork", "epoch"]));
  expect(attribute(svg, /<rect[^>]*rx="4"[^>]*>/, "fill")).toBe(inksOn("white").accent);
  const dashed = /<line x1="([\d.]+)" x2="([\d.]+)"[^>]*stroke-dasharray="5 4"/.exec(svg);
  expect(Number(dashed?.[2]) - Number(dashed?.[1])).toBeCloseTo(250);
});

test("two themes against each other: a square for each bin that has cells", () => {
  const theme = { title: "One", unit: "shares", range: null } as unknown as Theme;
  const numbers = (values: readonly number[]): Numbers => ({
    theme,
    values: Float32Array.from(values),
    low: 0,
    high: 1,
  });
  const joint = { ...CAPTION, bins: 2, ground: "white", brush: undefined } as const;
  const { svg } = jointFigure({ ...joint, x: numbers([0, 0, 1]), y: numbers([0, 0, 1]) });
  const bins = [...svg.matchAll(/width="240" height="240"[^>]*fill-opacity="([\d.]+)"/g)];
  expect(bins.map(([, opacity]) => Number(opacity))).toEqual([1, 0.68]);
  expect(textsOf(svg).filter((text) => text === "One (shares)")).toHaveLength(2);
});
