/** What a link that leads nowhere shows. */
import { linkTo } from "../../core/navigation/router.ts";
import { linkButton, message } from "../../ui/controls.ts";
import type { Mount } from "../../ui/view.ts";

export function mountMissing(path: string): Mount<object> {
  return (element) => {
    element.append(
      message({
        kind: "error",
        alone: true,
        title: "There is no such page",
        text: `The link leads to ${path}, which does not exist.`,
        actions: linkButton(linkTo.runs(), "All runs", "primary"),
      }),
    );
    return { update: () => undefined, dispose: () => undefined };
  };
}
