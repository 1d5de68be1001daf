/** What an experiment amounts to: how many trainings, and about how long they take. */
import { type ExperimentDraft, runCount } from "../../core/experiments/draft.ts";
import type { ExperimentTime } from "../../core/experiments/timeEstimate.ts";
import { duration, integer } from "../../core/text/format.ts";
import { h } from "../../ui/dom.ts";

/** @param checked whether the draft is known well enough to look for trainings like it. */
export function totalOf(
  draft: ExperimentDraft,
  time: ExperimentTime | undefined,
  checked: boolean,
): HTMLElement[] {
  const number = runCount(draft);
  const sizes = [...draft.vary.map(({ values }) => values.length), draft.seeds.length].join(" × ");
  const trainings = `${integer(number)} ${number === 1 ? "training" : "trainings"}`;
  const count = h("p", { class: "run-count", role: "status" }, h("strong", {}, trainings), ` = ${sizes}`);
  if (!checked || number === 0) return [count];
  return [count, h("div", { class: "time-estimate", role: "status" }, timeWords(time))];
}

function timeWords(time: ExperimentTime | undefined): HTMLElement[] {
  if (!time) {
    return [
      h("strong", {}, "Time: not known yet"),
      h("p", { class: "field-help" }, "No similar training has run here before."),
    ];
  }
  const { seconds, estimated, trainings } = time;
  const rest = trainings - estimated;
  const each = `About ${duration(seconds / estimated)} for a training, one after the other, as similar ones took.`;
  const unknown = ` Nothing like the other ${rest} has run here before.`;
  return [
    h("strong", {}, `Takes about ${duration(seconds)}${rest > 0 ? ` for ${estimated} of them` : ""}`),
    h("p", { class: "field-help" }, rest > 0 ? each + unknown : each),
  ];
}
