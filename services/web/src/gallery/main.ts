/** `gallery.html` lists all scenes; `gallery.html?scene=…` is the whole page on canned data. */
import "../styles/index.css";
import "./gallery.css";
import type { SendFile } from "../api/sendFile.ts";
import { startApp } from "../app/start.ts";
import { h } from "../ui/dom.ts";
import { shortMemory } from "../ui/memory.ts";
import { TOUR_MEMORY } from "../views/teach/tour.ts";
import { fakeGateway } from "./gateway/fakeGateway.ts";
import { SCENES } from "./scenes.ts";
import { NOW } from "./world/runs.ts";

/** Sends files in two visible steps. */
function sentBy(gateway: typeof fetch): SendFile {
  return async ({ url, method, headers, file, signal, progress }) => {
    progress(0.5);
    await new Promise((resolve) => setTimeout(resolve, 100));
    progress(1);
    return gateway(url, { method, headers, body: file, signal });
  };
}

const root = document.getElementById("app");
const scene = SCENES[new URLSearchParams(location.search).get("scene") ?? ""];
if (root && scene) {
  if (!location.hash) history.replaceState(null, "", scene.hash);
  const gateway = fakeGateway(scene.gateway());
  startApp(root, {
    fetch: gateway,
    sendFile: sentBy(gateway),
    now: () => NOW,
    // The tour comes by itself where the scene is about it.
    ...(scene.firstVisit ? {} : { memory: shortMemory({ [TOUR_MEMORY]: "seen" }) }),
  });
} else if (root) {
  root.append(
    h(
      "main",
      { class: "gallery" },
      h("h1", {}, "Gallery"),
      h(
        "ul",
        {},
        Object.entries(SCENES).map(([name, { title, hash }]) =>
          h(
            "li",
            {},
            h("a", { href: `?scene=${name}${hash}` }, title),
            later(h("iframe", { title, tabindex: -1 }), `?scene=${name}${hash}`),
          ),
        ),
      ),
    ),
  );
}

/** Each scene is a whole page, so it is opened only when it scrolls into view. */
function later(frame: HTMLIFrameElement, address: string): HTMLIFrameElement {
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    seen.disconnect();
    frame.src = address;
  });
  seen.observe(frame);
  return frame;
}
