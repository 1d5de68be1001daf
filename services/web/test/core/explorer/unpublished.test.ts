import { expect, test } from "vitest";
import { unpublishedWords } from "../../../src/core/explorer/unpublished.ts";
import { STATES } from "../../../src/core/vocabulary/states.ts";

test("only of a training that can go on is a first version promised", () => {
  for (const [state, { ended }] of Object.entries(STATES)) {
    const { title, text } = unpublishedWords("a", state as keyof typeof STATES);
    expect(title.endsWith("yet")).toBe(!ended);
    expect(text.includes("as soon as it is there")).toBe(!ended);
  }
  expect(unpublishedWords("a", undefined).title).toBe("There is no model named a");
});
