import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../src");

/** Folders of the page, lowest first: each imports only from itself and from those before it. */
const LAYERS = [["core", "api"], ["ui"], ["charts"], ["views"], ["app"], ["gallery"]] as const;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
  /\/.*(?<!\.d)\.ts$/.test(file),
);

function layerOf(file: string): number {
  const [folder = ""] = file.split("/");
  return LAYERS.findIndex((layer) => (layer as readonly string[]).includes(folder));
}

test("no folder imports from a folder above it", () => {
  const wrong = files.flatMap((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    const targets = [...text.matchAll(/(?:from |import\()"(\.[^"]+\.ts)"/g)].map(([, path = ""]) =>
      normalize(join(dirname(file), path)),
    );
    return targets
      .filter((target) => layerOf(target) > layerOf(file))
      .map((target) => `${file} → ${target}`);
  });
  expect(files.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

test("the core knows no elements of the page", () => {
  const touching = files
    .filter((file) => file.startsWith("core/"))
    .filter((file) => /\bdocument\.|\b(HTML|SVG)\w*Element\b/.test(readFileSync(join(SRC, file), "utf8")));
  expect(touching).toEqual([]);
});
