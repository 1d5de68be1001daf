/** `gallery.html` lists all scenes; `gallery.html?scene=…` is the whole page on canned data. */
import "../styles/index.css";
import "./gallery.css";
import { startApp } from "../app.ts";
import { h } from "../ui/dom.ts";
import { fakeGateway } from "./fakeGateway.ts";
import { SCENES } from "./scenes.ts";
import { NOW } from "./world.ts";

const root = document.getElementById("app");
const scene = SCENES[new URLSearchParams(location.search).get("scene") ?? ""];
if (root && scene) {
  if (!location.hash) history.replaceState(null, "", scene.hash);
  startApp(root, { fetch: fakeGateway(scene.gateway()), now: () => NOW });
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
            h("iframe", { src: `?scene=${name}${hash}`, title, loading: "lazy", tabindex: -1 }),
          ),
        ),
      ),
    ),
  );
}
