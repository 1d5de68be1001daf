import { expect, test } from "vitest";
import { sentence } from "../../../src/core/text/sentence.ts";

test("the API's words become a sentence, once", () => {
  expect(sentence("must be 1 or more, not 0")).toBe("Must be 1 or more, not 0.");
  expect(sentence("“0,5” can be one number or two?")).toBe("“0,5” can be one number or two?");
  expect(sentence("There is a run already.")).toBe("There is a run already.");
  expect(sentence(" ")).toBe("");
});
