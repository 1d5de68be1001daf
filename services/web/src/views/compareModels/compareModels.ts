/** Models or versions as a matrix: a column for each, and rows for what each makes of the same point. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import { isPassing, messageOf } from "../../api/problem.ts";
import type { ModelView } from "../../api/types.ts";
import { commonRange } from "../../core/compare/greyScale.ts";
import { captionWords, layerRows, missingWords } from "../../core/compare/lineup.ts";
import { columnTitles } from "../../core/compare/titles.ts";
import {
  type ComparedModel,
  comparedModels,
  MOST_MODELS,
  withModel,
  withoutModel,
} from "../../core/explorer/comparedModels.ts";
import { rangeOf, type Scale } from "../../core/latent/scalarMap.ts";
import type { Point } from "../../core/latent/vector.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { CompareState } from "../../core/navigation/views.ts";
import { scalarTheme, themesOfAll } from "../../core/themes/theme.ts";
import { linkButton, message, select, skeleton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { downloadMenu } from "../../ui/downloadMenu.ts";
import { icon } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount } from "../../ui/view.ts";
import { Coordinates } from "../explorer/coordinates.ts";
import { ThemeChoice } from "../explorer/map/themeChoice.ts";
import { ThemeScale } from "../explorer/map/themeScale.ts";
import { breadcrumb, pageHead } from "../shared/pageHead.ts";
import { type CommonInputs, CompareColumn } from "./column.ts";
import { rangeOf as greysOf, type RowGreys } from "./layerCells.ts";
import { matrixPicture } from "./matrixPicture.ts";
import { RowLabels } from "./rowLabels.ts";
import { shownRows } from "./rows.ts";

const POLL = 8000;
/** Pixels of the matrix's picture for one of the page: printed sharply at 4 cm a column, and at 8. */
const MATRIX_SCALES = [
  ["PNG, for a page", 2],
  ["PNG, twice as large", 4],
] as const;

