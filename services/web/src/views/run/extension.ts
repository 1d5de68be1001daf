/** The dialog of an extension is a part of the link, so that going back closes it. */
import type { ReadonlySignal } from "@preact/signals-core";
import type { RunView } from "../../api/types.ts";
import { integer } from "../../core/text/format.ts";
import type { OpenDialog } from "../../ui/overlays.ts";
import type { Scope } from "../../ui/scope.ts";
import type { Tools } from "../../ui/view.ts";
import { extendDialog } from "./extendDialog.ts";

export interface ExtensionByLink {
  readonly run: ReadonlySignal<RunView>;
  /** Epochs in all that the link proposes; undefined: the dialog is closed. */
  readonly proposed: ReadonlySignal<number | undefined>;
  /** Called with the run once it was extended. */
  readonly extended: (run: RunView) => void;
  /** Called once the dialog is closed, in whatever way. */
  readonly closed: () => void;
}

export function followExtension(link: ExtensionByLink, tools: Tools, scope: Scope): void {
  let dialog: OpenDialog<RunView | undefined> | undefined;
  const ask = async (epochs: number) => {
    dialog = extendDialog(link.run.peek(), epochs, tools);
    const run = await dialog.closed;
    dialog = undefined;
    if (scope.signal.aborted) return;
    if (run) {
      link.extended(run);
      tools.notify(`${run.name} goes on to epoch ${integer(run.epochs)}.`);
    }
    link.closed();
  };
  scope.effect(() => {
    const epochs = link.proposed.value;
    if (epochs === undefined) dialog?.close();
    else if (!dialog) void ask(epochs);
  });
  scope.onDispose(() => dialog?.close());
}
