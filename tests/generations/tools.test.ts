/** Answers in which a model calls tools of the program: calculators, and figures of the owner's series. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GenerateRequest, ToolCall } from "../../src/chat/engine.ts";
import { EngineFailedError, UnsupportedRequestError } from "../../src/errors.ts";
import { answerFigures } from "../../src/generations/answer-figures.ts";
import type { ToolLimits } from "../../src/generations/own-tools.ts";
import { type AnsweringOptions, ask, openAnswering } from "../fakes/answering.ts";
import { calling, toolsOfSize } from "../fakes/model-tools.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { held, read } from "./read-answer.ts";

const folders: string[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

/** The desk is not asked here: what the model does with its tools is. */
const question = ask(
  "My position size, please: I have $10,000, I risk 1%, and my stop is 25 pips in EURUSD.",
);
const call = (given: object, id = "call_1"): ToolCall => ({
  id,
  name: "position-size",
  arguments: JSON.stringify(given),
});
const right = { balance: 10_000, currency: "USD", riskPercent: 1, symbol: "EURUSD", stopPips: 25 };

describe("A model that calls a tool of the program", () => {
  test("gets what it gave, and the figure that it then writes is computed", async () => {
    const engine = new ScriptedEngine({
      script: calling([call(right)], "You can trade 0.40 lots, not 0.75."),
    });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    const generation = await program.generations.ask(question);
    const { text, outcome, updates } = await read(program.generations, generation.id);
    expect(text).toBe("You can trade 0.40 lots, not 0.75.");
    expect(outcome).toMatchObject({ state: "done", finishReason: "stop" });
    expect(engine.requests).toHaveLength(2);
    expect(engine.requests[0]?.tools?.map(({ name }) => name)).toContain("position-size");
    expect(engine.requests[0]?.tools?.length).toBeLessThanOrEqual(8);
    expect(engine.requests[0]?.parallelToolCalls).toBe(false);
    const [called, told] = engine.requests[1]?.messages.slice(-2) ?? [];
    expect(called).toMatchObject({ role: "assistant", toolCalls: [call(right)] });
    expect(told).toMatchObject({ role: "tool", toolCallId: "call_1" });
    expect(JSON.parse(told?.content ?? "").results[0]).toMatchObject({ value: "0.40", unit: "lots" });
    const logged = updates.flatMap((update) => (update.type === "tokens" ? update.tokens : []));
    expect(logged.slice(0, 3).map((entry) => Object.keys(entry).at(-1))).toEqual([
      "toolUse",
      "facts",
      "toolResult",
    ]);
    const figures = answerFigures(program.store, program.generations.get(generation.id) ?? generation);
    expect(figures.figuresIn(text, { from: 0, isWhole: true }).map((figure) => figure.class)).toEqual([
      "computed",
      "unsupported",
    ]);
    expect(program.generations.get(generation.id)?.receipt?.tools).toContain("position-size");
    // Read again from any cursor it is the same.
    for (let after = 0; after <= (outcome?.tokenCount ?? 0); after++)
      expect(text.endsWith((await read(program.generations, generation.id, after)).text)).toBe(true);
  });

  test("cannot have a figure computed from one that nobody has stated", async () => {
    const invented = call({ ...right, balance: 25_000 });
    const engine = new ScriptedEngine({ script: calling([invented], "I cannot say.") });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    const { id } = await program.generations.ask(question);
    await read(program.generations, id);
    expect(engine.requests[1]?.messages.at(-1)?.content).toContain(
      "Nobody has stated 25000 for Account balance",
    );
    expect(program.store.facts.ofGeneration(id)).toEqual([]);
  });

  test.each([
    ["no JSON", "{"],
    ["no object", "[1]"],
    ["an input that is not there", JSON.stringify({ ...right, leverages: 1 })],
    ["one that is missing", "{}"],
  ])("is told so when it calls with %s", async (_, given) => {
    const engine = new ScriptedEngine({
      script: calling([{ ...call(right), arguments: given }], "I cannot say."),
    });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    const { id } = await program.generations.ask(question);
    const { text, outcome } = await read(program.generations, id);
    expect(JSON.parse(engine.requests[1]?.messages.at(-1)?.content ?? "")).toHaveProperty("error");
    expect(text).toBe("I cannot say.");
    expect(outcome?.state).toBe("done");
  });

  test("has its words before the call and after it in paragraphs of their own, and all tokens counted", async () => {
    const engine = new ScriptedEngine({
      script: calling([call(right)], "It is 0.40 lots.", "Let me compute."),
    });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    const generation = await program.generations.ask(question);
    const { text, outcome } = await read(program.generations, generation.id);
    expect(text).toBe("Let me compute.\n\nIt is 0.40 lots.");
    expect(outcome?.usage?.completionTokens).toBe(7);
    expect(program.store.messages.get(generation.messageId)?.content).toBe(text);
    expect(engine.requests[1]?.messages.at(-2)?.content).toBe("Let me compute.");
    expect(engine.requests[1]?.continueFrom).toBeUndefined();
    const [placed] = program.store.facts.ofGeneration(generation.id);
    expect(placed?.textOffset).toBe("Let me compute.".length);
  });

  test("may not call for ever", async () => {
    const always = ({ toolChoice }: GenerateRequest): Script =>
      toolChoice === "none"
        ? { answer: "Enough." }
        : { answer: "", toolCalls: [call(right, crypto.randomUUID())] };
    const engine = new ScriptedEngine({ script: always });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    const { id } = await program.generations.ask(question);
    const { text } = await read(program.generations, id);
    expect(text).toBe("Enough.");
    expect(engine.requests).toHaveLength(3);
    expect(engine.requests[2]?.messages.at(-1)?.content).toContain("No more tools");
  });

  test("that calls on though it must not is not asked for ever", async () => {
    const always = (): Script => ({ answer: "", toolCalls: [call(right, crypto.randomUUID())] });
    const engine = new ScriptedEngine({ script: always });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    const { id } = await program.generations.ask(question);
    expect((await read(program.generations, id)).outcome).toMatchObject({
      state: "done",
      finishReason: "stop",
    });
    expect(engine.requests).toHaveLength(3);
  });

  test("is stopped while its tool runs", async () => {
    const running = Promise.withResolvers<void>();
    const engine = new ScriptedEngine({ script: calling([call(right)], "Never written.") });
    await using program = openAnswering({
      engines: [engine],
      toolsFor: (store) => (asked, ownerId) => {
        const own = toolsOfSize()(store)(asked, ownerId);
        if (own === null) return null;
        const call = () => {
          running.resolve();
          return new Promise<never>(() => {});
        };
        return { ...own, call };
      },
    });
    const { id } = await program.generations.ask(question);
    await running.promise;
    // No slot is held meanwhile.
    expect(engine.status().busySlots).toBe(0);
    expect(program.generations.stop(id)).toBe(true);
    expect((await read(program.generations, id)).outcome?.state).toBe("stopped");
  });

  test("goes on after a restart of the server, whether the tool had run or not", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "tools-"));
    folders.push(dataDir);
    const running = Promise.withResolvers<void>();
    const first = openAnswering({
      dataDir,
      engines: [new ScriptedEngine({ script: calling([call(right)], "Never written.", "Let me see.") })],
      toolsFor: (store) => (asked, ownerId) => {
        const own = toolsOfSize()(store)(asked, ownerId);
        if (own === null) return null;
        const call = () => {
          running.resolve();
          return new Promise<never>(() => {});
        };
        return { ...own, call };
      },
    });
    const { id } = await first.generations.ask(question);
    await running.promise;
    await first[Symbol.asyncDispose]();
    const engine = new ScriptedEngine({ script: calling([call(right)], "It is 0.40 lots.") });
    await using second = openAnswering({ dataDir, engines: [engine], toolsFor: toolsOfSize() });
    second.generations.recover();
    const { text, outcome } = await read(second.generations, id);
    expect(text).toBe("Let me see.\n\nIt is 0.40 lots.");
    expect(outcome?.state).toBe("done");
    expect(engine.requests).toHaveLength(1);
    expect(second.store.facts.ofGeneration(id)).not.toHaveLength(0);
  });

  test("goes on with another engine, which has the results already", async () => {
    const broken = new ScriptedEngine({
      name: "broken",
      script: (request) => ({
        ...calling([call(right)], "It is 0.40 lots.")(request),
        ...(request.messages.some(({ role }) => role === "tool")
          ? { failAt: { token: 2, error: new EngineFailedError("It broke.") } }
          : {}),
      }),
    });
    const second = new ScriptedEngine({ name: "second", script: calling([call(right)], "It is 0.40 lots.") });
    await using program = openAnswering({ engines: [broken, second], toolsFor: toolsOfSize() });
    const { id } = await program.generations.ask(question);
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe("It is 0.40 lots.");
    expect(outcome?.writers.map(({ engine }) => engine)).toEqual(["broken", "second"]);
    expect(second.requests).toHaveLength(1);
    expect(second.requests[0]?.continueFrom?.text).toBe("It is");
  });
});

