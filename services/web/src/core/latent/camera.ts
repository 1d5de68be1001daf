/**
 * A camera that orbits a cube from -1 to 1. The third axis points up.
 *
 * Angles are in degrees. At azimuth 0 the camera is at the low end of the second axis, so that the first axis
 * runs to the right; positive azimuths turn towards the high end of the first axis.
 */
import { clamp } from "./vector.ts";

export interface Camera {
  readonly azimuth: number;
  readonly elevation: number;
  /** 1 shows the whole cube at any angle. */
  readonly zoom: number;
}

export type Vector = readonly [number, number, number];
/** Column-major, as WebGL expects it. */
export type Matrix = Float32Array;

export const HOME: Camera = { azimuth: 32, elevation: 24, zoom: 1 };
const FIELD = 26;
/** At this distance a sphere around the cube just fits the picture. */
const DISTANCE = Math.sqrt(3) / Math.sin(((FIELD / 2) * Math.PI) / 180);
const STEEPEST = 89;
/** How far the light stands to the left of the camera, above and behind it. */
const LIGHT = [0.55, 0.75, 0.9] as const;

export function turned(camera: Camera, azimuth: number, elevation: number): Camera {
  return {
    azimuth: ((((camera.azimuth + azimuth + 180) % 360) + 360) % 360) - 180,
    elevation: clamp(camera.elevation + elevation, -STEEPEST, STEEPEST),
    zoom: camera.zoom,
  };
}

export function zoomed(camera: Camera, factor: number): Camera {
  return { ...camera, zoom: clamp(camera.zoom * factor, 0.5, 4) };
}

/** Rounded to whole degrees, and the zoom to hundredths, for links. */
export function tidy({ azimuth, elevation, zoom }: Camera): Camera {
  return {
    azimuth: Math.round(azimuth),
    elevation: Math.round(elevation),
    zoom: Math.round(zoom * 100) / 100,
  };
}

/** The camera in a link's numbers; undefined if there is none. */
export function cameraOf(numbers: readonly number[] | undefined): Camera | undefined {
  if (!numbers || numbers.length < 2) return undefined;
  const [azimuth = 0, elevation = 0, zoom = 1] = numbers;
  return zoomed(turned({ azimuth: 0, elevation: 0, zoom }, azimuth, elevation), 1);
}

/** Unit vector towards the camera. */
export function towards({ azimuth, elevation }: Camera): Vector {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
  return [Math.cos(e) * Math.sin(a), -Math.cos(e) * Math.cos(a), Math.sin(e)];
}

/** Where the camera stands. */
export function eyeOf(camera: Camera): Vector {
  return frameOf(camera).eye;
}

/** Unit vector towards a light that stands above the camera's left shoulder, and moves with it. */
export function lightAt(camera: Camera): Vector {
  const { right, up, back } = frameOf(camera);
  const [leftwards, upwards, backwards] = LIGHT;
  const sum = [0, 1, 2].map(
    (axis) => leftwards * -(right[axis] ?? 0) + upwards * (up[axis] ?? 0) + backwards * (back[axis] ?? 0),
  ) as unknown as Vector;
  const length = Math.hypot(...sum);
  return [sum[0] / length, sum[1] / length, sum[2] / length];
}

/** For each axis the side of the cube that faces the camera: -1 or 1. */
export function facing(camera: Camera): Vector {
  const [x, y, z] = towards(camera);
  return [x < 0 ? -1 : 1, y < 0 ? -1 : 1, z < 0 ? -1 : 1];
}

interface Frame {
  readonly right: Vector;
  readonly up: Vector;
  readonly back: Vector;
  readonly eye: Vector;
  /** Half the picture's height, as a share of the distance. */
  readonly reach: number;
}

function frameOf(camera: Camera): Frame {
  const back = towards(camera);
  const a = (camera.azimuth * Math.PI) / 180;
  const right: Vector = [Math.cos(a), Math.sin(a), 0];
  const up = cross(back, right);
  const eye: Vector = [back[0] * DISTANCE, back[1] * DISTANCE, back[2] * DISTANCE];
  return { right, up, back, eye, reach: Math.tan(((FIELD / 2) * Math.PI) / 180) / camera.zoom };
}

