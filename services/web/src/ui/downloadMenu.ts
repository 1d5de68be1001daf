/** A button that opens a list of files to download; while one is made, it stops it. */
import { GROUNDS, type GroundName } from "../core/figures/ground.ts";
import { fill, freshId, h, setText } from "./dom.ts";
import { DownloadFailed, FileMaking, type MadeFile } from "./fileMaking.ts";
import { chooseGround, chosenGround } from "./ground.ts";
import { icon } from "./icons.ts";

export interface MenuFile extends MadeFile {
  /** The form, such as "PNG, 280 × 280". */
  readonly label: string;
}

export interface MenuGroup {
  /** What the files show; undefined where the menu's name says it. */
  readonly title?: string;
  readonly files: readonly MenuFile[];
  /** Whether they can be drawn on different grounds. */
  readonly grounds?: boolean;
}

export interface DownloadMenuOptions {
  /** What is downloaded: "Download this map". */
  readonly title: string;
  /** Text of the button; undefined: an icon alone, until it says how far a file is. */
  readonly label?: string;
  /** Asked each time that the list opens. */
  readonly groups: () => readonly MenuGroup[];
}

/** Pixels between the button and its list, and from the edges of the screen. */
const GAP = 4;

export function downloadMenu({ title, label, groups }: DownloadMenuOptions): HTMLElement {
  const id = freshId("downloads");
  const words = h("span", {}, label);
  const list = h("div", { id, class: "download-list", role: "menu", "aria-label": title, popover: "auto" });
  const button = h(
    "button",
    {
      type: "button",
      class: label === undefined ? "download-button bare" : "button quiet download-button",
      title,
      "aria-label": title,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-controls": id,
    },
    icon("download", label === undefined ? 15 : undefined),
    words,
  );
  const name = (text: string) => {
    button.title = text;
    button.setAttribute("aria-label", text);
  };
  const making = new FileMaking({
    busy: (share) => {
      button.setAttribute("aria-busy", "true");
      const percent = share === undefined ? "" : `, ${Math.floor(share * 100)} %`;
      setText(words, `Stop${percent}`);
      name(`Stop: ${title}`);
    },
    idle: () => {
      button.removeAttribute("aria-busy");
      setText(words, label ?? "");
      name(title);
    },
    failed: (error) => button.dispatchEvent(new DownloadFailed(error)),
  });
  const open = () => {
    fill(
      list,
      groups().map((group) =>
        groupOf(group, (file) => {
          list.hidePopover();
          void making.start(file);
        }),
      ),
    );
    list.showPopover();
    place(list, button);
    items(list)[0]?.focus();
  };
  // A press outside closes the list before its click arrives, also one on the button itself.
  let wasOpen = false;
  button.addEventListener("pointerdown", () => {
    wasOpen = list.matches(":popover-open");
  });
  button.addEventListener("click", () => {
    if (making.running) making.stop();
    else if (!wasOpen) open();
    wasOpen = false;
  });
  list.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
  });
  list.addEventListener("keydown", (event) => walk(event, list));
  // It does not move with the page by itself.
  const follow = (event: Event) => {
    if (event.target !== list) place(list, button);
  };
  list.addEventListener("beforetoggle", (event) => {
    const listen = event.newState === "open" ? addEventListener : removeEventListener;
    listen("scroll", follow, { capture: true });
    listen("resize", follow);
  });
  return h("span", { class: "download-menu" }, button, list);
}

function groupOf({ title, files, grounds }: MenuGroup, chosen: (file: MenuFile) => void): HTMLElement {
  const id = freshId("group");
  return h(
    "div",
    { class: "download-group", role: "group", "aria-labelledby": title ? id : undefined },
    title ? h("div", { id, class: "download-title" }, title) : null,
    files.map((file) =>
      h(
        "button",
        {
          type: "button",
          role: "menuitem",
          class: "download-item",
          tabindex: -1,
          on: { click: () => chosen(file) },
        },
        file.label,
      ),
    ),
    grounds ? groundChoice() : null,
  );
}

/** Stays open when one is chosen: a file is to follow. */
function groundChoice(): HTMLElement {
  const names = Object.keys(GROUNDS) as GroundName[];
  const buttons = names.map((ground) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitemradio",
        class: `download-ground ${ground}`,
        tabindex: -1,
        "aria-checked": String(ground === chosenGround()),
        "aria-label": `${GROUNDS[ground].label} background`,
        on: {
          click: () => {
            chooseGround(ground);
            buttons.forEach((one, index) => {
              one.setAttribute("aria-checked", String(names[index] === ground));
            });
          },
        },
      },
      GROUNDS[ground].label,
    ),
  );
  return h("div", { class: "download-grounds", role: "group", "aria-label": "Background" }, buttons);
}

function items(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("button")];
}

function walk(event: KeyboardEvent, list: HTMLElement): void {
  const all = items(list);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (event.key === "Tab") list.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  // Keys of a list are not those of what it stands in, such as a map.
  event.stopPropagation();
  all[(to + all.length) % all.length]?.focus();
}

/** Below the button, or above it where there is more room. */
function place(list: HTMLElement, button: HTMLElement): void {
  const from = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const left = Math.min(from.right - width, innerWidth - width - GAP);
  const below = from.bottom + GAP;
  const fits = below + height <= innerHeight || from.top < innerHeight - from.bottom;
  list.style.left = `${Math.max(GAP, left)}px`;
  list.style.top = `${Math.max(GAP, fits ? below : from.top - GAP - height)}px`;
}
