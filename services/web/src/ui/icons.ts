/** Icons, 20 × 20, with strokes of 1.6 in the text colour. They are decoration; labels carry the meaning. */
import { freshId, svg } from "./dom.ts";

const PATHS = {
  play: "M6.5 4.5v11l9-5.5z",
  pause: "M7 4.5v11M13 4.5v11",
  stop: "M5.5 5.5h9v9h-9z",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4M11.5 9v4",
  download: "M10 3.5v9M6.5 9.5 10 13l3.5-3.5M4 16.5h12",
  plus: "M10 4v12M4 10h12",
  close: "M5 5l10 10M15 5 5 15",
  right: "M4 10h12M11.5 5.5 16 10l-4.5 4.5",
  chevron: "M7.5 5l5 5-5 5",
  warning: "M10 3.5 17.5 16.5h-15zM10 8v4M10 14.2v.1",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2V14M10 6.4v.1",
  help: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7.9 8.100a2.200 2.200 0 1 1 3.200 2c-.8.4-1.100.9-1.100 1.700M10 14v.1",
  book: "M10 6.200C8.500 5 6.300 4.500 3.500 4.500v10c2.800 0 5 .5 6.500 1.700 1.500-1.200 3.700-1.700 6.500-1.700v-10c-2.800 0-5 .5-6.500 1.700zM10 6.200v10",
  copy: "M7.5 7.5h8v8h-8zM4.5 12.5v-8h8",
  upload: "M10 13V4M6.5 7.5 10 4l3.5 3.5M4 16.5h12",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3",
  moon: "M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z",
  system: "M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3",
  key: "M12.5 11.5a4 4 0 1 0-3.9-3.1L3 14v3h3v-2h2v-2h1.4l1.1-1.5a4 4 0 0 0 2 .0zM13.5 6.6v.1",
  repeat: "M4 9a6 6 0 0 1 10.5-3.2L16 7.5M16 4v3.5h-3.5M16 11a6 6 0 0 1-10.5 3.2L4 12.5M4 16v-3.5h3.5",
  map: "M3 5.5 7.5 3.5l5 2L17 3.5v11l-4.5 2-5-2L3 16.5zM7.5 3.5v11M12.5 5.5v11",
  eye: "M2.5 10S5.5 4.8 10 4.8 17.5 10 17.5 10 14.5 15.2 10 15.2 2.5 10 2.5 10zM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  eyeOff:
    "M4 4l12 12M8 5.1A7.6 7.6 0 0 1 10 4.8c4.500 0 7.500 5.200 7.500 5.200a13 13 0 0 1-2.300 2.800M5.300 6.500A13 13 0 0 0 2.500 10s3 5.200 7.500 5.200a7.400 7.400 0 0 0 3-.600",
  columns: "M3.500 4h5v12h-5zM11.500 4h5v12h-5z",
  minus: "M4 10h12",
  home: "M3.500 9.500 10 4l6.500 5.500M5.500 8v8h9V8",
  turn: "M15.800 12.500A6.300 6.300 0 1 1 16.300 9M16.500 4.500V9H12",
  fork: "M6 7.5v5M6 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6 16.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM14.500 8.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM14.500 8.500c0 3-3.500 3.500-6.700 5",
  extend: "M3.500 5v10l6-5zM10 5v10l6-5z",
  lock: "M5 9h10v7.500H5zM7 9V6.500a3 3 0 0 1 6 0V9",
  offline:
    "M3 3l14 14M6 9a6.5 6.5 0 0 1 2-1.3M3 6.3A11 11 0 0 1 5.2 5M10.8 5A11 11 0 0 1 17 7.6M10 15.4v.1",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName, size = 18): SVGSVGElement {
  return svg(
    "svg",
    {
      class: "icon",
      viewBox: "0 0 20 20",
      width: size,
      height: size,
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("path", { d: PATHS[name] }),
  );
}

/** The logo: a latent space with its borders and a point in it. `public/favicon.svg` is the same drawing. */
export function mark(size = 28): SVGSVGElement {
  const clip = freshId("mark");
  return svg(
    "svg",
    {
      class: "mark",
      viewBox: "0 0 32 32",
      width: size,
      height: size,
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("clipPath", { id: clip }, svg("rect", { x: 1, y: 1, width: 30, height: 30, rx: 8 })),
    svg(
      "g",
      { "clip-path": `url(#${clip})` },
      svg("path", { d: "M0 0h32v32H0z", fill: "#194591" }),
      svg("path", { d: "M0 12C8 9 11 15 17 12S25 3 24 0H0z", fill: "#607cd2" }),
      svg("path", { d: "M24 0c1 3-1 9-7 12 4 4 3 9 15 7V0z", fill: "#93ecff" }),
      svg("path", { d: "M17 12c-6 3-9-3-17 0v20h13c-2-7 6-10 4-20z", fill: "#4fba9d" }),
    ),
    svg("circle", { cx: 16.6, cy: 16.4, r: 4.2, fill: "#14151a" }),
    svg("circle", { cx: 16.6, cy: 16.4, r: 2.7, fill: "#ffd287" }),
  );
}