/** The server ends while its model writes the second round. */
async function resumedWith(toolsLater: AnsweringOptions["toolsFor"]) {
  const dataDir = mkdtempSync(join(tmpdir(), "tools-"));
  folders.push(dataDir);
  const { script: holding, reached } = held("It is 0.40 lots.", 2);
  const engine = new ScriptedEngine({
    script: (request) =>
      request.messages.some(({ role }) => role === "tool")
        ? holding
        : calling([call(right)], "", "Let me see.")(request),
  });
  const first = openAnswering({ dataDir, engines: [engine], toolsFor: toolsOfSize() });
  const { id } = await first.generations.ask(question);
  await reached;
  await first[Symbol.asyncDispose]();
  const later = new ScriptedEngine({ script: () => ({ answer: "It is 0.40 lots." }) });
  const second = openAnswering({
    ...{ dataDir, engines: [later] },
    ...(toolsLater === undefined ? {} : { toolsFor: toolsLater }),
  });
  second.generations.recover();
  return { program: second, engine: later, read: await read(second.generations, id) };
}

describe("An answer that had called a tool", () => {
  test("goes on from its second round after a restart, also when its owner wants no tools any more", async () => {
    for (const toolsLater of [toolsOfSize(), undefined]) {
      const { program, engine, read } = await resumedWith(toolsLater);
      await using _program = program;
      expect(read.text).toBe("Let me see.\n\nIt is 0.40 lots.");
      expect(engine.requests[0]?.continueFrom?.text).toBe("It is");
      expect(engine.requests[0]?.messages.at(-1)?.role).toBe("tool");
      expect(read.outcome?.usage?.completionTokens).toBe(7);
    }
  });

  test("may call again with an id that its server has used before", async () => {
    const script = ({ messages }: GenerateRequest): Script =>
      messages.filter(({ role }) => role === "tool").length < 2
        ? { answer: "", toolCalls: [call(right, "call_0")] }
        : { answer: "It is 0.40 lots." };
    const engine = new ScriptedEngine({ script });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize(70) });
    const { id } = await program.generations.ask(question);
    const { text, outcome } = await read(program.generations, id);
    expect(text).toBe("It is 0.40 lots.");
    expect(outcome?.finishReason).toBe("stop");
    expect(engine.requests).toHaveLength(3);
  });

  test("keeps its paragraphs apart when the model thinks after the call", async () => {
    const script = (request: GenerateRequest): Script => {
      const next = calling([call(right)], "It is 0.40 lots.", "Let me see.")(request);
      return next.toolCalls === undefined ? { ...next, reasoning: "So it is that." } : next;
    };
    await using program = openAnswering({
      engines: [new ScriptedEngine({ script })],
      toolsFor: toolsOfSize(),
    });
    const { id } = await program.generations.ask(question);
    expect((await read(program.generations, id)).text.replace("So it is that.", "")).toBe(
      "Let me see.\n\nIt is 0.40 lots.",
    );
  });

  test("ends by its length when the call has used up its tokens, and can be continued", async () => {
    const engine = new ScriptedEngine({ script: calling([call(right)], "It is 0.40 lots.", "Let me see.") });
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize() });
    const { id } = await program.generations.ask({
      ...question,
      sampling: { ...question.sampling, maxTokens: 3 },
    });
    expect((await read(program.generations, id)).outcome).toMatchObject({
      state: "done",
      finishReason: "length",
    });
  });
});

