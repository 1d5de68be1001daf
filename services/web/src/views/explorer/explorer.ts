/** The explorer of a model's latent space: loads the model and shows its workbench. */
import { signal } from "@preact/signals-core";
import type { ModelView } from "../../api/types.ts";
import type { ExplorerState } from "../../core/navigation/views.ts";
import { fill, h } from "../../ui/dom.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, View } from "../../ui/view.ts";
import { failed, loading, waiting } from "./placeholders.ts";
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
