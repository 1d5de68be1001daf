/** Puts the page together: transport, API, shell, and the view that the link names. */
import { Api } from "../api/client.ts";
import type { SendFile } from "../api/sendFile.ts";
import { Transport } from "../api/transport.ts";
import { linkTo, parseRoute, type Route } from "../core/navigation/routes.ts";
import { linkButton, message } from "../ui/controls.ts";
import { askForKey, Notices } from "../ui/overlays.ts";
import type { Tools, View } from "../ui/view.ts";
import { mountCompare } from "../views/compareModels/compareModels.ts";
import { mountCompareRuns } from "../views/compareRuns/compareRuns.ts";
import { mountDatasets } from "../views/datasets/list.ts";
import { mountExperiment } from "../views/experiments/experiment.ts";
import { mountNewExperiment } from "../views/experiments/form.ts";
import { mountExperiments } from "../views/experiments/list.ts";
import { mountExplorer } from "../views/explorer/explorer.ts";
import { mountModels } from "../views/models/list.ts";
import { mountModel } from "../views/models/model.ts";
import { mountRun } from "../views/run/run.ts";
import { mountRuns } from "../views/runs/list.ts";
import { mountNewTraining } from "../views/training/form.ts";
import { mountShell } from "./shell.ts";

const KEY = "atlas-api-key";
const RETRY = 2500;

export interface World {
  readonly fetch: typeof fetch;
  readonly sendFile?: SendFile;
  readonly now: () => Date;
}

const REAL: World = { fetch: (input, init) => fetch(input, init), now: () => new Date() };

/** @param world what lies outside the page; the gallery gives a canned one. */
export function startApp(element: HTMLElement, world: World = REAL): void {
  const transport = new Transport({
    fetch: world.fetch,
    sendFile: world.sendFile,
    keys: {
      get: () => sessionStorage.getItem(KEY),
      set: (key) => sessionStorage.setItem(KEY, key),
    },
    askKey: askForKey,
  });
  const shell = mountShell(element, transport.connection);
  const notices = new Notices(element);
  const tools: Tools = {
    api: new Api(transport.fetch, new URL("./", document.baseURI).href, transport.sendFile),
    connection: transport.connection,
    go(hash, { replace } = {}) {
      if (hash === location.hash) return;
      if (replace) history.replaceState(null, "", hash);
      else history.pushState(null, "", hash);
      show();
    },
    say: (text, kind) => notices.say(text, kind),
    now: world.now,
  };
  let current: { key: string; view: View<never> } | undefined;

  function show(): void {
    const route = parseRoute(location.hash);
    const key = `${route.view}/${"name" in route ? route.name : ""}`;
    shell.at(route.view);
    document.title = titleOf(route);
    if (current?.key === key) {
      current.view.update(("state" in route ? route.state : undefined) as never);
      return;
    }
    const first = current === undefined;
    current?.view.dispose();
    shell.main.replaceChildren();
    current = { key, view: mount(route, shell.main, tools) };
    scrollTo(0, 0);
    // Screen readers and the keyboard go on in the new view, but the page itself opens undisturbed.
    if (!first) shell.main.focus({ preventScroll: true });
  }

  addEventListener("popstate", show);
  show();
  // While nothing answers, views wait; this finds out when they can go on.
  setInterval(() => {
    if (transport.connection.value === "offline") void transport.fetch("healthz").catch(() => undefined);
  }, RETRY);
}

function mount(route: Route, main: HTMLElement, tools: Tools): View<never> {
  switch (route.view) {
    case "runs":
      return mountRuns(main, route.state, tools);
    case "run":
      return mountRun(route.name)(main, route.state, tools);
    case "compare-runs":
      return mountCompareRuns(main, route.state, tools);
    case "new":
      return mountNewTraining(main, route.state, tools);
    case "experiments":
      return mountExperiments(main, undefined, tools);
    case "experiment":
      return mountExperiment(route.name)(main, route.state, tools);
    case "new-experiment":
      return mountNewExperiment(main, route.state, tools);
    case "models":
      return mountModels(main, undefined, tools);
    case "model":
      return mountModel(route.name)(main, route.state, tools);
    case "datasets":
      return mountDatasets(main, undefined, tools);
    case "explorer":
      return mountExplorer(route.name)(main, route.state, tools);
    case "compare":
      return mountCompare(main, route.state, tools);
    case "missing":
      main.append(
        message({
          kind: "error",
          alone: true,
          title: "There is no such page",
          text: `The link leads to ${route.path}, which does not exist.`,
          actions: linkButton(linkTo.runs(), "To the runs", "primary"),
        }),
      );
      return { update: () => undefined, dispose: () => undefined };
  }
}

function titleOf(route: Route): string {
  const parts = {
    runs: "Runs",
    run: "name" in route ? route.name : "",
    new: "New training",
    experiments: "Experiments",
    experiment: "name" in route ? route.name : "",
    "new-experiment": "New experiment",
    "compare-runs": "Runs compared",
    models: "Models",
    model: "name" in route ? `${route.name}, model` : "",
    datasets: "Data sets",
    explorer: "name" in route ? `${route.name}, explorer` : "",
    compare: "Side by side",
    missing: "Not found",
  };
  return `${parts[route.view]} · Latent Atlas`;
}
