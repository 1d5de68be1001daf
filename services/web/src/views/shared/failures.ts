/** Messages of a page whose content cannot be loaded. */
import { isMissing, messageOf } from "../../api/problem.ts";
import { button, linkButton, message } from "../../ui/controls.ts";

/** For a list, such as "The runs". */
export function cannotBeShown(
  what: string,
  error: unknown,
  again: () => Promise<void>,
  verb = "shown",
): HTMLElement {
  return message({
    kind: "error",
    title: `${what} cannot be ${verb}`,
    text: messageOf(error),
    actions: tryAgain(again),
  });
}

export interface Sought {
  readonly kind: string;
  readonly name: string;
  /** Link to the list. */
  readonly all: string;
  /** Why it may not exist. */
  readonly missing?: string;
}

/** For one run, model or experiment: it does not exist, or it could not be loaded. */
export function notFoundOrFailed(
  { kind, name, all, missing = "It may have been deleted, or its name is misspelt in the link." }: Sought,
  error: unknown,
  again: () => Promise<void>,
): HTMLElement {
  const gone = isMissing(error);
  return message({
    alone: true,
    kind: "error",
    title: gone ? `There is no ${kind} named ${name}` : `The ${kind} cannot be shown`,
    text: gone ? missing : messageOf(error),
    actions: [gone ? null : tryAgain(again), linkButton(all, `All ${kind}s`)],
  });
}

function tryAgain(again: () => Promise<void>): HTMLElement {
  return button({ label: "Try again", icon: "repeat", click: () => void again() });
}
