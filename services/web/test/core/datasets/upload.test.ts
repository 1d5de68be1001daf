import { describe, expect, it } from "vitest";
import { datasetName, newNames, skippedText } from "../../../src/core/datasets/upload.ts";

const ALLOWED = /^[a-z0-9][a-z0-9_-]{0,62}$/;

describe("the name of an upload", () => {
  it.each([
    ["landscapes64.zip", "landscapes64"],
    ["My Photos (2).ZIP", "my-photos-2"],
    ["_Café_.zip", "cafe"],
    ["猫.zip", "images"],
    ["mnist_train.CSV", "mnist_train"],
    ["mnist.npz", "mnist"],
    ["train-images-idx3-ubyte.gz", "train-images-idx3-ubyte"],
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

describe("the classes of an upload", () => {
  const classes = [{ name: "0" }, { name: "1" }];

  it("keep the names that nobody changed", () => {
    expect(newNames(classes, ["0", "1"])).toEqual({});
    expect(newNames(classes, ["0", " one "])).toEqual({ "1": "one" });
    expect(newNames(classes, ["", "1"])).toEqual({ "0": "" });
  });

  it("tell what was passed over", () => {
    expect(skippedText(0)).toBe("");
    expect(skippedText(1)).toBe("1 hidden or system file skipped");
    expect(skippedText(7)).toBe("7 hidden and system files skipped");
  });
});
