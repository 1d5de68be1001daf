/** The frame around every view: name, navigation, theme, and connection state. */
import type { ReadonlySignal } from "@preact/signals-core";
import type { Connection } from "../api/transport.ts";
import { linkTo, NAVIGATION } from "../core/navigation/router.ts";
import { VIEWS, type ViewName } from "../core/navigation/views.ts";
import { segmented } from "../ui/controls.ts";
import { h, setAttribute, setText } from "../ui/dom.ts";
import { icon, mark } from "../ui/icons.ts";
import { Scope } from "../ui/scope.ts";
import { applyTheme, storedTheme } from "../ui/theme.ts";

export interface Shell {
  /** Element that the view fills. */
  readonly main: HTMLElement;
  /** Marks the view's entry in the navigation bar. */
  setCurrent(view: ViewName): void;
  dispose(): void;
}

const CONNECTION = {
  unknown: "Connecting",
  online: "Connected",
  offline: "No connection",
} as const;

export function mountShell(element: HTMLElement, connection: ReadonlySignal<Connection>): Shell {
  const scope = new Scope();
  const links = NAVIGATION.map(({ view, label, href }) => ({ view, element: h("a", { href }, label) }));
  const main = h("main", { id: "main", tabindex: -1 });
  const status = h("span", { class: "status-text" });
  const light = h("span", { class: "status", role: "status" }, h("span", { class: "status-dot" }), status);
  const banner = h(
    "div",
    { class: "banner", role: "alert", hidden: true },
    "Latent Atlas does not respond. This page keeps trying and continues by itself.",
  );
  const theme = segmented(
    "Theme",
    [
      { value: "light", label: "Light", icon: "sun" },
      { value: "system", label: "System", icon: "system" },
      { value: "dark", label: "Dark", icon: "moon" },
    ],
    storedTheme(),
    applyTheme,
  );
  element.append(
    h(
      "a",
      {
        class: "skip-link",
        href: "#main",
        on: {
          click: (event) => {
            // The fragment of the address is the view's link and must not change.
            event.preventDefault();
            main.focus();
          },
        },
      },
      "Skip to content",
    ),
    h(
      "header",
      { class: "topbar" },
      h(
        "div",
        { class: "topbar-inner" },
        h(
          "a",
          { class: "brand", href: linkTo.runs(), "aria-label": "Latent Atlas, home" },
          mark(),
          h("span", {}, "Latent Atlas"),
        ),
        h(
          "nav",
          { "aria-label": "Main" },
          links.map((link) => link.element),
        ),
        h(
          "div",
          { class: "topbar-end" },
          light,
          h(
            "a",
            { class: "topbar-help", href: linkTo.glossary(), "aria-label": "Glossary", title: "Glossary" },
            icon("book", 20),
          ),
          theme.element,
        ),
      ),
    ),
    banner,
    main,
  );
  scope.effect(() => {
    const state = connection.value;
    light.dataset.state = state;
    light.title = CONNECTION[state];
    setText(status, CONNECTION[state]);
    banner.hidden = state !== "offline";
  });
  return {
    main,
    setCurrent(view) {
      for (const link of links) {
        setAttribute(link.element, "aria-current", link.view === VIEWS[view].section ? "page" : undefined);
      }
    },
    dispose: () => scope.dispose(),
  };
}
