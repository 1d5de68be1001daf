/** The parts of an explorer, assembled: the state in its link, and how the parts react to it. */
import { computed, signal, untracked } from "@preact/signals-core";
import { isPassing, messageOf } from "../../api/problem.ts";
import { type PointQuery, surgeryAt } from "../../api/queries.ts";
import type { ModelView } from "../../api/types.ts";
import { surestPlace } from "../../core/explorer/firstSight.ts";
import { type Scene, sceneOf, spaceOf } from "../../core/explorer/scene.ts";
import { suggestedWalk } from "../../core/explorer/suggestedWalk.ts";
import { pointAt } from "../../core/latent/lattice.ts";
import { origin, type Point, rounded } from "../../core/latent/vector.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { ExplorerState, Panel } from "../../core/navigation/views.ts";
import { tourSteps } from "../../core/teach/tourSteps.ts";
import { Scope } from "../../ui/scope.ts";
import type { Tools, View } from "../../ui/view.ts";
import { Pipeline } from "../teach/pipeline.ts";
import { TOUR_MEMORY, Tour } from "../teach/tour.ts";
import { ActivationsLoader } from "./activationsLoader.ts";
import { Coordinates } from "./coordinates.ts";
import { ImageLoader, type Picture } from "./imageLoader.ts";
import { LayerStrip } from "./layerStrip.ts";
import { layout } from "./layout.ts";
import type { Handle } from "./map/interactiveMap.ts";
import { MapController } from "./map/mapController.ts";
import { MapSettings } from "./map/mapSettings.ts";
import type { FoundPlaces } from "./panels/drawPanel.ts";
import { JudgesPanel } from "./panels/judgesPanel.ts";
import { Panels } from "./panels/panels.ts";
import type { Operated } from "./panels/surgeryPanel.ts";
import { WalkPanel } from "./panels/walkPanel.ts";
import { PointImage } from "./pointImage.ts";
import { RealImageCard } from "./realImageCard.ts";

