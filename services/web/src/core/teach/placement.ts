/** Where something that points at a part of the page is placed, in pixels of the window. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Side = "right" | "left" | "below" | "above";
/** Which ends are flush. */
export type Alignment = "start" | "end";

export interface Placement {
  readonly x: number;
  readonly y: number;
  /** The side of the target that it stands on; undefined: it had to be laid over the target. */
  readonly side: Side | undefined;
}

/** Between it and its target, and at least between it and the edge of the window. */
const GAP = 14;
const MARGIN = 8;

/** The smallest box around several. */
export function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

/**
 * On the first side that has room; where none has, over the lower right corner of the target.
 *
 * @param sides the preferred one first.
 */
export function placed(
  target: Box,
  { width, height }: Size,
  window: Size,
  sides: readonly Side[],
  alignment: Alignment = "start",
  gap = GAP,
): Placement {
  const room: Readonly<Record<Side, boolean>> = {
    right: target.right + gap + width + MARGIN <= window.width,
    left: target.left - gap - width - MARGIN >= 0,
    below: target.bottom + gap + height + MARGIN <= window.height,
    above: target.top - gap - height - MARGIN >= 0,
  };
  const side = sides.find((one) => room[one]);
  const [across, down] = side === undefined ? OVER : PLACES[side];
  const ends = { alignment, gap };
  return {
    x: along(across, { from: target.left, to: target.right }, width, window.width, ends),
    y: along(down, { from: target.top, to: target.bottom }, height, window.height, ends),
    side,
  };
}

/** Before or after the target along one axis, flush with it, or over its end. */
type Place = "before" | "after" | "flush" | "over";

const PLACES: Readonly<Record<Side, readonly [across: Place, down: Place]>> = {
  right: ["after", "flush"],
  left: ["before", "flush"],
  below: ["flush", "after"],
  above: ["flush", "before"],
};
const OVER: readonly [Place, Place] = ["over", "over"];

/** Where it begins along one axis, inside the window. */
function along(
  place: Place,
  { from, to }: { readonly from: number; readonly to: number },
  length: number,
  whole: number,
  { alignment, gap }: { readonly alignment: Alignment; readonly gap: number },
): number {
  const starts: Readonly<Record<Place, number>> = {
    before: from - gap - length,
    after: to + gap,
    flush: alignment === "start" ? from : to - length,
    over: to - length - gap,
  };
  return Math.max(MARGIN, Math.min(starts[place], whole - MARGIN - length));
}

/**
 * How far the page has to scroll for a box to be seen between two heights of the window; a box that is taller
 * than that shows its beginning.
 */
export function scrollTo(box: Pick<Box, "top" | "bottom">, top: number, bottom: number): number {
  if (box.top >= top && box.bottom <= bottom) return 0;
  const tall = box.bottom - box.top > bottom - top;
  return tall || box.top < top ? box.top - top : box.bottom - bottom;
}
