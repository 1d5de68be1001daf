import { expect, test } from "vitest";
import { linkTo, NAVIGATION, parseRoute, titleOf } from "../../../src/core/navigation/router.ts";
import { VIEWS, type ViewEntry, type ViewName } from "../../../src/core/navigation/views.ts";
import { SCENES } from "../../../src/gallery/scenes.ts";

const entries = Object.entries(VIEWS) as [ViewName, ViewEntry][];
const scenes = Object.values(SCENES).map(({ hash }) => parseRoute(hash).view);

test.each(entries)(
  "%s is in the gallery, has a title, and belongs to an entry of the navigation",
  (view) => {
    const { title, path, section } = VIEWS[view] as ViewEntry;
    expect(scenes, "a scene in src/gallery/scenes.ts").toContain(view);
    // A view without a title of its own takes the name in its address.
    expect(title || path?.includes("/:name"), "a title").toBeTruthy();
    if (path === null) return;
    // The glossary belongs to all of them: a link beside the theme leads there.
    if (view === "glossary") expect(section).toBeNull();
    else expect(NAVIGATION.map((entry) => entry.view)).toContain(section);
  },
);

test.each(entries.flatMap(([view, { path }]) => (path === null ? [] : [[view, path] as const])))(
  "the link to %s leads there, and to no other view",
  (view, path) => {
    const route = parseRoute(`#${path.replace(":name", "a%20name")}`);
    expect(route).toMatchObject({ view, state: expect.anything() });
    expect(route.name).toBe(path.includes(":name") ? "a name" : undefined);
    expect(Object.keys(linkTo)).toContain(view);
  },
);

test("a tab is titled by its view, or by what the view is about", () => {
  expect(titleOf(parseRoute(linkTo.datasets()))).toBe("Data sets · Latent Atlas");
  expect(titleOf(parseRoute(linkTo.run("mnist-2d")))).toBe("mnist-2d · Latent Atlas");
  expect(titleOf(parseRoute(linkTo.explorer("mnist-2d")))).toBe("mnist-2d, explorer · Latent Atlas");
  expect(titleOf(parseRoute("#/elsewhere"))).toBe("Not found · Latent Atlas");
});

test("the navigation bar has five entries in this order", () => {
  expect(NAVIGATION.map(({ label, href }) => [label, href])).toEqual([
    ["Runs", "#/runs"],
    ["Experiments", "#/experiments"],
    ["Models", "#/models"],
    ["Data sets", "#/datasets"],
    ["New training", "#/new"],
  ]);
});
