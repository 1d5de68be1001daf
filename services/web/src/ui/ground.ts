/** On which ground figures are drawn. The choice is stored in this browser. */
import { type GroundName, isGround } from "../core/figures/ground.ts";

const KEY = "atlas-figure-ground";

export function chosenGround(): GroundName {
  const kept = localStorage.getItem(KEY);
  return isGround(kept) ? kept : "white";
}

export function chooseGround(ground: GroundName): void {
  localStorage.setItem(KEY, ground);
}
