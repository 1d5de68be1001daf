/** The dialog that lets a finished training go on: to how many epochs, and what the step sizes then do. */
import { messageOf, ProblemError } from "../../api/problem.ts";
import type { Continuation, RunView, SpecValue } from "../../api/types.ts";
import { costWords } from "../../core/growth/states.ts";
import { begunAfter } from "../../core/growth/words.ts";
import { latest } from "../../core/requests/latest.ts";
import { integer } from "../../core/text/format.ts";
import { h, setText } from "../../ui/dom.ts";
import { icon } from "../../ui/icons.ts";
import { type OpenDialog, openDialog } from "../../ui/overlays.ts";
import type { Tools } from "../../ui/view.ts";
import { StepSizesChart } from "../shared/stepSizesChart.ts";
import { FieldRow } from "../training/fieldRow.ts";

const DEBOUNCE = 250;

/**
 * @param proposed epochs in all.
 * @returns a dialog that closes with the run as it is once it was extended, or without.
 */
export function extendDialog(
  run: RunView,
  proposed: number,
  { api }: Tools,
): OpenDialog<RunView | undefined> {
  let epochs: SpecValue = proposed;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  let answered = false;

  const chart = new StepSizesChart();
  const field = new FieldRow(
    {
      path: "epochs",
      label: "Epochs in all",
      kind: "number",
      whole: true,
      help: `Those that are trained already, ${integer(run.epoch)}, included. Epochs, versions, curves and images go on from there, and the report is made anew at the end.`,
    },
    (_, value) => {
      epochs = value ?? proposed;
      field.value = epochs;
      paint();
      clearTimeout(timer);
      timer = setTimeout(ask, DEBOUNCE);
    },
  );
  field.value = proposed;
  const cost = h("p", { class: "field-help" });
  const trouble = h("div", { class: "note bad", role: "alert", hidden: true }, icon("warning"), h("p", {}));
  const go = h("button", { type: "submit", class: "button primary" }, icon("extend"), h("span", {}));

  const asked = latest<SpecValue, Continuation>(
    (wanted, signal) => api.previewExtension(run.name, wanted, signal),
    (plan) => {
      answered = true;
      say(undefined);
      chart.update(plan.step_sizes);
      setText(cost, `Training states: ${costWords(plan.state_bytes, plan.spec, begunAfter(run))}`);
      paint();
    },
    (error) => fail(error),
    1,
  );
  const ask = () => asked.ask(epochs);
  const say = (error: string | undefined, failure = "") => {
    field.error = error;
    trouble.hidden = failure === "";
    setText(trouble.lastElementChild ?? trouble, failure);
  };
  const fail = (error: unknown) => {
    answered = false;
    const own =
      error instanceof ProblemError && error.problem.errors?.find(({ path }) => path === "epochs")?.message;
    if (own) say(own);
    else say(undefined, messageOf(error));
    paint();
  };
  const paint = () => {
    const more = typeof epochs === "number" ? epochs - run.epoch : 0;
    setText(
      go.lastElementChild ?? go,
      more > 0 ? `Train ${integer(more)} more ${more === 1 ? "epoch" : "epochs"}` : "Train on",
    );
    go.disabled = sending || !answered;
  };

  const dialog = openDialog<RunView | undefined>(
    `Train ${run.name} on`,
    undefined,
    (close) => [
      h(
        "form",
        {
          class: "growth-dialog",
          novalidate: true,
          on: {
            submit: (event) => {
              event.preventDefault();
              void submit(close);
            },
          },
        },
        field.element,
        chart.element,
        cost,
        trouble,
        h(
          "div",
          { class: "actions end" },
          h(
            "button",
            { type: "button", class: "button plain", on: { click: () => close(undefined) } },
            "Leave it as it is",
          ),
          go,
        ),
      ),
    ],
    "wide",
  );
  async function submit(close: (run: RunView) => void): Promise<void> {
    if (sending || !answered) return;
    sending = true;
    paint();
    try {
      close(await api.extend(run.name, epochs));
    } catch (error) {
      fail(error);
      field.focus();
    } finally {
      sending = false;
      paint();
    }
  }
  void dialog.closed.then(() => {
    clearTimeout(timer);
    asked.cancel();
    chart.dispose();
  });
  paint();
  ask();
  return dialog;
}
