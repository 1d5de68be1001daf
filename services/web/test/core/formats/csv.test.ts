import { expect, test } from "vitest";
import { csv } from "../../../src/core/formats/csv.ts";

test("special characters are quoted, and missing values are empty", () => {
  expect(
    csv(
      ["run", "a, b"],
      [
        ["x", 0.5],
        ['say "hi"\n', null],
        ["", undefined],
      ],
    ),
  ).toBe('run,"a, b"\nx,0.5\n"say ""hi""\n",\n,\n');
});
