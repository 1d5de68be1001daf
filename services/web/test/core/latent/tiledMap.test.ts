import { expect, test } from "vitest";
import { TiledMap } from "../../../src/core/latent/tiledMap.ts";
import { tilesOf } from "../../../src/gallery/world/mapStream.ts";

const parse = (event: string) => JSON.parse(event.slice(event.indexOf("data: ") + 6));

test.each([
  [1, 300],
  [2, 21],
  [3, 7],
])("the tiles of a map over %d axes make the whole map, and progress ends at 1", (axes, side) => {
  const cells = Uint8Array.from({ length: side ** axes }, (_, index) => (index * 7919) % 10);
  const events = tilesOf(cells, axes, side);
  const tiles = events.filter((event) => event.startsWith("event: tile")).map(parse);
  expect(tiles.length).toBeGreaterThan(1);
  const map = new TiledMap(axes, side);
  let before = 0;
  for (const tile of tiles) {
    map.add(tile);
    expect(map.progress).toBeGreaterThan(before);
    before = map.progress;
  }
  expect(before).toBe(1);
  expect(map.cells).toEqual(cells);
  // In any order: finer cells never cover what a coarser tile told exactly.
  const other = new TiledMap(axes, side);
  for (const tile of tiles) other.add(tile);
  expect(other.cells).toEqual(cells);
});

test("until finer cells come, a coarse one stands for its block, cut at the edge", () => {
  const map = new TiledMap(2, 5);
  map.add({
    offset: [0, 0],
    stride: 4,
    size: 4,
    classes: [
      [1, 2],
      [3, 4],
    ],
  });
  expect([...map.cells]).toEqual([
    1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 3, 3, 3, 3, 4,
  ]);
  map.add({ offset: [2, 0], stride: 4, size: 2, classes: [[7], [8]] });
  expect([...map.cells].slice(0, 10)).toEqual([1, 1, 7, 7, 2, 1, 1, 7, 7, 2]);
});

test("a map of numbers: what has not arrived is not a number", () => {
  const map = new TiledMap(2, 4, true);
  map.add({ offset: [0, 0], stride: 2, size: 2, values: [[0.25], [0.5]] });
  const rest = [Number.NaN, Number.NaN];
  expect([...map.cells]).toEqual([
    ...[0.25, 0.25, ...rest, 0.25, 0.25, ...rest],
    ...[0.5, 0.5, ...rest, 0.5, 0.5, ...rest],
  ]);
});
