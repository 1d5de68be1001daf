/** Images of a data set, so that it is seen before it is trained on; where they are not at hand, that is said. */
import { isAbort } from "../../api/problem.ts";
import type { DatasetInfo } from "../../api/types.ts";
import { type Sheet, sheetOf, stripOf } from "../../core/datasets/sheet.ts";
import { fill, h } from "../../ui/dom.ts";

/** From a data set to its sheet. */
export type LoadSheet = (name: string) => Promise<Blob>;

/** Images of a class in the strip beside a field. */
const DEEP = 2;

/** A row of images for each class, with its name. */
export function classRows(info: DatasetInfo, load: LoadSheet): HTMLElement {
  const host = h("div", { class: "class-rows loading" });
  void drawn(host, info, load, (picture, sheet) => {
    const rows = Array.from({ length: sheet.rows }, (_, row) => {
      const canvas = h("canvas", { class: "pixels", width: picture.width, height: sheet.side });
      canvas.getContext("2d")?.drawImage(picture, 0, -row * sheet.side);
      const name = sheet.classes?.[row];
      canvas.setAttribute("role", "img");
      canvas.setAttribute(
        "aria-label",
        name === undefined ? `Images of ${info.name}` : `Images of ${name}`,
      );
      return name === undefined
        ? h("div", {}, canvas)
        : h("div", { class: "class-row" }, h("span", { title: name }, name), canvas);
    });
    return rows;
  });
  return host;
}

/** Two images of each class, the classes side by side. */
export function classStrip(info: DatasetInfo, load: LoadSheet): HTMLElement {
  const host = h("div", { class: "class-strip loading" });
  void drawn(host, info, load, (picture, sheet) => {
    const { side } = sheet;
    const moves = stripOf(sheet, DEEP);
    const last = moves.at(-1)?.to ?? [0, 0];
    const canvas = h("canvas", {
      class: "pixels",
      width: (last[0] + 1) * side,
      height: (last[1] + 1) * side,
      role: "img",
      "aria-label": sheet.classes
        ? `Images of ${info.name}, a column for each class`
        : `Images of ${info.name}`,
    });
    const context = canvas.getContext("2d");
    for (const { from, to } of moves) {
      context?.drawImage(
        picture,
        from[0] * side,
        from[1] * side,
        side,
        side,
        to[0] * side,
        to[1] * side,
        side,
        side,
      );
    }
    return [canvas];
  });
  return host;
}

async function drawn(
  host: HTMLElement,
  info: DatasetInfo,
  load: LoadSheet,
  draw: (picture: ImageBitmap, sheet: Sheet) => HTMLElement[],
): Promise<void> {
  try {
    if (info.at_hand === false) {
      fill(
        host,
        h(
          "p",
          { class: "field-note" },
          `The images of ${info.name} are not on this machine yet: the first training on it brings them along.`,
        ),
      );
      return;
    }
    const picture = await createImageBitmap(await load(info.name));
    fill(host, draw(picture, sheetOf(picture, info.classes)));
    picture.close();
  } catch (error) {
    if (!isAbort(error)) fill(host, h("p", { class: "field-note" }, "Its images cannot be shown now."));
  } finally {
    host.classList.remove("loading");
  }
}
