/** What readers are told of the program's own tools that a model called, in each form that an answer is read in. */
import { describe, expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { calling, toolsOfSize } from "../fakes/model-tools.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const given = JSON.stringify({
  ...{ balance: 10_000, currency: "USD", riskPercent: 1 },
  ...{ symbol: "EURUSD", stopPips: 25 },
});
const call = { id: "call_1", name: "position-size", arguments: given };
const message = "About my position size: I have $10,000, I risk 1%, my stop is 25 pips in EURUSD.";

const open = () =>
  openAnsweringApp({
    engines: [new ScriptedEngine({ script: calling([call], "It is 0.40 lots.", "Let me see.") })],
    toolsFor: toolsOfSize(),
  });
const post = (url: string, body: object) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

describe("A tool that a model called", () => {
  test("is told in chunks of its own, which a program that reads the text alone passes over", async () => {
    await using app = open();
    const stream = await (await post(`${app.url}/chat/stream`, { message })).text();
    const chunks = stream
      .split("\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice("data: ".length)));
    // As the seed's clients read them.
    expect(chunks.map(({ choices }) => choices[0].delta.content ?? "").join("")).toBe(
      "Let me see.\n\nIt is 0.40 lots.",
    );
    expect(chunks.flatMap(({ tool_use: use }) => use ?? [])).toEqual([call]);
    expect(chunks.flatMap(({ facts }) => facts ?? [])[0]).toMatchObject({ value: "0.40", unit: "lots" });
    expect(chunks.flatMap(({ tool_result: result }) => result ?? [])).toMatchObject([{ id: "call_1" }]);
    expect(chunks.some(({ choices }) => choices[0].delta.tool_calls !== undefined)).toBe(false);
    expect(chunks.at(-1).figures).toMatchObject([{ text: "0.40", class: "computed" }]);
  });

  test("is told through a WebSocket", async () => {
    await using app = open();
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/chat/stream`);
    const messages: Record<string, unknown>[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    socket.onopen = () => socket.send(JSON.stringify({ message }));
    socket.onmessage = ({ data }) => {
      messages.push(JSON.parse(data));
      if (messages.at(-1)?.type === "done") resolve();
    };
    await done;
    socket.close();
    const types = messages.map(({ type }) => type);
    expect(types.filter((type) => /^tool|^facts/.test(String(type)))).toEqual([
      "tool_use",
      "facts",
      "tool_result",
    ]);
    expect(messages.find(({ type }) => type === "tool_use")?.call).toEqual(call);
  });

  test("has its facts in the whole reply, and is counted in the receipt", async () => {
    await using app = open();
    const reply = await (await post(`${app.url}/chat`, { message })).json();
    expect(reply.response).toBe("Let me see.\n\nIt is 0.40 lots.");
    expect(reply.facts[0]).toMatchObject({ value: "0.40", unit: "lots" });
    const whole = await (await fetch(`${app.url}/api/generations/${reply.generation_id}`)).json();
    expect(whole.receipt.tools).toContain("position-size");
    expect(whole.receipt.toolCalls).toBe(1);
  });

  test("runs before the eyes of a reader of the page", async () => {
    const called = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const held: NonNullable<Parameters<typeof openAnsweringApp>[0]>["toolsFor"] =
      (store) => (question, owner) => {
        const own = toolsOfSize()(store)(question, owner);
        return own === null
          ? null
          : {
              ...own,
              call: async (...asked) => {
                called.resolve();
                await go.promise;
                return await own.call(...asked);
              },
            };
      };
    const engine = new ScriptedEngine({ script: calling([call], "It is 0.40 lots.") });
    await using app = openAnsweringApp({ engines: [engine], toolsFor: held });
    const asked = await post(`${app.url}/chat/stream`, { message });
    const id = asked.headers.get("x-generation-id");
    await called.promise;
    const page = await fetch(`${app.url}/generations/${id}/html?after=0`);
    let html = "";
    const decoder = new TextDecoder();
    const reader = page.body?.getReader();
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read()) {
      html += decoder.decode(piece.value, { stream: true });
      if (html.includes("Computing: Position size…")) go.resolve();
    }
    expect(html.indexOf("Computing: Position size…")).toBeLessThan(
      html.indexOf("Computed: Position size, 0.40"),
    );
  });
});
