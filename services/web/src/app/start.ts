/** Assembles the page: transport, API, shell, and the view that the link names. */
import { Api } from "../api/client.ts";
import { messageOf } from "../api/problem.ts";
import type { SendFile } from "../api/sendFile.ts";
import { Transport } from "../api/transport.ts";
import { parseRoute, titleOf } from "../core/navigation/router.ts";
import { DownloadFailed } from "../ui/fileMaking.ts";
import { closeExplanation } from "../ui/glossary/popover.ts";
import { browserMemory, type Memory } from "../ui/memory.ts";
import { askForKey, Notices } from "../ui/overlays.ts";
import type { Mount, Tools, View } from "../ui/view.ts";
import { SCREENS } from "./screens.ts";
import { mountShell } from "./shell.ts";

const KEY = "atlas-api-key";
const RETRY = 2500;

export interface World {
  readonly fetch: typeof fetch;
  readonly sendFile?: SendFile;
  readonly now: () => Date;
  /** What the browser keeps of the person. */
  readonly memory?: Memory;
}

const REAL: World = { fetch: (input, init) => fetch(input, init), now: () => new Date() };

/** @param world everything outside the page; the gallery passes canned data. */
export function startApp(element: HTMLElement, world: World = REAL): void {
  const keys = browserMemory(() => sessionStorage);
  const transport = new Transport({
    fetch: world.fetch,
    sendFile: world.sendFile,
    keys: {
      get: () => keys.get(KEY),
      set: (key) => keys.set(KEY, key),
    },
    askKey: askForKey,
  });
  const shell = mountShell(element, transport.connection);
  const notices = new Notices(element);
  const tools: Tools = {
    api: new Api(transport.fetch, new URL("./", document.baseURI).href, transport.sendFile),
    connection: transport.connection,
    go(hash, { replace } = {}) {
      if (hash === location.hash) return;
      if (replace) history.replaceState(null, "", hash);
      else history.pushState(null, "", hash);
      show();
    },
    notify: (text, kind) => notices.show(text, kind),
    memory: world.memory ?? browserMemory(() => localStorage),
    now: world.now,
  };
  let current: { key: string; view: View<never> } | undefined;

  function show(): void {
    const route = parseRoute(location.hash);
    const key = `${route.view}/${route.name ?? ""}`;
    shell.setCurrent(route.view);
    document.title = titleOf(route);
    // What files of this view are named after.
    shell.main.dataset.subject = route.name ?? "";
    if (current?.key === key) {
      current.view.update(route.state as never);
      return;
    }
    const first = current === undefined;
    current?.view.dispose();
    closeExplanation();
    shell.main.replaceChildren();
    const mount = SCREENS[route.view](route.name ?? "") as Mount<never>;
    current = { key, view: mount(shell.main, route.state as never, tools) };
    scrollTo(0, 0);
    // Move the focus to the new view for screen readers and keyboards, but not when the page is opened.
    if (!first) shell.main.focus({ preventScroll: true });
  }

  addEventListener(DownloadFailed.kind, (event) => {
    notices.show(messageOf((event as DownloadFailed).detail), "error");
  });
  addEventListener("popstate", show);
  show();
  // Some views ask the gateway for nothing, and would leave open whether it is there.
  const ask = () => void transport.fetch("healthz").catch(() => undefined);
  if (!transport.asked) ask();
  // While the gateway does not respond, views wait; this notices when it is back.
  setInterval(() => {
    if (transport.connection.value === "offline") ask();
  }, RETRY);
}