export const mountCompare: Mount<CompareState> = (element, initial, tools) => {
  const scope = new Scope();
  const state = signal(initial);
  const models = signal<readonly ModelView[] | undefined>(undefined);
  const failure = signal<unknown>(undefined);
  const columns = signal<ReadonlyMap<string, CompareColumn>>(new Map());
  const body = h("div", {});
  const missing = h("div", { class: "missing-models", role: "status" });
  element.append(
    h(
      "div",
      { class: "page" },
      pageHead("Side by side", {
        crumbs: breadcrumb(linkTo.models(), "Models"),
        lede: "The same point in every latent space: move it on one map and it moves on all of them.",
      }),
      missing,
      body,
    ),
  );

  const change = (next: Partial<CompareState>, done: boolean) => {
    state.value = { ...state.value, ...next };
    if (done) tools.go(linkTo.compare(state.value));
  };
  scope.poll(
    async () => {
      try {
        models.value = await tools.api.models(scope.signal);
        failure.value = undefined;
      } catch (error) {
        if (!scope.signal.aborted) failure.value = error;
      }
    },
    () => POLL,
  );

  const shownModels = computed(() => comparedModels(models.value ?? [], state.value));
  const themes = computed(() => themesOfAll(shownModels.value.map(({ model }) => model.themes)));
  const theme = computed(() => scalarTheme(themes.value, state.value.theme));
  const pointer: Signal<CommonInputs["pointer"]["value"]> = signal(undefined);
  const scale = commonScale(theme, columns);
  const layers = computed(() => layerRows(shownModels.value.map(({ model }) => model)));
  const rows = computed(() => shownRows(layers.value, state.value));
  const greys = computed(() => (state.value.greys === "row" ? commonGreys(columns.value) : NO_GREYS));
  const open = computed(() => state.value.channels);
  const common = { theme, scale, pointer, rows, greys, open };
  const choice = new ThemeChoice("What the maps show", "Theme", (name) => change({ theme: name }, true));
  const themeScale = new ThemeScale();
  const legend = h("div", { class: "compare-legend card", hidden: true }, themeScale.element);
  /** Identifies the columns, but not their contents. */
  const lineup = computed(() =>
    models.value
      ? shownModels.value.map(({ model, place }) => `${place}/${model.name}`).join("|")
      : failure.value
        ? "failed"
        : "loading",
  );
  scope.effect(() => {
    const now = lineup.value;
    for (const column of columns.peek().values()) column.dispose();
    columns.value = new Map();
    if (now === "loading") fill(body, skeleton("skeleton-map"));
    else if (now === "failed") {
      fill(
        body,
        message({
          kind: "error",
          title: "The models cannot be shown",
          text: `${messageOf(failure.peek())} This page keeps trying.`,
          actions: linkButton(linkTo.models(), "All models"),
        }),
      );
    } else build();
  });
  scope.effect(() => {
    const titles = columnTitles(
      shownModels.value.map(({ model, version }) => ({ name: model.name, version, spec: model.card.spec })),
    );
    shownModels.value.forEach((one, index) => {
      columns.value.get(String(one.place))?.update(one, state.value, titles[index] ?? one.model.name);
    });
  });
  scope.effect(() => {
    const words = models.value ? missingWords(models.value, state.value, shownModels.value) : [];
    fill(
      missing,
      words.map((text) => h("div", { class: "note warn" }, icon("warning"), h("p", {}, text))),
    );
  });
  scope.effect(() => choice.update(themes.value, theme.value?.name));
  scope.effect(() => {
    legend.hidden = scale.value === undefined;
    if (scale.value) themeScale.show(scale.value);
  });
  scope.onDispose(() => {
    for (const column of columns.peek().values()) column.dispose();
  });

  function build(): void {
    const all = models.peek() ?? [];
    const shown = shownModels.peek();
    columns.value = new Map(shown.map((one) => [String(one.place), columnOf(one)]));
    const dim = Math.max(0, ...shown.map(({ model }) => model.latent_dim));
    fill(
      body,
      shown.length === 0
        ? message({
            title:
              state.peek().models.length === 0 ? "Nothing to compare yet" : "None of these can be shown",
            text: `Choose two or more models, or versions of the same model; up to ${MOST_MODELS} are shown side by side.`,
            actions: adder(all, shown.length),
          })
        : [
            h("div", { class: "matrix-bar card" }, coordinatesOf(dim, shown), tail(all, shown)),
            legend,
            matrixOf(),
          ],
    );
  }

  function matrixOf(): HTMLElement {
    const labels = new RowLabels(layers.peek(), (layer) => {
      const { channels } = state.value;
      const others = channels.filter((name) => name !== layer);
      change({ channels: others.length < channels.length ? others : [...channels, layer] }, true);
    });
    const caption = h("p", { class: "matrix-caption only-in-picture" });
    const own = [...columns.peek().values()];
    own.forEach(({ element: column }, index) => {
      column.style.setProperty("--column", String(index + 1));
    });
    const matrix = h(
      "div",
      { class: "compare", style: { "--columns": String(own.length) } },
      own.map((column) => column.element),
      labels.elements,
    );
    const figure = h("div", { class: "matrix-figure" }, matrix, caption);
    scope.effect(() => {
      labels.place(rows.value);
      matrix.style.setProperty("--lines", String(2 * rows.value.length));
    });
    scope.effect(() => {
      const [first] = shownModels.value;
      if (first) labels.axes(first.plane.axes, first.plane.low, first.plane.high);
      const dim = Math.max(0, ...shownModels.value.map(({ model }) => model.latent_dim));
      setText(caption, captionWords(state.value, dim));
    });
    scope.effect(() => {
      for (const { name } of layers.value) labels.scale(name, greys.value.get(name)?.average);
      labels.opened(open.value);
    });
    return h(
      "section",
      { class: "card matrix-card", "aria-label": "Matrix" },
      h(
        "div",
        { class: "matrix-actions" },
        downloadMenu({
          label: "Download",
          title: "Download the whole matrix",
          groups: () => [
            {
              files: MATRIX_SCALES.map(([label, scale]) => ({
                label,
                name: () => `side-by-side${scale === 2 ? "" : "-large"}.png`,
                make: () => matrixPicture(figure, own.length, scale),
              })),
            },
          ],
        }),
      ),
      h(
        "div",
        { class: "matrix-scroll", tabindex: 0, role: "region", "aria-label": "Models side by side" },
        figure,
      ),
    );
  }

  function columnOf(one: ComparedModel): CompareColumn {
    return new CompareColumn(tools.api, one, layers.peek(), common, {
      hovered: (at) => {
        pointer.value = at && { at, place: one.place };
      },
      moved: (z, done) => {
        pointer.value = undefined;
        change({ z }, done);
      },
      version: (version) => change({ versions: withVersion(one.place, version) }, true),
      remove: () => change(withoutModel(state.value, one.place), true),
      failed: (error, again) => {
        if (!isPassing(error)) return;
        const timer = setTimeout(again, 3000);
        scope.onDispose(() => clearTimeout(timer));
      },
    });
  }

  function withVersion(place: number, version: number): readonly number[] {
    return state.value.models.map((_, other) =>
      other === place ? version : (state.value.versions[other] ?? 0),
    );
  }

  function tail(all: readonly ModelView[], shown: readonly ComparedModel[]): HTMLElement {
    const toggle = (label: string, title: string, key: "judges" | "layers") => {
      const input = h("input", {
        type: "checkbox",
        class: "switch",
        on: { change: () => change({ [key]: input.checked ? "yes" : "no" }, true) },
      });
      scope.effect(() => {
        input.checked = state.value[key] === "yes";
      });
      return h("label", { class: "choice", title }, input, label);
    };
    const oneScale = h("input", {
      type: "checkbox",
      class: "switch",
      on: { change: () => change({ greys: oneScale.checked ? "row" : "own" }, true) },
    });
    const scaleChoice = h(
      "label",
      { class: "choice", title: "Whether the same grey means the same value in all pictures of a row" },
      oneScale,
      "One grey scale a row",
    );
    scope.effect(() => {
      oneScale.checked = state.value.greys === "row";
      scaleChoice.hidden = state.value.layers !== "yes";
    });
    const classes = shown.find(({ label }) => label !== undefined)?.model.classes;
    return h(
      "div",
      { class: "compare-tail" },
      adder(all, shown.length),
      choice.element,
      toggle("Judges", "What discriminator and two-sample network say of each image", "judges"),
      toggle("Layers", "The output of each layer at the point", "layers"),
      scaleChoice,
      classes
        ? h(
            "label",
            { class: "choice" },
            "Generate",
            select(
              "Class to generate",
              classes.map((name, id) => ({ value: String(id), label: name })),
              String(state.peek().label ?? 0),
              (value) => change({ label: Number(value) }, true),
            ),
          )
        : null,
    );
  }

  function adder(all: readonly ModelView[], count: number): HTMLElement {
    const names = all.filter(({ versions }) => versions.length > 0).map(({ name }) => name);
    const field = select(
      "Add a model",
      [{ value: "", label: "Add a model…" }, ...names.map((name) => ({ value: name, label: name }))],
      "",
      (name) => {
        if (name) change(withModel(state.value, name), true);
      },
      { disabled: names.length === 0 || count >= MOST_MODELS },
    );
    return field;
  }

  return {
    update(next) {
      state.value = next;
    },
    dispose: () => scope.dispose(),
  };

  function coordinatesOf(dim: number, shown: readonly ComparedModel[]): HTMLElement {
    const low = Math.min(...shown.map(({ plane }) => plane.low));
    const high = Math.max(...shown.map(({ plane }) => plane.high));
    const coordinates = new Coordinates(dim, low, high, (z: Point, done) => change({ z }, done));
    scope.effect(() => {
      const z = Array.from({ length: dim }, (_, axis) => state.value.z[axis] ?? 0);
      coordinates.update(z, state.value.axes);
    });
    return coordinates.element;
  }
};

