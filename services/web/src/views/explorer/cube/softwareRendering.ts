/** Names by which drivers without a graphics card go: Chromium's, Mesa's, Windows'. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let known: boolean | undefined;

/**
 * Whether WebGL is computed by the processor. Asked once, of a context of its own: what a context is made
 * with depends on the answer. `failIfMajorPerformanceCaveat` would be the way, but newer Chromiums give a
 * context all the same.
 */
export function drawsInSoftware(): boolean {
  known ??= SOFTWARE.test(rendererName());
  return known;
}

function rendererName(): string {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return "";
  // Firefox has the name under the plain parameter, others under the extension's.
  const unmasked = gl.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL;
  const name = String(gl.getParameter(unmasked ?? gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return name;
}
