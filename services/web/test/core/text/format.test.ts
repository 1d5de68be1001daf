import { expect, test } from "vitest";
import {
  ago,
  axisName,
  coordinate,
  duration,
  figure,
  fileSize,
  integer,
  percent,
  powerOfTen,
  startsIn,
  timeLeft,
} from "../../../src/core/text/format.ts";

test.each([
  [0, "0 %"],
  [0.00004, "<0.01 %"],
  [0.0004, "0.04 %"],
  [0.0123, "1.2 %"],
  [0.5, "50 %"],
  [1, "100 %"],
])("the share %d reads %s", (share, text) => expect(percent(share)).toBe(text));

test.each([
  [400, "1 kB"],
  [64_000, "64 kB"],
  [15_570_188, "15.6 MB"],
  [155_701_880, "156 MB"],
  [1_240_000_000, "1.2 GB"],
])("%d bytes read %s", (bytes, text) => expect(fileSize(bytes)).toBe(text));

test.each([
  [0, "0"],
  [0.0001, "10⁻⁴"],
  [0.00055, "5.5·10⁻⁴"],
  [0.2, "2·10⁻¹"],
])("the step size %d reads %s", (value, text) => expect(powerOfTen(value)).toBe(text));

test.each([
  [0.012, "12 ms"],
  [0.42, "0.4 s"],
  [9.96, "10 s"],
  [59.6, "1 min 00 s"],
  [200, "3 min 20 s"],
  [7500, "2 h 05 min"],
  [3 * 86400 + 4 * 3600, "3 d 4 h"],
])("%d seconds read %s", (seconds, text) => expect(duration(seconds)).toBe(text));

test.each([
  [4, "a few seconds left"],
  [28, "about 30 seconds left"],
  [70, "about a minute left"],
  [400, "about 7 minutes left"],
  [3700, "about an hour left"],
  [9000, "about 3 hours left"],
  [260000, "about 3 days left"],
])("%d seconds to go are %s", (seconds, text) => expect(timeLeft(seconds)).toBe(text));

test.each([
  [0, "starts any moment"],
  [70, "starts in about a minute"],
  [9000, "starts in about 3 hours"],
])("what begins in %d seconds %s", (seconds, text) => expect(startsIn(seconds)).toBe(text));

test.each([
  [0, "0"],
  [0.70351, "0.704"],
  [-1.5, "-1.5"],
  [1234.6, "1,235"],
  [0.0000123, "1.2·10^-5"],
])("the figure %d reads %s", (value, text) => expect(figure(value)).toBe(text));

test("coordinates keep their width", () => {
  expect(coordinate(0.5)).toBe("+0.500");
  expect(coordinate(-0.1234)).toBe("−0.123");
});

test("long ago is a date, recent is not", () => {
  const now = new Date("2026-03-14T12:00:00Z");
  const before = (seconds: number) => ago(new Date(now.getTime() - seconds * 1000), now);
  expect(before(3)).toBe("just now");
  expect(before(300)).toBe("5 min ago");
  expect(before(7200)).toBe("2 h ago");
  expect(before(3 * 86400)).toBe("3 d ago");
  expect(before(30 * 86400)).toBe("12 Feb 2026");
});

test("axes are named from one on", () => {
  expect(axisName(0)).toBe("z₁");
  expect(axisName(11)).toBe("z₁₂");
  expect(integer(1101632)).toBe("1,101,632");
});
