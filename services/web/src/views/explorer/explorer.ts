/** The explorer of a model's latent space: loads the model and shows its workbench. */
import { signal } from "@preact/signals-core";
import { ifMissing } from "../../api/problem.ts";
import type { ModelView, RunState } from "../../api/types.ts";
import type { ExplorerState } from "../../core/navigation/views.ts";
import { fill, h } from "../../ui/dom.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, Tools, View } from "../../ui/view.ts";
import { failed, loading, unpublished } from "./placeholders.ts";
import { explorer } from "./workbench.ts";

/** Milliseconds between checks for new versions. */
const POLL = 5000;

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
          const found = await modelOf(name, tools, scope.signal);
          model.value = found;
          if (live) return;
          if (found?.versions.length) {
            fill(page);
            live = explorer(page, found, model, state, tools);
          } else fill(page, unpublished(name, await stateOf(name, tools, scope.signal)));
        } catch (error) {
          if (!scope.signal.aborted && !live) fill(page, failed(error));
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

/** The model; undefined: there is none of this name. */
async function modelOf(name: string, { api }: Tools, signal: AbortSignal): Promise<ModelView | undefined> {
  return api.model(name, signal).catch(ifMissing(undefined));
}

/** Of the training with the model's name; undefined: there is none. */
async function stateOf(name: string, { api }: Tools, signal: AbortSignal): Promise<RunState | undefined> {
  return (await api.run(name, signal).catch(ifMissing(undefined)))?.state;
}
