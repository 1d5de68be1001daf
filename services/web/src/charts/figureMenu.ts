/** The downloads of a figure: SVG and PNG, on the ground that was chosen. */
import type { GroundName } from "../core/figures/ground.ts";
import type { Caption, Figure } from "../core/figures/sheet.ts";
import { fileStem } from "../core/text/fileStem.ts";
import { downloadMenu, type MenuFile } from "../ui/downloadMenu.ts";
import { pngFile, svgFile } from "../ui/figureFiles.ts";
import { chosenGround } from "../ui/ground.ts";

type Draw = (ground: GroundName) => Figure | Promise<Figure>;

const FORMS = [
  ["SVG", "svg", svgFile],
  ["PNG", "png", pngFile],
] as const;

/** @param stem of the files' names. */
export function figureFiles(stem: () => string, draw: Draw): readonly MenuFile[] {
  return FORMS.map(([label, suffix, write]) => ({
    label,
    name: () => `${stem()}.${suffix}`,
    make: async () => write(await draw(chosenGround())),
  }));
}

export function figureMenu(
  title: string,
  draw: (ground: GroundName, caption: Caption) => Figure | Promise<Figure>,
): HTMLElement {
  return downloadMenu({
    title: `Download ${title}`,
    groups: () => [
      {
        files: figureFiles(
          () => fileStem([subjectOf(), title]),
          (ground) => draw(ground, { title, words: subjectOf(), source: location.href }),
        ),
        grounds: true,
      },
    ],
  });
}

/** What the page is about: the name of a run, a model or an experiment, which stands on its main part. */
function subjectOf(): string {
  return document.querySelector<HTMLElement>("[data-subject]")?.dataset.subject ?? "";
}
