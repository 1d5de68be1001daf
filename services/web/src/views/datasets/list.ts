/** Data sets: the built-in ones, and the user's own, which can be uploaded and removed. */
import { signal } from "@preact/signals-core";
import { messageOf } from "../../api/problem.ts";
import type { DatasetInfo } from "../../api/types.ts";
import { linkTo } from "../../core/navigation/router.ts";
import { integer } from "../../core/text/format.ts";
import { button, linkButton, skeleton } from "../../ui/controls.ts";
import { fill, h, setText } from "../../ui/dom.ts";
import { confirmed } from "../../ui/overlays.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, Tools } from "../../ui/view.ts";
import { downloadButton } from "../shared/download.ts";
import { cannotBeShown } from "../shared/failures.ts";
import { pageHead } from "../shared/pageHead.ts";
import { classRows } from "./samples.ts";
import { uploadControl } from "./uploadControl.ts";

export const mountDatasets: Mount<object> = (element, _state, tools) => {
  const scope = new Scope();
  const datasets = signal<readonly DatasetInfo[] | undefined>(undefined);
  const failure = signal<unknown>(undefined);
  const cards = new Map<string, HTMLElement>();
  const load = async () => {
    try {
      datasets.value = await tools.api.datasets(scope.signal);
      failure.value = undefined;
    } catch (error) {
      if (!scope.signal.aborted) failure.value = error;
    }
  };
  const remove = async ({ name, title }: DatasetInfo) => {
    const yes = await confirmed({
      title: `Remove ${name}?`,
      text: `${title}: its images are deleted permanently. Runs and models that were trained on it are kept.`,
      yes: "Remove the data set",
      no: "Keep it",
    });
    if (!yes) return;
    try {
      await tools.api.deleteDataset(name);
      tools.notify(`${name} was removed.`);
    } catch (error) {
      tools.notify(messageOf(error), "error");
    }
    await load();
  };
  const upload = uploadControl({
    api: tools.api,
    taken: () => new Set((datasets.value ?? []).map(({ name }) => name)),
    done: () => void load(),
    signal: scope.signal,
  });
  const count = h("p", { class: "lede", role: "status" });
  const body = h("div", {});
  element.append(
    h(
      "div",
      { class: "page" },
      pageHead("Data sets", {
        lede: count,
        actions: h(
          "div",
          { class: "actions" },
          linkButton(linkTo.newTraining(), "New training", "plain", "plus"),
        ),
      }),
      body,
      h("section", { class: "card upload-card", "aria-label": "Upload" }, upload),
    ),
  );
  scope.effect(() => {
    const all = datasets.value;
    if (!all) {
      setText(count, "\u00a0");
      const loading = h(
        "div",
        { class: "dataset-grid" },
        [1, 2, 3].map(() => skeleton("dataset-card")),
      );
      fill(body, failure.value ? cannotBeShown("The data sets", failure.value, load) : loading);
      return;
    }
    const own = all.filter(({ uploaded }) => uploaded).length;
    setText(count, `${all.length - own} built in, ${own === 0 ? "none" : own} of your own`);
    fill(
      body,
      h(
        "div",
        { class: "dataset-grid" },
        all.map((info) => {
          const key = JSON.stringify(info);
          const card = cards.get(key) ?? datasetCard(info, tools, scope, remove);
          cards.set(key, card);
          return card;
        }),
      ),
    );
  });
  void load();
  return { update: () => undefined, dispose: () => scope.dispose() };
};

function datasetCard(
  info: DatasetInfo,
  tools: Tools,
  scope: Scope,
  remove: (info: DatasetInfo) => Promise<void>,
): HTMLElement {
  const { name, title, image_shape, classes, train, test, uploaded } = info;
  const [height = 0, width = 0, channels = 1] = image_shape;
  const facts = [
    `${integer(train)} training images, ${integer(test)} test images`,
    `${width} × ${height} px, ${channels === 1 ? "grey" : "colour"}`,
    classes.length === 0
      ? "no classes: the images are grouped into eight"
      : `${classes.length} classes: ${classes.join(", ")}`,
  ];
  return h(
    "article",
    { class: "card dataset-card" },
    classRows(info, (wanted) => tools.api.samples(wanted, scope.signal)),
    h(
      "div",
      { class: "dataset-text" },
      h("h2", {}, name),
      h("p", {}, title),
      h(
        "ul",
        { class: "dataset-facts" },
        facts.map((fact) => h("li", {}, fact)),
      ),
      h(
        "div",
        { class: "actions" },
        linkButton(linkTo.newTraining({ dataset: name }), "Train on it", "plain", "play"),
        info.at_hand === false
          ? null
          : downloadButton(
              {
                label: "Sheet",
                title: `Download the sheet of images of ${name} as PNG`,
                name: () => `${name}.png`,
                make: () => tools.api.samples(name),
                notify: tools.notify,
              },
              "quiet",
            ),
        uploaded ? removeButton(name, () => void remove(info)) : null,
      ),
    ),
  );
}

function removeButton(name: string, click: () => void): HTMLButtonElement {
  const element = button({ icon: "trash", kind: "quiet", label: "Remove", click });
  element.setAttribute("aria-label", `Remove ${name}`);
  return element;
}
