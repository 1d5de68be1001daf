/** What the output of a layer comes to, in a few figures. */
import type { LayerActivations } from "../../../api/types.ts";
import { percent, signed } from "../../../core/text/format.ts";
import { fill, h } from "../../../ui/dom.ts";

export class LayerFigures {
  readonly element = h("dl", { class: "layer-figures" });

  show({ mean, dead, average_range: [low = 0, high = 0] }: LayerActivations): void {
    const facts: readonly (readonly [term: string, value: string, title: string])[] = [
      ["Mean", signed(mean), "Mean output of all units of the layer"],
      ["Silent", percent(dead), "Share of units whose output is exactly zero at this point"],
      ["Black", signed(low), "Smallest value in the picture of the average"],
      ["White", signed(high), "Largest value in the picture of the average"],
    ];
    fill(
      this.element,
      facts.map(([term, value, title]) => h("div", { title }, h("dt", {}, term), h("dd", {}, value))),
    );
  }
}
