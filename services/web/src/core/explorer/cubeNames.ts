/** Which names stand on the regions of a cube as it is seen, and where. */
import { type Camera, firstHit, matrixOf, projected, rayThrough, towards } from "../latent/camera.ts";
import type { Anchor, CubeRegions } from "../latent/cubeRegions.ts";

export interface CubeName {
  readonly region: number;
  readonly classId: number;
  /** In CSS pixels from the upper left corner of the picture. */
  readonly x: number;
  readonly y: number;
}

export interface Seen extends CubeRegions {
  readonly side: number;
  /** 1 for the cells that are drawn. */
  readonly visible: Uint8Array;
}

/** A region has a name if there are so many pixels between it and the region's border. */
const LEAST_ROOM = 9;
/** How far a name may reach over that, as a multiple. */
const OVERHANG = 1.7;
/** A name stays where it is until another place of its region has so many times the room. */
const LOYALTY = 1.6;
/** Half the height of a name, and half the width of a letter, in pixels. */
const HALF_HEIGHT = 9;
const HALF_LETTER = 4.2;

/** Chooses the names of one picture after the other; a name stays on its place while it can. */
export class CubeNames {
  readonly #names: readonly string[];
  #seen: Seen | undefined;
  /** Of each region the anchor where its name stood. */
  #last: ReadonlyMap<number, Anchor> = new Map();

  /** @param names of the classes. */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** @param width side of the picture in CSS pixels; `taken`: places that are to stay free. */
  of(seen: Seen, camera: Camera, width: number, taken: readonly { x: number; y: number }[]): CubeName[] {
    if (seen !== this.#seen) this.#last = new Map();
    this.#seen = seen;
    const matrix = matrixOf(camera);
    const eye = towards(camera);
    const best = new Map<number, Candidate>();
    for (const anchor of seen.anchors) {
      const { x, y } = projected(matrix, anchor.place);
      const facing = anchor.normal
        ? anchor.normal.reduce((sum, value, axis) => sum + value * (eye[axis] ?? 0), 0)
        : 1;
      const room = (anchor.depth * facing * width * camera.zoom) / SPAN;
      if (room < LEAST_ROOM || !this.#fits(anchor.classId, room)) continue;
      const loyal = this.#last.get(anchor.region) === anchor ? LOYALTY : 1;
      const candidate = { anchor, x, y, room: room * loyal };
      if (candidate.room <= (best.get(anchor.region)?.room ?? 0)) continue;
      const half = { x: this.#half(anchor.classId) / width, y: HALF_HEIGHT / width };
      if (isSeen(seen, camera, candidate, half)) best.set(anchor.region, candidate);
    }
    const boxes = taken.map(({ x, y }) => ({ x, y, half: HALF_HEIGHT }));
    const chosen: Candidate[] = [];
    for (const candidate of [...best.values()].sort((one, other) => other.room - one.room)) {
      const box = {
        x: candidate.x * width,
        y: candidate.y * width,
        half: this.#half(candidate.anchor.classId),
      };
      if (boxes.some((other) => collide(box, other))) continue;
      boxes.push(box);
      chosen.push(candidate);
    }
    this.#last = new Map(chosen.map(({ anchor }) => [anchor.region, anchor]));
    return chosen.map(({ anchor: { region, classId }, x, y }) => {
      return { region, classId, x: x * width, y: y * width };
    });
  }

  #half(classId: number): number {
    return HALF_LETTER * Math.max(2, (this.#names[classId] ?? "").length);
  }

  #fits(classId: number, room: number): boolean {
    return this.#half(classId) <= OVERHANG * room;
  }
}

/** Widths of a cube that fit the picture at zoom 1: about those of a sphere around it. */
const SPAN = 2 * Math.sqrt(3);

interface Candidate {
  readonly anchor: Anchor;
  /** As shares of the picture. */
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  /** Half its width. */
  readonly half: number;
}

function collide(one: Box, other: Box): boolean {
  return (
    Math.abs(one.x - other.x) < one.half + other.half + 2 && Math.abs(one.y - other.y) < 2 * HALF_HEIGHT + 2
  );
}

/** Whether the picture shows the region there and at the sides of its name, and not another one in front of it. */
function isSeen(
  { side, visible, regions }: Seen,
  camera: Camera,
  { anchor, x, y }: Candidate,
  half: { readonly x: number; readonly y: number },
): boolean {
  return [
    [0, 0],
    [-half.x, 0],
    [half.x, 0],
    [0, -half.y],
    [0, half.y],
  ].every(([right = 0, down = 0]) => {
    const hit = firstHit(side, visible, rayThrough(camera, x + right, y + down));
    return hit !== undefined && regions[hit.index] === anchor.region;
  });
}
