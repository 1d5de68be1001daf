/** The parts of an explorer, assembled: the state in its link, and how the parts react to it. */
import { computed, signal, untracked } from "@preact/signals-core";
import { isPassing, messageOf } from "../../api/problem.ts";
import type { ModelView } from "../../api/types.ts";
import { type Scene, sceneOf, suggestedWalk } from "../../core/explorer/scene.ts";
import { regionsOf } from "../../core/latent/classMap.ts";
import type { Point } from "../../core/latent/vector.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { ExplorerState, Panel } from "../../core/navigation/views.ts";
import { Scope } from "../../ui/scope.ts";
import type { Tools, View } from "../../ui/view.ts";
import { Coordinates } from "./coordinates.ts";
import { ImageLoader, type Picture } from "./imageLoader.ts";
import { layout } from "./layout.ts";
import type { Handle } from "./map/interactiveMap.ts";
import { MapController } from "./map/mapController.ts";
import { MapSettings } from "./map/mapSettings.ts";
import { Panels } from "./panels/panels.ts";
import { WalkPanel } from "./panels/walkPanel.ts";
import { PointImage } from "./pointImage.ts";
import { RealImageCard } from "./realImageCard.ts";

const RETRY = 3000;

export function explorer(
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
  /** The point that a film shows, which is not in the link. */
  const filmed = signal<Point | undefined>(undefined);
  const current = computed(() => model.value ?? first);
  const scene = computed(() => sceneOf(current.value, state.value) as Scene);
  const shownPoint = computed(() => filmed.value ?? scene.value.point);

  /** Every change of the state goes through here; at the end of a gesture it becomes a link. */
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
  const set = (end: "a" | "b") => change({ [end]: shownPoint.value }, true);

  const suggest = async () => {
    try {
      const grid = await maps.classes();
      const ends = grid && suggestedWalk(grid, regionsOf(grid), scene.value.plane, scene.value.point);
      if (ends) change(ends, true);
      else tools.notify("This map shows only one class, so there is no border to cross.", "info");
    } catch (error) {
      if (!scope.signal.aborted) tools.notify(messageOf(error), "error");
    }
  };

  /** Repeats requests that failed for a temporary reason, once for all that failed together. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  const retryLater = (error: unknown) => {
    if (!isPassing(error)) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      maps.retry();
      const { point: z, label, version } = scene.peek();
      images.ask({ point: z, label, version });
      walk.retry();
      panels.retry();
    }, RETRY);
  };
  scope.onDispose(() => clearTimeout(timer));

  const point = new PointImage(classes, first.image_shape);
  const coordinates = new Coordinates(
    first.latent_dim,
    scene.value.plane.low,
    scene.value.plane.high,
    (to, done) => moved("point", to, done),
  );
  const real = new RealImageCard(tools.api, name, classes, first.image_shape[0] ?? 28, {
    found: (z) => moved("point", z, true),
  });
  const images = new ImageLoader(
    tools.api,
    name,
    (picture, query, milliseconds) => {
      if (!filmed.value) point.show(picture, query.label, milliseconds);
    },
    (error) => {
      point.fail(messageOf(error));
      retryLater(error);
    },
  );
  const maps = new MapController(
    tools.api,
    first,
    { state, scene, point: shownPoint, crossings },
    {
      change,
      moved,
      set,
      picked: (chosen, dataset) => {
        const { version, label } = scene.value;
        real.show(chosen, { version, label, dataset });
      },
      failed: retryLater,
      notify: tools.notify,
    },
  );
  const bar: MapSettings = new MapSettings(
    first,
    (next, done) => {
      if (bar.plays && !done) maps.showFrame(true, () => change(next, done));
      else change(next, done);
    },
    {
      shown: () => maps.onScreen,
      preload: (version, signal) => {
        const { point: z, label } = scene.peek();
        return Promise.all([
          maps.prefetch(version, signal),
          images.prefetch({ point: z, label, version }, signal),
          panels.prefetch(version, signal),
        ]);
      },
      playing: (on) => maps.setPlaying("epochs", on),
      failed: (error) => tools.notify(messageOf(error), "error"),
    },
    maps.film,
  );
  const walk = new WalkPanel(tools.api, name, {
    suggest: () => void suggest(),
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
    failed: retryLater,
    notify: tools.notify,
  });
  const panels = new Panels(tools.api, first, walk, maps.source, {
    panel: (panel: Panel) => change({ panel }, true),
    map: (map) => change({ map }, true),
    layer: (layer, panel) => change({ layer, panel }, true),
    edits: (edits, done) => change({ edits }, done),
    found: (z, label) => {
      walk.stop();
      filmed.value = undefined;
      change(label === undefined ? { z } : { z, label }, true);
    },
    failed: retryLater,
  });
  layout(page, first, tools, { bar, maps, point, real, coordinates, panels }, () => scene.value, set);

  scope.effect(() => {
    const { point: z, label, version } = scene.value;
    if (!filmed.value) images.ask({ point: z, label, version });
  });
  scope.effect(() => {
    const { cube, plane } = scene.value;
    coordinates.update(shownPoint.value, (cube ?? plane).axes);
  });
  scope.effect(() => {
    const { a, b, steps, label, version } = scene.value;
    walk.update(a && b ? { start: a, end: b, steps, label, version } : undefined);
  });
  scope.effect(() =>
    panels.update(state.value.panel, scene.value, shownPoint.value, maps.playing.value !== undefined),
  );
  scope.effect(() => {
    const film = maps.playing.value;
    untracked(() => {
      if (film !== "axis") maps.film.stop();
      if (film !== "epochs") bar.stop();
    });
  });
  scope.effect(() => {
    if (state.value.real === "no") real.close();
  });
  scope.effect(() => bar.update(current.value.versions, state.value, scene.value));

  for (const part of [maps, bar, walk, images, real, panels]) scope.onDispose(() => part.dispose());
  return {
    update(next) {
      walk.stop();
      maps.film.stop();
      // The epochs keep playing while the point moves, but stop if the link names another version.
      if (next.version !== state.peek().version) bar.stop();
      filmed.value = undefined;
      state.value = next;
    },
    dispose: () => scope.dispose(),
  };
}
