import { expect, test } from "vitest";
import presets from "../../../src/api/presets.json" with { type: "json" };
import { proposed } from "../../../src/core/training/templates.ts";

test("what is proposed fits the images", () => {
  expect(proposed("digits", 8)).toEqual({ dataset: "digits", ...presets.measured });
  expect(proposed("drawings", 28)).toEqual({ dataset: "drawings", ...presets.measured });
  expect(proposed("landscapes", 64)).toEqual({ dataset: "landscapes", ...presets.photos });
  expect(presets.photos.network.architecture).toBe("dcgan64");
});
