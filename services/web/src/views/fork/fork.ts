/** The form of a fork: a run that begins with a kept state of another one. */
import type { RunView } from "../../api/types.ts";
import { startEpoch } from "../../core/growth/forkDraft.ts";
import { linkTo } from "../../core/navigation/router.ts";
import type { ForkState } from "../../core/navigation/views.ts";
import { linkButton, message, skeleton } from "../../ui/controls.ts";
import { fill, h } from "../../ui/dom.ts";
import { mark } from "../../ui/icons.ts";
import { Scope } from "../../ui/scope.ts";
import type { Mount, View } from "../../ui/view.ts";
import { notFoundOrFailed } from "../shared/failures.ts";
import { breadcrumb } from "../shared/pageHead.ts";
import { pageLoading } from "../shared/pageLoading.ts";
import { forkForm } from "./form.ts";

export function mountFork(name: string): Mount<ForkState> {
  return (element, initial, tools) => {
    const scope = new Scope();
    const page = h("div", { class: "page" });
    element.append(page);
    let state = initial;
    let form: View<ForkState> | undefined;

    const start = async () => {
      fill(page, pageLoading("Runs", `Fork ${name}`, skeleton("skeleton-pictures")));
      try {
        const { api } = tools;
        const [run, { states }, runs, models] = await Promise.all([
          api.run(name, scope.signal),
          api.states(name, scope.signal),
          api.runs(scope.signal),
          api.models(scope.signal),
        ]);
        const epoch = startEpoch(
          states.map((one) => one.epoch),
          state.epoch,
        );
        if (epoch === undefined) return fill(page, nothingKept(run));
        fill(page);
        const taken = new Set([...runs, ...models].map((one) => one.name));
        form = forkForm(page, { run, runs, states, taken }, state, tools);
      } catch (error) {
        if (!scope.signal.aborted)
          fill(page, notFoundOrFailed({ kind: "run", name, all: linkTo.runs() }, error, start));
      }
    };
    void start();
    return {
      update(next) {
        state = next;
        form?.update(next);
      },
      dispose() {
        form?.dispose();
        scope.dispose();
      },
    };
  };
}

function nothingKept(run: RunView): HTMLElement {
  return h(
    "div",
    {},
    breadcrumb(linkTo.run(run.name), run.name),
    message({
      alone: true,
      art: mark(72),
      title: `${run.name} cannot be forked yet`,
      text: "A fork begins with a training state of its parent, and this run keeps none. The first one is saved at the end of its first epoch; runs of older versions may have none at all.",
      actions: linkButton(linkTo.run(run.name), "Back to the run", "primary"),
    }),
  );
}
