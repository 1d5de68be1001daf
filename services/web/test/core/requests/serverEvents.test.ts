import { expect, test } from "vitest";
import { EventParser, follow, type ServerEvent } from "../../../src/core/requests/serverEvents.ts";

test("fields, comments, several data lines, and all three line ends", () => {
  const parser = new EventParser();
  const events = parser.push(
    ": hello\nid: 1\nevent: epoch\ndata: a\ndata: b\n\nid:2\r\ndata:c\r\n\r\nretry: 50\rdata: d\r\rx",
  );
  expect(events).toEqual([
    { event: "epoch", data: "a\nb" },
    { event: "message", data: "c" },
    { event: "message", data: "d" },
  ]);
  expect(parser.lastId).toBe("2");
  expect(parser.retry).toBe(50);
});

test("events may arrive in pieces of any size", () => {
  const text = "id: 7\r\nevent: map\r\ndata: {}\r\n\r\n";
  const parser = new EventParser();
  const events = [...text].flatMap((character) => parser.push(character));
  expect(events).toEqual([{ event: "map", data: "{}" }]);
  expect(parser.lastId).toBe("7");
});

test("an event without data is ignored, and one without id keeps the last id", () => {
  const parser = new EventParser("4");
  expect(parser.push("event: state\n\ndata: x\n\n")).toEqual([{ event: "message", data: "x" }]);
  expect(parser.lastId).toBe("4");
});

/** A server whose connections say these texts and then end (or break). */
function server(connections: readonly (string | Error | number)[]) {
  const asked: (string | null)[] = [];
  const fake = async (_: RequestInfo | URL, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get("Last-Event-ID"));
    const next = connections[asked.length - 1];
    if (typeof next === "number") return new Response(null, { status: next });
    if (next === undefined || next instanceof Error) throw next ?? new Error("nothing more");
    return new Response(next);
  };
  return { asked, fetch: fake as typeof fetch };
}

/** Follows until the server says 204; tells what was received and how long it waited. */
async function followed(connections: readonly (string | Error | number)[], lastId = "") {
  const { asked, fetch } = server(connections);
  const received: ServerEvent[] = [];
  const waits: number[] = [];
  const open: boolean[] = [];
  await new Promise<void>((resolve) => {
    follow({
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (response.status === 204 || response.status === 404) setTimeout(resolve);
        return response;
      },
      url: "/events",
      lastId,
      received: (events) => received.push(...events),
      connection: (is) => open.push(is),
      shouldContinue: () => true,
      wait: async (milliseconds) => void waits.push(milliseconds),
    });
  });
  return { asked, received, waits, open };
}

test("a lost connection is resumed after the last event", async () => {
  const { asked, received } = await followed([
    "id: 1\ndata: a\n\nid: 2\ndata: b\n\n",
    "id: 3\ndata: c\n\n",
    204,
  ]);
  expect(asked).toEqual([null, "2", "3"]);
  expect(received.map(({ data }) => data)).toEqual(["a", "b", "c"]);
});

test("half an event at the end of a connection is not mixed into the next one", async () => {
  const { received } = await followed(["id: 1\ndata: a\n\nid: 2\nda", "id: 2\ndata: b\n\n", 204]);
  expect(received.map(({ data }) => data)).toEqual(["a", "b"]);
});

test("it starts after a given event", async () => {
  expect((await followed([204], "41")).asked).toEqual(["41"]);
});

test("it waits longer after each failure, reports it, and honours the server's retry", async () => {
  const { waits, open } = await followed([
    new Error("down"),
    new Error("down"),
    "retry: 10\ndata: x\n\n",
    204,
  ]);
  expect(waits).toEqual([500, 1000, 10]);
  expect(open).toEqual([false, false, true]);
});

test("it gives up when there is nothing to follow", async () => {
  expect((await followed([404])).asked).toHaveLength(1);
});

test("it stops when what is followed has ended", async () => {
  const { asked, fetch } = server(["data: end\n\n"]);
  await new Promise<void>((resolve) => {
    follow({
      fetch,
      url: "/events",
      received: () => undefined,
      shouldContinue: () => {
        setTimeout(resolve);
        return false;
      },
    });
  });
  expect(asked).toHaveLength(1);
});
