import { describe, expect, test } from "bun:test";
import type { ChatEvent } from "../../../src/chat/chat-event.ts";
import { EventQueue } from "../../../src/engines/event-queue.ts";
import { SequenceRun, type SequenceRunOptions } from "../../../src/engines/llama/sequence-run.ts";
import { AnswerForm } from "../../../src/engines/llama/template/answer-form.ts";
import { hermesForm } from "../../../src/engines/llama/template/call-form.ts";
import { CallReader } from "../../../src/engines/llama/template/call-reader.ts";
import { collect, never, request } from "../../contract/engine-contract.ts";

const end = "<end>";
/** What the fake grammar of calls is: nothing looks into it. */
const grammar = Object.create(null);

/** An answer of a model whose tokens are these texts, whatever it reads. */
async function answered(
  tokens: readonly string[],
  { calls = true, stop = [] }: { calls?: boolean; stop?: readonly string[] } = {},
) {
  const vocabulary = [...new Set([...tokens, end])];
  /** What the sequence has read, and what it was truncated to before. */
  const read: string[] = [];
  const drawing = [...tokens, end];
  const letters = new Map<number, string>();
  const textOf = (id: number) => letters.get(id) ?? vocabulary[id] ?? "";
  const sequence: SequenceRunOptions["sequence"] = {
    get length() {
      return read.length;
    },
    evaluate: async (ids) => void read.push(...ids.map(textOf)),
    sample: async (ids, { topLogprobs }) => {
      read.push(...ids.map(textOf));
      const id = vocabulary.indexOf(drawing.shift() ?? end);
      return topLogprobs === null ? { id } : { id, logprob: -id - 1, alternatives: [] };
    },
    evaluateKnown: () => Promise.reject(new Error("not asked for")),
    replay: () => Promise.reject(new Error("not asked for")),
    truncate: async (length) => void read.splice(length),
    needsCheckpoints: false,
    takeCheckpoint: () => Promise.reject(new Error("not asked for")),
    hasThought: false,
  };
  const events = new EventQueue<ChatEvent>();
  const run = new SequenceRun({
    runtime: {
      contextSize: 1_000,
      detokenize: (ids) => ids.map(textOf).join(""),
      // A token of its own for each character.
      form: new AnswerForm(undefined, { bos: null, eos: null }),
      formTokens: (text) =>
        [...text].map((letter) => {
          const id = 1_000 + letters.size;
          letters.set(id, letter);
          return id;
        }),
      isEndOfGeneration: (id) => textOf(id) === end,
      biasOf: () => {
        throw new Error("not asked for");
      },
    },
    sequence,
    request: request("", { maxTokens: 100, topLogprobs: 0 }),
    prompt: [vocabulary.length],
    askedTokens: 1,
    continued: [],
    grammar: null,
    calls: calls ? { grammar, opened: false, form: hermesForm, tools: [] } : null,
    cachedTokens: 0,
    stopStrings: stop,
    events,
    signal: never,
    onLeave: () => {},
  });
  while (await run.step(512)) {
    // Until it has ended.
  }
  return { ...(await collect(events)), read: read.join("") };
}

/** The calls in what was written after their opening. */
function callsIn(text: string, isCut: boolean) {
  const reader = new CallReader(hermesForm, []);
  reader.push(text);
  return reader.end(isCut).filter(({ type }) => type === "tool-call");
}

const called = ['{"name": "f", "arguments": {}}', "\n</tool_call>"];

