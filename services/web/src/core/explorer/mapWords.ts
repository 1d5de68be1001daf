/** What a map is called, and what is said below it. */
import type { MapQuery } from "../../api/queries.ts";
import { sharesOf } from "../latent/classMap.ts";
import { percent } from "../text/format.ts";
import { lackWords } from "../themes/theme.ts";
import { describePart, type Edit } from "./edits.ts";
import { type Effect, type EffectMaps, effectWords, type Seen } from "./effect.ts";
import { lackOf } from "./mapRequest.ts";
import type { Scene } from "./scene.ts";

/** Why a map is without the edits that were asked for: they do not touch its theme, or its version lacks the layer. */
export type Unedited = "theme" | "edits";

interface WordedMap extends Seen {
  readonly query: MapQuery;
  readonly pair?: EffectMaps | undefined;
  readonly unedited?: Unedited | undefined;
}

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  before: "before the edits",
  after: "after the edits",
  changed: "what the edits changed",
};

/** For screen readers: "Class map of mnist-2d, epoch 50, after the edits". */
export function mapName(model: string, { numbers, query, pair }: WordedMap, effect: Effect): string {
  const what = numbers ? `Map of ${numbers.theme.title}` : "Class map";
  return `${what} of ${model}, epoch ${query.version}${pair ? `, ${EFFECT_WORDS[effect]}` : ""}`;
}

/** @param real what is said of the real images on the map; empty: nothing. */
export function mapWords(
  map: WordedMap,
  scene: Scene,
  {
    classes,
    lacking,
    real,
  }: { readonly classes: readonly string[]; readonly lacking: readonly string[]; readonly real: string },
): string {
  const agreement = agreementWords(map, classes);
  const said = [
    lostWords(scene.lost),
    lackOfTheme(scene, lacking),
    uneditedWords(map),
    map.pair ? `${effectWords(map.pair, classes)} ${agreement}` : "",
  ].filter(Boolean);
  return said.join(" ").trim() || real || agreement || handWords(map.query);
}

/** Of edits in a link: parts of layers that the model does not have. */
export function lostWords(lost: readonly Edit[]): string {
  return lost.length > 0
    ? `Left out, as this model does not have it: ${lost.map(describePart).join("; ")}.`
    : "";
}

/** Says that the classes are shown because the version does not have the theme; empty: it has. */
function lackOfTheme({ version, theme }: Scene, lacking: readonly string[]): string {
  return theme && lacking.includes(lackOf(version, theme)) ? lackWords(version, theme) : "";
}

function uneditedWords({ unedited, query: { theme, version } }: WordedMap): string {
  if (unedited === "theme" && theme)
    return `The edits do not change “${theme.title}”, which does not depend on the layers.`;
  if (unedited) return `Epoch ${version} has no such layer, so its map is without the edits.`;
  return "";
}

/** How much of a conditional model's map shows the class that was asked for; empty: none was. */
function agreementWords({ cells, numbers, pair, query: { label } }: WordedMap, classes: readonly string[]) {
  if (label === undefined || numbers) return "";
  const shareIn = (map: Uint8Array) => sharesOf(map, classes.length)[label] ?? 0;
  const name = classes[label] ?? label;
  if (pair) {
    const [before, after] = [shareIn(pair.before.cells), shareIn(pair.after.cells)];
    return `${percent(after)} shows ${name}, as asked; before the edits ${percent(before)}.`;
  }
  const share = shareIn(cells);
  const rest = share === 1 ? "" : "; the hatched cells do not";
  return `${percent(share)} of this map shows ${name}, as asked${rest}.`;
}

function handWords({ axes }: MapQuery): string {
  return axes.length === 3
    ? "Drag to rotate the cube; click on it to move the point."
    : "Drag the point or use the arrow keys; hold Shift for bigger steps.";
}
