import { expect, test } from "vitest";
import { fitted, Markup, tag, widthOf, wrapped } from "../../../src/core/figures/markup.ts";
import { SvgPen } from "../../../src/core/figures/svgPen.ts";
import { pictureSizes, scaleSuffix } from "../../../src/core/formats/enlargement.ts";
import { fileStem } from "../../../src/core/text/fileStem.ts";

test("texts and attributes are escaped, markup is not", () => {
  const inner = tag("b", { title: 'a "b" & <c>', none: undefined, x: 1 / 3 }, "1 < 2", new Markup("<i/>"));
  expect(inner.text).toBe('<b title="a &quot;b&quot; &amp; &lt;c&gt;" x="0.33">1 &lt; 2<i/></b>');
  expect(tag("g", {}, false, undefined, [[tag("a")], ""]).text).toBe("<g><a/></g>");
});

test("texts are cut or broken where they would be too wide", () => {
  expect(fitted("short", 10, 100)).toBe("short");
  const cut = fitted("a very long name of a class", 10, 60);
  expect(cut.endsWith("…")).toBe(true);
  expect(widthOf(cut, 10)).toBeLessThanOrEqual(60);
  const lines = wrapped("one two three four five", 10, 60);
  expect(lines.join(" ")).toBe("one two three four five");
  expect(lines.length).toBeGreaterThan(1);
  expect(wrapped("incomprehensibilities", 10, 20)).toEqual(["incomprehensibilities"]);
});

test("what is drawn with a pen is written down", () => {
  const pen = new SvgPen();
  pen.fillStyle = "#123456";
  pen.fillRect(1, 2, 3, 4);
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(10.04, 0);
  pen.quadraticCurveTo(10, 5, 5, 5.58);
  pen.closePath();
  pen.fill("evenodd");
  pen.strokeStyle = "red";
  pen.lineWidth = 2;
  pen.stroke();
  pen.beginPath();
  pen.stroke();
  pen.arc(5, 5, 2);
  pen.fill();
  expect(pen.markup.text).toBe(
    '<rect x="1" y="2" width="3" height="4" fill="#123456"/>' +
      '<path fill="#123456" fill-rule="evenodd" d="M0 0L10 0Q10 5 5 5.6Z"/>' +
      '<path fill="none" stroke="red" stroke-width="2" stroke-linejoin="miter" stroke-linecap="butt"' +
      ' d="M0 0L10 0Q10 5 5 5.6Z"/>' +
      '<path fill="#123456" d="M3 5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0Z"/>',
  );
});

test("pictures can be had ten times as large, if they can still be opened", () => {
  expect(pictureSizes(28, 28)).toEqual([
    { scale: 1, label: "28 × 28" },
    { scale: 10, label: "280 × 280" },
  ]);
  expect(pictureSizes(33 * 64, 64).map(({ scale }) => scale)).toEqual([1, 3]);
  expect(pictureSizes(5000, 10).map(({ scale }) => scale)).toEqual([1]);
  expect([scaleSuffix(1), scaleSuffix(10)]).toEqual(["", "-x10"]);
});

test("files are named after what they show", () => {
  expect(fileStem(["mnist-2d", "Two-sample test, error"])).toBe("mnist-2d-two-sample-test-error");
  expect(fileStem(["", "Losses · 0.5 %"])).toBe("losses-0.5");
});