describe("What a model writes", () => {
  for (const [name, tokens, text] of [
    ["at the answer's beginning", ["<", "tool", "_call", ">"], ""],
    ["after text", ["I look", ".\n", "<", "tool", "_call", ">"], "I look.\n"],
    ["after a thought", ["<think>", "Hm", "</think>", "\n", "<tool", "_call>"], ""],
    ["in a token that says more", ["So: ", "<tool_call>{"], "So: "],
    ["in the middle of tokens", ["So", ":<tool", "_call>\n{"], "So:"],
  ] as const)
    test(`as a call that it opens ${name} is read by it whole, with nothing lost or doubled`, async () => {
      const answer = await answered([...tokens, ...called]);
      const upToCall = tokens.join("");
      const opening = upToCall.slice(0, upToCall.indexOf("<tool_call>"));
      expect(answer.read).toBe(`${opening}<tool_call>\n${called.join("")}`);
      expect(answer.text).toBe(text);
      expect(answer.finish?.reason).toBe("tool_calls");
      expect(answer.events).toContainEqual({
        type: "tool-call",
        id: expect.any(String),
        name: "f",
        arguments: "{}",
      });
    });

  test("before a call ends the answer when it is a stop string", async () => {
    const answer = await answered(["So:\n<tool", "_call>", ...called], { stop: ["\n"] });
    expect(answer).toMatchObject({ text: "So:", finish: { reason: "stop" } });
    expect(answer.events.some(({ type }) => type === "tool-call")).toBe(false);
  });

  test("before a stop string inside a token has that token's log-probability, not that of what is certain", async () => {
    const { tokens } = await answered(["gold", " and silver"], { calls: false, stop: [" silver"] });
    expect(tokens).toEqual([
      { type: "token", text: "gold", ids: [0], logprob: -1, alternatives: [] },
      { type: "token", text: " and", ids: [], logprob: -2, alternatives: [] },
    ]);
  });

  test("as a call that is cut by the length limit is given as far as it came: the call was lost", () => {
    const head = '{"name": "f", "arguments": ';
    const argumentsOf = (text: string) => callsIn(text, true).map((call) => [call.name, call.arguments]);
    expect(argumentsOf(`${head}{"lots": 1`)).toEqual([["f", '{"lots": 1']]);
    expect(argumentsOf(`${head}{"lots": 1}`)).toEqual([["f", '{"lots": 1}']]);
    expect(argumentsOf(`${head}{"lots": 1}}`)).toEqual([["f", '{"lots": 1}']]);
    expect(argumentsOf(head.slice(0, 16))).toEqual([["f", ""]]);
    expect(argumentsOf(head.slice(0, 10))).toEqual([]);
    expect(argumentsOf(`${head}{}}\n</tool_call>\n<tool_call>\n${head}{"a`)).toEqual([
      ["f", "{}"],
      ["f", '{"a'],
    ]);
    expect(argumentsOf(`${head}{}}\n</tool_call>\n<tool`)).toEqual([["f", "{}"]]);
  });

  test("as calls comes in pieces that add up to them, wherever the tokens are cut: nothing came before the end", () => {
    const given = ['{"a": {"b": "}\\n</tool_call>"}}', "{}", '{"c": [1, {}]}'];
    const text = `\n${given.map((one) => `{"name": "f", "arguments": ${one}}\n</tool_call>`).join("\n<tool_call>\n")}`;
    for (let size = 1; size <= text.length; size++) {
      const calls = new CallReader(hermesForm, []);
      const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      const pieces = parts.flatMap((part) => calls.push(part));
      const whole = calls.end(false).filter(({ type }) => type === "tool-call");
      expect(whole.map((call) => call.arguments)).toEqual(given);
      for (const { id, arguments: all } of whole) {
        const own = pieces.filter((piece) => piece.id === id);
        expect(own.map((piece) => piece.name)).toEqual(["f", ...own.slice(1).map(() => undefined)]);
        expect(own.map((piece) => piece.arguments).join("")).toBe(all);
      }
    }
  });

  test("as a call that is cut anywhere has pieces that add up to what is given of it", () => {
    const text = '\n{"name": "f", "arguments": {"lots": {"n": 1}}}\n</tool_call>';
    for (let length = 0; length <= text.length; length++) {
      const calls = new CallReader(hermesForm, []);
      const events = [...[...text.slice(0, length)].flatMap((part) => calls.push(part)), ...calls.end(true)];
      const [pieces, whole] = [
        events.filter(({ type }) => type === "tool-call-piece"),
        events.filter(({ type }) => type === "tool-call"),
      ];
      expect(pieces.map((piece) => piece.arguments).join("")).toBe(whole[0]?.arguments ?? "");
      expect(pieces.length > 0).toBe(whole.length > 0);
    }
  });

  test("as a call's arguments is handed on to the letter: no digit of a number is lost", () => {
    const given = '{"order": 9007199254740993, "lots": 1e400}';
    const text = `\n{"name": "f", "arguments": ${given}}\n</tool_call>\n<tool_call>\n{"name": "f", "arguments": {}`;
    expect(callsIn(text, false)).toEqual([
      { type: "tool-call", id: expect.any(String), name: "f", arguments: given },
    ]);
  });
});
