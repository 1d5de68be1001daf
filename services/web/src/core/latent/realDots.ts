/** Real images as dots on a flat map: those near its plane, gathered where they would cover each other. */
import type { RealImage } from "../../api/types.ts";
import type { Plane } from "./plane.ts";
import { clamp } from "./vector.ts";

export interface Dot {
  /** Class id of the real images. */
  readonly label: number;
  /** Place in the plane's window, as shares from left and top. */
  readonly x: number;
  readonly y: number;
  /** The images that the dot stands for, the nearest to the map first. */
  readonly images: readonly RealImage[];
  /** Diameter in pixels: the more images, the larger. */
  readonly size: number;
  /** Opacity, 0 to 1: the farther the images are from the map, the fainter. */
  readonly fade: number;
}

/** Dots along a side of the window, at most: so many do not cover each other. */
const ACROSS = 36;
/** Most dots; beyond that, those of the nearest images are kept. */
const MOST = 500;
/** How far from the plane a point may lie along every axis that it holds, as a share of the window. */
const NEAR = 0.05;
const [SMALLEST, LARGEST] = [9, 20];
const FAINTEST = 0.4;

/**
 * @param at the point whose plane it is: its coordinates on the axes that the plane does not span.
 * @param far the distance at which a dot is faintest: nine of ten images are nearer.
 */
export function dotsOf(
  images: readonly RealImage[],
  plane: Plane,
  at: readonly number[],
  far: number | null,
): Dot[] {
  const width = plane.high - plane.low;
  const share = (point: readonly number[], axis: number | undefined) =>
    axis === undefined ? 0.5 : ((point[axis] ?? 0) - plane.low) / width;
  const near = (point: readonly number[]) =>
    point.every(
      (value, axis) => plane.axes.includes(axis) || Math.abs(value - (at[axis] ?? 0)) <= NEAR * width,
    );
  const gathered = new Map<string, RealImage[]>();
  for (const image of images.toSorted((one, other) => one.distance - other.distance)) {
    const [x, y] = [share(image.point, plane.axes[0]), share(image.point, plane.axes[1])];
    if (x < 0 || x > 1 || y < 0 || y > 1 || !near(image.point)) continue;
    const key = [image.label, Math.floor(x * ACROSS), Math.floor(y * ACROSS)].join();
    const others = gathered.get(key);
    if (others) others.push(image);
    else if (gathered.size < MOST) gathered.set(key, [image]);
  }
  return [...gathered.values()].flatMap((own) => {
    const [nearest] = own;
    if (!nearest) return [];
    const size = clamp(SMALLEST + 3.2 * Math.sqrt(own.length - 1), SMALLEST, LARGEST);
    const fade = 1 - (1 - FAINTEST) * clamp(far ? nearest.distance / far : 0, 0, 1) ** 2;
    return [
      {
        label: nearest.label,
        x: share(nearest.point, plane.axes[0]),
        y: 1 - share(nearest.point, plane.axes[1]),
        images: own,
        size: Math.round(size),
        fade: Math.round(fade * 100) / 100,
      },
    ];
  });
}

/** The dot at which the keyboard arrives: the first from the top; undefined: there is none. */
export function firstDot(dots: readonly Dot[]): number | undefined {
  return dots.reduce<number | undefined>((first, { y }, index) => {
    const highest = first === undefined ? undefined : dots[first];
    return highest && highest.y <= y ? first : index;
  }, undefined);
}

/** The dot nearest to another one in the direction of an arrow key; undefined: there is none. */
export function dotBeside(dots: readonly Dot[], from: number, key: string): number | undefined {
  const ways: Readonly<Record<string, readonly [number, number]>> = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const [way, start] = [ways[key], dots[from]];
  if (!way || !start) return undefined;
  let best: { index: number; far: number } | undefined;
  dots.forEach(({ x, y }, index) => {
    const along = (x - start.x) * way[0] + (y - start.y) * way[1];
    const across = Math.abs((x - start.x) * way[1]) + Math.abs((y - start.y) * way[0]);
    if (index === from || along <= 1e-9 || across > 2 * along) return;
    const far = along + 2 * across;
    if (!best || far < best.far) best = { index, far };
  });
  return best?.index;
}
