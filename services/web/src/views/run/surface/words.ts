/** What a loss surface shows, in words and numbers. */
import type { LossSurface } from "../../../api/types.ts";
import { type PathPoint, UNITS } from "../../../core/surface/surface.ts";
import { figure, integer, percent } from "../../../core/text/format.ts";
import { h } from "../../../ui/dom.ts";
import { signed } from "./plot.ts";

export function surfaceWords({ network, directions, epoch, images, explained }: LossSurface): HTMLElement {
  const other = network === "generator" ? "discriminator" : "generator";
  const plane =
    directions === "path"
      ? "The plane lies along the two directions in which the training moved most"
      : "The plane is spanned by two random directions";
  return h(
    "p",
    { class: "chart-help" },
    `The ${network}’s loss, dark where it is low, if its weights were those of each place; the ${other} is as it was after epoch ${integer(epoch)}, which lies at 0, 0, so that the path need not lead downhill. ${plane}; it holds ${percent(explained)} of the path, which hovers over it. ${UNITS[directions]} The loss is a mean over ${integer(images)} images, without penalties and dropout.`,
  );
}

export function pathTable(path: readonly PathPoint[]): HTMLElement {
  const heads = ["Epoch", "x", "y", "Off the plane", "Loss"];
  return h(
    "details",
    { class: "layers surface-table" },
    h("summary", {}, "The path in numbers"),
    h(
      "table",
      {},
      h("caption", { class: "visually-hidden" }, "The training states on the plane"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((head) => h("th", { scope: "col", class: "number" }, head)),
        ),
      ),
      h(
        "tbody",
        {},
        path.map(({ epoch, x, y, distance, loss }) =>
          h(
            "tr",
            {},
            [
              integer(epoch),
              signed(x),
              signed(y),
              figure(distance),
              loss === null ? "–" : figure(loss),
            ].map((text) => h("td", { class: "number" }, text)),
          ),
        ),
      ),
    ),
  );
}
