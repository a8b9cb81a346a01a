/** Calls of tools that are logged and shown while they are written. */
import { describe, expect, test } from "bun:test";
import type { ToolCall } from "../../src/chat/engine.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { callsOf } from "../../src/generations/logged-calls.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { read } from "./read-answer.ts";

const request = {
  messages: [{ role: "user", content: "Price?" }],
  tools: [{ name: "price", parameters: { type: "object" } }],
} as const;
const given = '{"pair":"EURUSD","lots":1.5}';
const call: ToolCall = { id: "call_1", name: "price", arguments: given };
const broken = { piece: 2, error: new EngineFailedError("It broke. Try again.") };

/** One engine that breaks off in the call, and one that is asked after it. */
const twoEngines = (after: Script) => [
  new ScriptedEngine({
    name: "first",
    script: () => ({ answer: "So.", toolCalls: [call], failInCallAt: broken }),
  }),
  new ScriptedEngine({ name: "second", script: () => after }),
];

describe("A call of a tool", () => {
  test("is in the log piece by piece, before it is whole", async () => {
    const engine = new ScriptedEngine({ script: () => ({ answer: "", toolCalls: [call] }) });
    await using program = openAnswering({ engines: [engine] });
    const { id } = await program.generations.ask(ask("Price?", { request }));
    const { updates } = await read(program.generations, id);
    const tokens = updates.flatMap((update) => (update.type === "tokens" ? update.tokens : []));
    expect(tokens).toEqual([
      { text: "", ids: [], toolPiece: { id: "call_1", name: "price", arguments: "" } },
      ...(given.match(/.{1,7}/g) ?? []).map((piece) => ({
        text: "",
        ids: [],
        toolPiece: { id: "call_1", arguments: piece },
      })),
      { text: "", ids: [], toolCall: call },
    ]);
    expect(callsOf(tokens)).toEqual([{ ...call, isWhole: true }]);
  });

  test("that another engine writes again has no piece twice, and keeps its id", async () => {
    const again = { answer: "So.", toolCalls: [{ ...call, id: "call_2" }] };
    await using program = openAnswering({ engines: twoEngines(again) });
    const { id } = await program.generations.ask(ask("Price?", { request }));
    const { outcome } = await read(program.generations, id);
    expect(outcome).toMatchObject({ state: "done", finishReason: "tool_calls" });
    const tokens = program.generations.tokens(id, 0);
    expect(tokens.map(({ toolPiece }) => toolPiece?.arguments ?? "").join("")).toBe(given);
    expect(callsOf(tokens)).toEqual([{ ...call, isWhole: true }]);
  });

  for (const [how, toolCalls] of [
    ["with other arguments", [{ ...call, arguments: '{"pair":"GBPUSD"}' }]],
    ["of another tool", [{ ...call, name: "rate" }]],
    ["not at all", []],
  ] as const)
    test(`that is written again ${how} fails the answer: what was shown cannot be taken back`, async () => {
      await using program = openAnswering({ engines: twoEngines({ answer: "So.", toolCalls }) });
      const { id } = await program.generations.ask(ask("Price?", { request }));
      const { outcome } = await read(program.generations, id);
      expect(outcome).toMatchObject({ state: "failed", error: { code: "engine_failed" } });
      expect(callsOf(program.generations.tokens(id, 0))).toEqual([
        { ...call, arguments: given.slice(0, 14), isWhole: false },
      ]);
    });

  test("in which the answer was stopped is given as far as it came", async () => {
    const reached = Promise.withResolvers<void>();
    const script: Script = {
      answer: "",
      toolCalls: [call],
      pace: async (piece, signal) => {
        if (piece < 2) return;
        reached.resolve();
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      },
    };
    await using program = openAnswering({ engines: [new ScriptedEngine({ script: () => script })] });
    const { id } = await program.generations.ask(ask("Price?", { request }));
    await reached.promise;
    program.generations.stop(id);
    expect((await read(program.generations, id)).outcome?.state).toBe("stopped");
    expect(callsOf(program.generations.tokens(id, 0))).toEqual([
      { ...call, arguments: given.slice(0, 14), isWhole: false },
    ]);
  });
});