const RETRY = 3000;
/** Milliseconds without a move after which the point rests. */
const REST = 120;

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
  /** Where a link without a point opens; undefined: not known yet. */
  const start = signal<Point | undefined>(undefined);
  /** The state with its point, which a link may leave open. */
  const placed = computed(() =>
    state.value.z.length > 0 ? state.value : { ...state.value, z: start.value ?? [] },
  );
  const crossings = signal<readonly number[]>([]);
  /** Where a drawing lies. */
  const drawn = signal<FoundPlaces | undefined>(undefined);
  /** The point that a film shows, which is not in the link. */
  const filmed = signal<Point | undefined>(undefined);
  const current = computed(() => model.value ?? first);
  const scene = computed(() => sceneOf(current.value, placed.value) as Scene);
  const edited = computed(() => scene.value.edits.length > 0);
  /** Pinned on the map while the drawing is seen, by the version that found them. */
  const pins = computed(() =>
    state.value.panel === "draw" && drawn.value?.version === scene.value.version ? drawn.value.places : [],
  );
  const shownPoint = computed(() => filmed.value ?? scene.value.point);

  /** Every change of the state goes through here; at the end of a gesture it becomes a link. */
  const change = (next: Partial<ExplorerState>, done: boolean) => {
    state.value = { ...placed.peek(), ...next };
    if (done) tools.go(linkTo.explorer(name, state.value));
  };
  const moved = (handle: Handle, to: Point, done: boolean) => {
    if (handle === "point") {
      walk.stop();
      filmed.value = undefined;
    }
    change({ [handle === "point" ? "z" : handle]: to }, done);
  };
  /** Moves to where an image was found. */
  const found = (z: Point, label: number | undefined) => {
    walk.stop();
    filmed.value = undefined;
    change(label === undefined ? { z } : { z, label }, true);
  };
  const set = (end: "a" | "b") => change({ [end]: shownPoint.value }, true);

  const suggest = async () => {
    try {
      const map = await maps.lattice(scope.signal);
      const walk = suggestedWalk(map);
      if (!walk) {
        tools.notify("This map shows only one class, so there is no border to cross.", "info");
        return;
      }
      const { point } = scene.value;
      const at = (place: readonly number[]) => pointAt(spaceOf(scene.value), map.side, place, point);
      change({ a: at(walk.a), b: at(walk.b) }, true);
    } catch (error) {
      if (!scope.signal.aborted) tools.notify(messageOf(error), "error");
    }
  };

  /** Finds where to open, unless the link has said it. */
  const open = async () => {
    const { latent_dim: dim } = first;
    try {
      const map = await maps.lattice(scope.signal);
      const { mapLabel } = scene.peek();
      start.value = pointAt(spaceOf(scene.peek()), map.side, surestPlace(map, mapLabel), origin(dim));
    } catch {
      // Whatever fails here is told by the map, which is asked the same.
      start.value = origin(dim);
    }
  };

  /** Repeats requests that failed for a temporary reason, once for all that failed together. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  const retryLater = (error: unknown) => {
    if (!isPassing(error)) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      maps.retry();
      images.ask(asked.peek());
      walk.retry();
      panels.retry();
    }, RETRY);
  };
  scope.onDispose(() => clearTimeout(timer));

  /** What is generated at the point as shown. */
  const asked = computed((): PointQuery => {
    const { label, version } = scene.value;
    return { point: shownPoint.value, label, version };
  });
  /** Whether it is known where the point is. */
  const known = computed(() => state.value.z.length > 0 || start.value !== undefined);

  const point = new PointImage(classes, first.image_shape);
  const pipeline = new Pipeline(first, scene.value.plane.low, scene.value.plane.high);
  const pictured = (picture: Picture, label: number | undefined, milliseconds: number | undefined) => {
    point.show(picture, label, milliseconds);
    pipeline.picture(picture, label);
    welcome();
  };
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
      if (filmed.value) return;
      pictured(picture, query.label, milliseconds);
      follow(query);
    },
    (error) => {
      point.fail(messageOf(error));
      retryLater(error);
    },
  );
  /** The layers come after the image, and the judges when the point rests, so that the image comes first. */
  const follow = ({ point: z, label, version }: PointQuery) =>
    activations.ask({ point: [...z], label: label ?? null, version });
  const layers = new LayerStrip(first.layers, (layer) => change({ layer, panel: "surgery" }, true));
  const hasJudges = first.themes.some(({ name: theme }) => theme === "two_sample");
  const judges = new JudgesPanel(tools.api, name, hasJudges, { failed: retryLater });
  const activations = new ActivationsLoader(
    tools.api,
    name,
    (answer) => {
      void layers.show(answer);
      panels.layers(answer);
      judge();
    },
    retryLater,
  );
  /** The judges speak once the point rests. Versions of other makers have none; the panel says so if it is opened. */
  let resting: ReturnType<typeof setTimeout> | undefined;
  /** What surgery made last. */
  let operated: Operated | undefined;
  /** What it makes of the image as asked; undefined while that is on its way. */
  const underEdits = () => {
    const wanted = JSON.stringify(surgeryAt(asked.peek(), scene.peek().edits));
    return JSON.stringify(operated?.query) === wanted ? operated : undefined;
  };
  const judge = () => {
    clearTimeout(resting);
    if (!hasJudges && state.peek().panel !== "judges") return;
    resting = setTimeout(() => {
      const { point: z, label, version } = asked.peek();
      if (!edited.peek()) judges.ask({ points: [z], label, version });
      else {
        const found = underEdits();
        if (found) judges.ask({ points: [z], label, version }, found.file);
      }
    }, REST);
  };
  scope.onDispose(() => clearTimeout(resting));
  const maps = new MapController(
    tools.api,
    first,
    { state, scene, point: shownPoint, crossings, pins },
    {
      change,
      moved,
      set,
      picked: (chosen, dataset) => {
        const { version, label } = scene.value;
        real.show(chosen, { version, label, dataset });
      },
      pinned: ({ point: z, label }) => found(rounded(z), label ?? undefined),
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
          activations.prefetch({ point: [...z], label: label ?? null, version }, signal),
        ]);
      },
      playing: (on) => maps.setPlaying("epochs", on),
      failed: (error) => tools.notify(messageOf(error), "error"),
    },
    maps.film,
    maps.effect,
  );
  const walk = new WalkPanel(tools.api, first, {
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
        pictured(picture, scene.value.label, undefined);
      } else moved("point", to, true);
    },
    failed: retryLater,
    notify: tools.notify,
  });
  const panels = new Panels(
    tools.api,
    first,
    { walk, judges, maps: maps.source },
    {
      panel: (panel: Panel) => change({ panel }, true),
      set,
      map: (map) => change({ map }, true),
      layer: (layer, panel) => change({ layer, panel }, true),
      edits: (edits, done) => change({ edits }, done),
      operated: (found) => {
        operated = found;
        point.operated(found.picture);
        judge();
      },
      found,
      places: (places) => {
        drawn.value = places;
      },
      failed: retryLater,
    },
  );
  const parts = { bar, maps, point, judges, real, coordinates, layers, panels, pipeline };
  const targets = layout(page, first, tools, parts, {
    scene: () => scene.value,
    edited: () => underEdits()?.file,
    tour: () => guide(),
  });
  const tour = new Tour(page, targets, () => tools.memory.set(TOUR_MEMORY, "seen"));
  scope.onDispose(() => tour.dispose());
  const guide = () => {
    const { cube, theme } = scene.peek();
    const { latent_dim: dim, conditional } = first;
    tour.start(tourSteps({ dim, conditional, cube: cube !== undefined, theme }));
  };
  /** The tour comes by itself on the first visit, once there is something to see. */
  let welcomed = tools.memory.get(TOUR_MEMORY) !== null;
  const welcome = () => {
    if (!welcomed) guide();
    welcomed = true;
  };
  if (!known.peek()) void open();

  scope.effect(() => {
    page.classList.toggle("placing", !known.value);
    if (!known.value) return;
    point.operating(edited.value);
    if (filmed.value) follow(asked.value);
    else images.ask(asked.value);
  });
  scope.effect(() => {
    if (state.value.panel === "judges") judge();
  });
  scope.effect(() => {
    // The image is again the one before the edits.
    if (!edited.value && operated) judge();
  });
  scope.effect(() => layers.choose(state.value.panel === "surgery" ? scene.value.layer : undefined));
  scope.effect(() => {
    const { cube, plane } = scene.value;
    coordinates.update(shownPoint.value, (cube ?? plane).axes);
    pipeline.point(shownPoint.value);
  });
  scope.effect(() => {
    const reading = maps.reading.value;
    pipeline.theme(reading && { ...reading.numbers, value: reading.value });
  });
  scope.effect(() => {
    const { a, b, steps, label, version } = scene.value;
    walk.update(a && b ? { start: a, end: b, steps, label, version } : undefined);
    walk.mark(shownPoint.value);
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

  for (const part of [maps, bar, walk, images, activations, judges, real, panels]) {
    scope.onDispose(() => part.dispose());
  }
  return {
    update(next) {
      walk.stop();
      maps.film.leave();
      // The epochs keep playing while the point moves, but stop if the link names another version.
      if (next.version !== state.peek().version) bar.stop();
      filmed.value = undefined;
      state.value = next;
      if (!known.peek()) void open();
    },
    dispose: () => scope.dispose(),
  };
}
