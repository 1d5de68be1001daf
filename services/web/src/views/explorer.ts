/** A model's latent space as a map to walk on. */
import { computed, signal } from "@preact/signals-core";
import { isPassing, messageOf } from "../api/problem.ts";
import type { ModelView } from "../api/types.ts";
import { regionsOf, sharesOf } from "../core/classmap.ts";
import { anchorOf, type Scene, sceneOf, suggestedWalk } from "../core/explorer.ts";
import { percent } from "../core/format.ts";
import { type ExplorerState, linkTo } from "../core/routes.ts";
import type { Point } from "../core/vector.ts";
import { fill, h, setText } from "../ui/dom.ts";
import { Scope } from "../ui/scope.ts";
import type { Mount, Tools, View } from "../ui/view.ts";
import { Coordinates } from "./explorer/coordinates.ts";
import { ImageSource, type Picture } from "./explorer/imageSource.ts";
import { layout } from "./explorer/layout.ts";
import { Legend } from "./explorer/legend.ts";
import { type Handle, MapPane } from "./explorer/mapPane.ts";
import { MapSource, type PlaneQuery } from "./explorer/mapSource.ts";
import { PlaneBar } from "./explorer/planeBar.ts";
import { PointPanel } from "./explorer/pointPanel.ts";
import { failed, loading, waiting } from "./explorer/states.ts";
import { WalkPanel } from "./explorer/walkPanel.ts";

/** How often new versions are looked for. */
const POLL = 5000;
const RETRY = 3000;

export function mountExplorer(name: string): Mount<ExplorerState> {
  return (element, initial, tools) => {
    const scope = new Scope();
    const page = h("div", { class: "page" });
    element.append(page);
    const model = signal<ModelView | undefined>(undefined);
    let state = initial;
    let live: View<ExplorerState> | undefined;
    fill(page, loading(name));

    scope.poll(
      async () => {
        try {
          const found = await tools.api.model(name, scope.signal);
          model.value = found;
          if (found.versions.length === 0) fill(page, waiting(name));
          else if (!live) {
            fill(page);
            live = explorer(page, found, model, state, tools);
          }
        } catch (error) {
          if (!scope.signal.aborted && !live) fill(page, failed(name, error));
        }
      },
      () => POLL,
    );
    return {
      update(next) {
        state = next;
        live?.update(next);
      },
      dispose() {
        live?.dispose();
        scope.dispose();
      },
    };
  };
}

