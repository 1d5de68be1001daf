import { expect, test } from "vitest";
import { snippetsOf } from "../../../src/core/text/snippets.ts";

const plain = { name: "mnist-2d", latent_dim: 2, conditional: false };
const code = (model: typeof plain, id: string) =>
  snippetsOf(model, 50, "http://atlas:8000").find((one) => one.id === id)?.code ?? "";

test("every snippet has the model, its version and the right number of coordinates", () => {
  for (const { code: text } of snippetsOf({ ...plain, latent_dim: 3 }, 50, "http://atlas:8000")) {
    expect(text).toContain("mnist-2d");
    expect(text).toMatch(/\b50\b/);
    expect(text).toMatch(/\[0\.5,\s?-0\.25,\s?0\]/);
  }
});

test("only conditional models get labels", () => {
  for (const id of ["python", "curl", "grpc", "local"]) {
    expect(code(plain, id)).not.toContain("[0, 1]");
    expect(code({ ...plain, conditional: true }, id)).toContain("[0, 1]");
  }
});

test("snippets use the address of the page", () => {
  expect(code(plain, "curl")).toContain("http://atlas:8000/v1/models/mnist-2d/versions/50/download");
  expect(code(plain, "python")).toContain('base_url="http://atlas:8000/v1"');
});
