/** Names of software renderers: Chromium's, Mesa's, Windows'. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let known: boolean | undefined;

/**
 * Whether WebGL is rendered in software. Checked once, with a separate context, since the options of the real
 * context depend on it. `failIfMajorPerformanceCaveat` is meant for this, but newer versions of Chromium return a
 * context anyway.
 */
export function drawsInSoftware(): boolean {
  known ??= SOFTWARE.test(rendererName());
  return known;
}

function rendererName(): string {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return "";
  // Firefox returns the name for the plain parameter, other browsers for that of the extension.
  const unmasked = gl.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL;
  const name = String(gl.getParameter(unmasked ?? gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return name;
}