function explorer(
  page: HTMLElement,
  first: ModelView,
  model: { readonly value: ModelView | undefined },
  initial: ExplorerState,
  tools: Tools,
): View<ExplorerState> {
  const scope = new Scope();
  const { name, classes } = first;
  const state = signal(initial);
  const crossings = signal<readonly number[]>([]);
  /** A film shows points that are not in the link. */
  const filmed = signal<Point | undefined>(undefined);
  const current = computed(() => model.value ?? first);
  const scene = computed(() => sceneOf(current.value, state.value) as Scene);

  /** Every change of the view goes through here; when a gesture is done, it becomes a link. */
  const change = (next: Partial<ExplorerState>, done: boolean) => {
    state.value = { ...state.value, ...next };
    if (done) tools.go(linkTo.explorer(name, state.value));
  };
  const moved = (handle: Handle, to: Point, done: boolean) => {
    if (handle === "point") {
      walk.stop();
      filmed.value = undefined;
    }
    change({ [handle === "point" ? "z" : handle]: to }, done);
  };
  const set = (end: "a" | "b") => change({ [end]: shownPoint() }, true);
  const shownPoint = () => filmed.value ?? scene.value.point;

  /** What failed for no fault of its own is asked again, once for all that failed together. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  function again(error: unknown): void {
    if (!isPassing(error)) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      maps.retry(planeQuery.peek());
      const { point: z, label, version } = scene.peek();
      images.ask({ point: z, label, version });
      walk.retry();
    }, RETRY);
  }
  scope.onDispose(() => clearTimeout(timer));

  // The parts ------------------------------------------------------------------------------

  const pane = new MapPane(classes, { moved, set });
  const legend = new Legend(classes, (only) => change({ only }, true));
  const point = new PointPanel(classes, first.image_shape);
  const coordinates = new Coordinates(
    first.latent_dim,
    scene.value.plane.low,
    scene.value.plane.high,
    (to, done) => moved("point", to, done),
  );
  const mapNote = h("p", { class: "quiet-note", role: "status" });
  let mapShown: () => void = () => undefined;
  let onScreen: Promise<void> = Promise.resolve();
  const bar = new PlaneBar(first, change, () => onScreen);
  const images = new ImageSource(
    tools.api,
    name,
    (picture, query, milliseconds) => {
      if (!filmed.value) point.show(picture, query.label, milliseconds);
    },
    (error) => {
      point.fail(messageOf(error));
      again(error);
    },
  );
  const maps = new MapSource(tools.api, name, {
    shown(grid, query, final) {
      const { only } = scene.value;
      pane.show(grid, `Class map of ${name}, epoch ${query.version}`, only);
      legend.update(sharesOf(grid.cells, classes.length), only);
      setText(mapNote, agreement(grid.cells, query, classes));
      if (final) mapShown();
    },
    waiting: (waits) => {
      pane.busy = waits;
    },
    failed(error) {
      setText(mapNote, messageOf(error));
      mapShown();
      again(error);
    },
  });
  const walk = new WalkPanel(tools.api, name, {
    suggest() {
      const { grid } = pane.map;
      const ends = grid && suggestedWalk(grid, regionsOf(grid), scene.value.plane, scene.value.point);
      if (ends) change(ends, true);
      else tools.say("There is one class only on this map, so there is no border to walk across.", "info");
    },
    clear: () => change({ a: undefined, b: undefined }, true),
    swap: () => change({ a: scene.value.b, b: scene.value.a }, true),
    steps: (steps) => change({ steps }, true),
    crossings: (at) => {
      crossings.value = at;
    },
    at: (to: Point, picture: Picture | undefined) => {
      if (picture) {
        filmed.value = to;
        point.show(picture, scene.value.label, undefined);
      } else moved("point", to, true);
    },
    failed: again,
    say: tools.say,
  });
  layout(
    page,
    first,
    tools,
    { bar, pane, legend, point, coordinates, walk, mapNote },
    () => scene.value,
    set,
  );

  // What follows from what -----------------------------------------------------------------

  const planeQuery = computed<PlaneQuery>(() => {
    const { version, plane, point: at, mapLabel } = scene.value;
    return {
      version,
      axes: plane.axes,
      range: [plane.low, plane.high],
      at: anchorOf(plane, at),
      label: mapLabel,
    };
  });
  const planeKey = computed(() => JSON.stringify(planeQuery.value));
  scope.effect(() => {
    if (!planeKey.value) return;
    onScreen = new Promise((resolve) => {
      mapShown = resolve;
    });
    maps.ask(planeQuery.peek());
  });
  scope.effect(() => {
    const { only } = scene.value;
    const { grid } = pane.map;
    if (!grid) return;
    pane.show(grid, "", only);
    legend.update(sharesOf(grid.cells, classes.length), only);
  });
  scope.effect(() => {
    const { point: z, label, version } = scene.value;
    if (!filmed.value) images.ask({ point: z, label, version });
  });
  scope.effect(() => {
    const { plane, a, b, point: z } = scene.value;
    const at = filmed.value ?? z;
    pane.update({ plane, point: at, a, b, crossings: crossings.value });
    coordinates.update(at, plane);
  });
  scope.effect(() => {
    const { a, b, steps, label, version } = scene.value;
    walk.update(a && b ? { start: a, end: b, steps, label, version } : undefined);
  });
  scope.effect(() => bar.update(current.value.versions, state.value, scene.value));

  for (const part of [pane, bar, walk, images, maps]) scope.onDispose(() => part.dispose());
  return {
    update(next) {
      walk.stop();
      filmed.value = undefined;
      state.value = next;
    },
    dispose: () => scope.dispose(),
  };
}

/** Where a conditional model draws what it was asked for. */
function agreement(cells: Uint8Array, query: PlaneQuery, classes: readonly string[]): string {
  const { label } = query;
  if (label === undefined) return "Drag the point, or use the arrow keys; with shift in bigger steps.";
  const share = sharesOf(cells, classes.length)[label] ?? 0;
  return `${percent(share)} of this map shows ${classes[label] ?? label}, as asked.`;
}