const NO_GREYS: ReadonlyMap<string, RowGreys> = new Map();

/** For each layer the greys that hold the values of all columns. */
function commonGreys(columns: ReadonlyMap<string, CompareColumn>): ReadonlyMap<string, RowGreys> {
  const shown = [...columns.values()].flatMap(({ layers }) => [...layers.value.values()]);
  const greys = new Map<string, RowGreys>();
  for (const name of new Set(shown.map(({ figures }) => figures.name))) {
    const own = shown.filter(({ figures }) => figures.name === name);
    const average = commonRange(own.map(({ figures }) => greysOf(figures.average_range)));
    const channels = commonRange(own.map(({ figures }) => greysOf(figures.range)));
    if (average && channels) greys.set(name, { average, channels });
  }
  return greys;
}

/** One range for all columns, which grows as their maps arrive; undefined: none shows numbers of the theme. */
function commonScale(
  theme: CommonInputs["theme"],
  columns: ReadonlySignal<ReadonlyMap<string, CompareColumn>>,
): ReadonlySignal<Scale | undefined> {
  const range = computed(() => {
    const chosen = theme.value;
    const maps = [...columns.value.values()].flatMap(({ numbers: { value: numbers } }) =>
      numbers && numbers.theme.name === chosen?.name ? [numbers.values] : [],
    );
    return chosen && maps.length > 0 ? rangeOf(chosen, ...maps) : undefined;
  });
  // The ends by themselves, so that maps are only redrawn when one of them has changed.
  const low = computed(() => range.value?.[0]);
  const high = computed(() => range.value?.[1]);
  return computed(() =>
    theme.value && low.value !== undefined && high.value !== undefined
      ? { theme: theme.value, low: low.value, high: high.value }
      : undefined,
  );
}
