import { expect, test, vi } from "vitest";
import { Api } from "../../src/api/client.ts";
import { ProblemError, Unreachable } from "../../src/api/problem.ts";
import { Transport } from "../../src/api/transport.ts";

const URL_ = "http://atlas.test/";

function transport(answer: (request: Request, count: number) => Response, key: string | null = null) {
  let kept = key;
  let count = 0;
  const askKey = vi.fn(async (_wrong: boolean): Promise<string | null> => "sesame");
  const made = new Transport({
    fetch: async (input, init) => answer(new Request(input, init), ++count),
    keys: {
      get: () => kept,
      set(next) {
        kept = next;
      },
    },
    askKey,
  });
  return { made, askKey, count: () => count };
}

const locked = (request: Request) =>
  new Response(null, { status: request.headers.get("Authorization") === "Bearer sesame" ? 200 : 401 });

test("requests that are refused together ask for the key once, and are sent again", async () => {
  const { made, askKey } = transport(locked);
  const answers = await Promise.all([made.fetch(URL_), made.fetch(URL_, { method: "POST", body: "{}" })]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(askKey.mock.calls).toEqual([[false]]);
});

test("a wrong key is reported as wrong, and without a key the refusal stands", async () => {
  const { made, askKey } = transport(locked, "guess");
  expect((await made.fetch(URL_)).status).toBe(200);
  expect(askKey.mock.calls).toEqual([[true]]);
  const other = transport(locked);
  other.askKey.mockResolvedValue(null);
  expect((await other.made.fetch(URL_)).status).toBe(401);
});

test("a request is repeated after the time in Retry-After", async () => {
  const { made, count } = transport((_, number) =>
    number < 3 ? new Response(null, { status: 503, headers: { "Retry-After": "0" } }) : new Response("ok"),
  );
  expect(await (await made.fetch(URL_)).text()).toBe("ok");
  expect(count()).toBe(3);
  expect(made.connection.value).toBe("online");
});

test("the number of retries is limited", async () => {
  const { made, count } = transport(
    () => new Response(null, { status: 503, headers: { "Retry-After": "0" } }),
  );
  expect((await made.fetch(URL_)).status).toBe(503);
  expect(count()).toBe(5);
});

test("a missing response is reported as unreachable", async () => {
  const { made } = transport(() => {
    throw new TypeError("Failed to fetch");
  });
  await expect(made.fetch(URL_)).rejects.toBeInstanceOf(Unreachable);
  expect(made.connection.value).toBe("offline");
});

test("lists are read to their last page", async () => {
  const asked: string[] = [];
  const api = new Api(async (input) => {
    const url = new URL(String(input));
    asked.push(url.search);
    const first = !url.searchParams.has("cursor");
    return Response.json({ models: [{ name: first ? "a" : "b" }], next_cursor: first ? "x y" : null });
  }, URL_);
  expect((await api.models()).map(({ name }) => name)).toEqual(["a", "b"]);
  expect(asked).toEqual(["?limit=100", "?limit=100&cursor=x+y"]);
});

test("a problem keeps its fields, and any other error response becomes a problem", async () => {
  const errors = [{ path: "epochs", message: "must be positive" }];
  const problem = { type: "/problems/invalid", title: "Invalid", status: 422, detail: "No.", errors };
  const api = new Api(async () => Response.json(problem, { status: 422 }), URL_);
  const error = await api.preview({}).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problem.errors).toEqual(errors);
  const proxy = new Api(
    async () => new Response("<html>", { status: 502, statusText: "Bad Gateway" }),
    URL_,
  );
  await expect(proxy.run("x")).rejects.toThrow("The server responded: Bad Gateway.");
});

test("requests to a conditional model have a label for each point", async () => {
  const bodies: unknown[] = [];
  const api = new Api(async (_, init) => {
    bodies.push(JSON.parse(String(init?.body)));
    return Response.json({});
  }, URL_);
  await api.generate("m", {
    points: [
      [0, 0],
      [1, 1],
    ],
    label: 3,
    version: 5,
  });
  await api.generate("m", { points: [[0, 0]], label: undefined, version: 5 });
  await api.interpolate("m", { start: [0], end: [1], steps: 3, label: undefined, version: 5 });
  expect(bodies).toEqual([
    {
      points: [
        [0, 0],
        [1, 1],
      ],
      labels: [3, 3],
      version: 5,
    },
    { points: [[0, 0]], version: 5 },
    { start: [0], end: [1], steps: 3, version: 5 },
  ]);
});

test("a file is sent with the key and reports its progress", async () => {
  const shares: number[] = [];
  let kept: string | null = null;
  const made = new Transport({
    fetch: async () => Response.error(),
    sendFile: async ({ headers, progress }) => {
      progress(1);
      return new Response(null, { status: headers.Authorization === "Bearer sesame" ? 201 : 401 });
    },
    keys: {
      get: () => kept,
      set(next) {
        kept = next;
      },
    },
    askKey: async () => "sesame",
  });
  const order = {
    method: "PUT",
    url: URL_,
    headers: {},
    file: new Blob(["zip"]),
    signal: new AbortController().signal,
    progress: (share: number) => shares.push(share),
  };
  expect((await made.sendFile(order)).status).toBe(201);
  expect(shares).toEqual([1, 1]);
});
