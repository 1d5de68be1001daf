/** What the tour of an explorer says, in three steps. */
import type { Theme } from "../themes/theme.ts";

/** What a step points at. */
export type TourTarget = "map" | "image" | "closer";

export interface TourStep {
  readonly target: TourTarget;
  readonly title: string;
  readonly text: string;
}

export interface Toured {
  readonly dim: number;
  readonly conditional: boolean;
  /** Whether the map is a cube. */
  readonly cube: boolean;
  /** A theme of numbers that colours the map; undefined: the classes do. */
  readonly theme: Theme | undefined;
}

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six"];

export function tourSteps({ dim, conditional, cube, theme }: Toured): readonly TourStep[] {
  const count = `${NUMBERS[dim] ?? dim} ${dim === 1 ? "number" : "numbers"}`;
  const recipe = `Each point is a recipe for one image: ${count}, from which the generator makes it.`;
  const handling = cube
    ? "Drag the cube to turn it, and click on it to move the point: the image follows."
    : "Drag the ring across the map, or click anywhere: the image follows.";
  const colour = theme
    ? `Here the map is coloured by “${theme.title}” instead; choose “Class” under Theme to see the classes.`
    : "That class gives the point its colour on the map: a region is all the points whose images look like one class to the classifier.";
  const asked = conditional ? " You also choose the label that it is asked for." : "";
  return [
    {
      target: "map",
      title: cube ? "The cube is a map of all images" : "This is a map of all images",
      text: `${recipe}${asked} ${handling}`,
    },
    {
      target: "image",
      title: "The image, and what it looks like",
      text: `This is what the generator makes of the point. An independent network, the classifier, names the class that it sees and says how sure it is. ${colour}`,
    },
    {
      target: "closer",
      title: "Look closer",
      text: "The sliders change one number at a time. The strip shows the image growing, layer by layer. Below, walk from A to B and watch one class turn into another, ask the judges, switch off parts of a layer, or draw an image and find its place.",
    },
  ];
}