/** From the cube to clip space, for a square picture. */
export function matrixOf(camera: Camera): Matrix {
  const { right, up, back, eye, reach } = frameOf(camera);
  const near = DISTANCE - 2.2;
  const far = DISTANCE + 2.2;
  const view = [
    [...right, -dot(right, eye)],
    [...up, -dot(up, eye)],
    [...back, -dot(back, eye)],
  ] as const;
  const scale = 1 / reach;
  const depth = [(near + far) / (near - far), (2 * near * far) / (near - far)] as const;
  const matrix = new Float32Array(16);
  for (let column = 0; column < 4; column++) {
    const [x = 0, y = 0, z = 0] = view.map((row) => row[column] ?? 0);
    matrix[column * 4] = x * scale;
    matrix[column * 4 + 1] = y * scale;
    matrix[column * 4 + 2] = z * depth[0] + (column === 3 ? depth[1] : 0);
    matrix[column * 4 + 3] = -z;
  }
  return matrix;
}

/** Where a place appears, as shares of the picture from its upper left corner. */
export function projected(matrix: Matrix, [x, y, z]: readonly [number, number, number]) {
  const row = (index: number) =>
    (matrix[index] ?? 0) * x +
    (matrix[index + 4] ?? 0) * y +
    (matrix[index + 8] ?? 0) * z +
    (matrix[index + 12] ?? 0);
  const w = row(3) || 1e-9;
  return { x: 0.5 + row(0) / w / 2, y: 0.5 - row(1) / w / 2 };
}

export interface Ray {
  readonly origin: Vector;
  readonly direction: Vector;
}

/** The line of sight through a place of the picture (shares from its upper left corner). */
export function rayThrough(camera: Camera, x: number, y: number): Ray {
  const { right, up, back, eye, reach } = frameOf(camera);
  const [across, upwards] = [(2 * x - 1) * reach, (1 - 2 * y) * reach];
  const direction = [0, 1, 2].map(
    (axis) => (right[axis] ?? 0) * across + (up[axis] ?? 0) * upwards - (back[axis] ?? 0),
  );
  return { origin: eye, direction: direction as unknown as Vector };
}

/** The line of sight to a place in the cube: from there to the camera. */
export function rayToCamera(camera: Camera, place: Vector): Ray {
  const { eye } = frameOf(camera);
  return {
    origin: place,
    direction: [eye[0] - place[0], eye[1] - place[1], eye[2] - place[2]],
  };
}

export interface Hit {
  readonly index: number;
  /** Where the ray meets the cell. */
  readonly place: Vector;
}

/** The first visible cell on a ray that starts at `from` (in lengths of its direction). */
export function firstHit(
  side: number,
  visible: Uint8Array,
  { origin, direction }: Ray,
  from = 0,
): Hit | undefined {
  let [enter, leave] = [from, Number.POSITIVE_INFINITY];
  for (let axis = 0; axis < 3; axis++) {
    const step = direction[axis] ?? 0;
    const start = origin[axis] ?? 0;
    if (Math.abs(step) < 1e-12) {
      if (Math.abs(start) > 1) return undefined;
      continue;
    }
    const [one, other] = [(-1 - start) / step, (1 - start) / step];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  if (enter >= leave) return undefined;
  const scale = (side - 1) / 2;
  const at = (t: number, axis: number) => (origin[axis] ?? 0) + t * (direction[axis] ?? 0);
  const cell = [0, 1, 2].map((axis) =>
    clamp(Math.round((at(enter + 1e-6, axis) + 1) * scale), 0, side - 1),
  );
  const walls = [0, 1, 2].map((axis) => {
    const step = direction[axis] ?? 0;
    if (Math.abs(step) < 1e-12) return Number.POSITIVE_INFINITY;
    return (((cell[axis] ?? 0) + 0.5 * Math.sign(step)) / scale - 1 - (origin[axis] ?? 0)) / step;
  });
  for (let t = enter; t < leave; ) {
    const index = (cell[0] ?? 0) + side * ((cell[1] ?? 0) + side * (cell[2] ?? 0));
    if (visible[index]) return { index, place: [at(t, 0), at(t, 1), at(t, 2)] };
    const axis = walls.indexOf(Math.min(...walls));
    const step = direction[axis] ?? 1;
    t = walls[axis] ?? leave;
    cell[axis] = (cell[axis] ?? 0) + Math.sign(step);
    if ((cell[axis] ?? 0) < 0 || (cell[axis] ?? 0) >= side) return undefined;
    walls[axis] = t + 1 / scale / Math.abs(step);
  }
  return undefined;
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
