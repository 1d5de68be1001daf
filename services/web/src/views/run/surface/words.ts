/** What a loss surface shows, in words and numbers. */
import type { LossSurface } from "../../../api/types.ts";
import { type PathPoint, UNITS } from "../../../core/surface/surface.ts";
import { figure, integer, percent } from "../../../core/text/format.ts";
import { h } from "../../../ui/dom.ts";
import { signed } from "./plot.ts";

export function surfaceWords(surface: LossSurface): HTMLElement {
  const { network, directions, epoch, images, explained, loss } = surface;
  const other = network === "generator" ? "discriminator" : "generator";
  const plane =
    directions === "path"
      ? "The plane lies along the two directions in which the weights moved most"
      : "The plane is spanned by two random directions";
  const sentences = [
    `The ${network}’s loss at the weights of each place, dark where it is low.`,
    `The ${other} is held as it was after epoch ${integer(epoch)}, the state at 0, 0; while it trained it moved too, so that the path need not lead downhill.`,
    explained > 0.995
      ? `${plane} and holds nearly all of the path.`
      : `${plane} and holds ${percent(explained)} of the path; the rest lies off it.`,
    UNITS[directions],
    `Each loss is a mean over ${integer(images)} images, without penalties and dropout.`,
    loss.flat().includes(null) ? "Where it is grey, the loss is no finite number." : "",
  ];
  return h("p", { class: "chart-help" }, sentences.filter(Boolean).join(" "));
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