describe("A model is offered", () => {
  const offered = async (
    options: Partial<AnsweringOptions>,
    asked = question,
    engine = new ScriptedEngine(),
  ) => {
    await using program = openAnswering({ engines: [engine], toolsFor: toolsOfSize(), ...options });
    const { id } = await program.generations.ask(asked);
    const { outcome } = await read(program.generations, id);
    expect(outcome?.state).toBe("done");
    return engine.requests;
  };

  test.each<[string, number | null, Partial<ToolLimits>]>([
    ["none when it is below a billion parameters", 0.5, { offered: 0 }],
    ["one call a turn when nobody knows its size", null, { offered: 8, parallel: false }],
    ["several at once when it is large", 70, { parallel: true }],
  ])("%s", async (_, billions, { offered: most, parallel }) => {
    const [request] = await offered({ toolsFor: toolsOfSize(billions) });
    if (most === 0) expect(request?.tools).toBeUndefined();
    else expect(request?.parallelToolCalls).toBe(parallel);
  });

  test("nothing for a question that no tool has any bearing on", async () => {
    const [request] = await offered({}, ask("Hello there, how are you?"));
    expect(request?.tools).toBeUndefined();
  });

  test("fewer where its context is short", async () => {
    const several = ask("Tell me of position size, compound interest, risk of ruin and the Kelly criterion.");
    const [request] = await offered({}, several, new ScriptedEngine({ contextSize: 300 }));
    const many = await offered({}, several);
    expect(request?.tools?.length).toBeGreaterThan(0);
    expect(request?.tools?.length).toBeLessThan(many[0]?.tools?.length ?? 0);
  });

  test("nothing where its context is too short for them", async () => {
    const [request] = await offered({}, question, new ScriptedEngine({ contextSize: 160 }));
    expect(request?.tools).toBeUndefined();
  });

  test("nothing when the desk has answered", async () => {
    const engine = new ScriptedEngine({ script: () => ({ answer: "Good." }) });
    const [request] = await offered(
      { askDesk: async () => ({ facts: [], card: "What is the price?\n\n", wantsProse: true }) },
      question,
      engine,
    );
    expect(request).toBeDefined();
    expect(request?.tools).toBeUndefined();
  });

  test("no more tokens than were asked for", async () => {
    const [request] = await offered({}, { ...question, sampling: { ...question.sampling, maxTokens: 5 } });
    expect(request?.tools).toBeDefined();
    expect(request?.sampling.maxTokens).toBe(5);
  });

  test("nothing any more where its engine takes no tools", async () => {
    const engine = new ScriptedEngine({
      script: ({ tools }) =>
        tools === undefined
          ? { answer: "Without." }
          : { answer: "x", failAt: { token: 0, error: new UnsupportedRequestError("No tools here.") } },
    });
    const requests = await offered({}, question, engine);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.tools).toBeUndefined();
  });
});
