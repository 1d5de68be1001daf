import { describe, expect, it } from "vitest";
import { datasetName } from "../src/core/uploads.ts";

const ALLOWED = /^[a-z0-9][a-z0-9_-]{0,62}$/;

describe("the name of an upload", () => {
  it.each([
    ["landscapes64.zip", "landscapes64"],
    ["My Photos (2).ZIP", "my-photos-2"],
    ["_Café_.zip", "cafe"],
    ["猫.zip", "images"],
    [`${"a".repeat(100)}.zip`, "a".repeat(60)],
  ])("%s becomes %s", (file, name) => {
    expect(datasetName(file, new Set())).toBe(name);
    expect(name).toMatch(ALLOWED);
  });

  it("is free", () => {
    const taken = new Set(["cats", "cats-2", "a".repeat(60)]);
    expect(datasetName("cats.zip", taken)).toBe("cats-3");
    expect(datasetName(`${"a".repeat(70)}.zip`, taken)).toMatch(ALLOWED);
  });
});
