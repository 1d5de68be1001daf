/** Parts of shaders: lines that mark what shows another class than was asked for. */

/** Distance between the lines of a hatched surface; the cube is 2 wide. */
const HATCH = "0.0625";

/** `hatched(under, along)`: a colour with lines across a coordinate of the surface; needs `uniform float pixel`. */
export const HATCHED = `
const vec3 INK = vec3(0.05, 0.05, 0.08);

// Diagonal lines on the surface, dark next to light, so that they are visible on every colour. The distance
// between them doubles where they would merge on the screen.
vec3 hatched(vec3 under, float along) {
  float step = fwidth(along) * pixel;
  float period = exp2(ceil(log2(max(7.0 * step, ${HATCH}))));
  float stripe = mod(along, period);
  // Lines no thicker than about a quarter of their distance, however close the camera is.
  float width = min(2.0 * step, 0.28 * period);
  float dark = smoothstep(0.0, 0.5 * step, stripe) * (1.0 - smoothstep(width - 0.5 * step, width, stripe));
  float light = smoothstep(width - 0.5 * step, width, stripe) *
    (1.0 - smoothstep(1.5 * width - 0.5 * step, 1.5 * width, stripe));
  return mix(mix(under, INK, 0.8 * dark), vec3(1.0), 0.5 * light);
}`;
