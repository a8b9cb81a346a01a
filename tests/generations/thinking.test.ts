/** Whether a model thinks, and how long, as its owner chose it. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestBody } from "../../src/engines/vllm/request-body.ts";
import { thoughtEnd } from "../../src/generations/thought-limit.ts";
import { thoughtCountOf, thoughtOf } from "../../src/generations/written-text.ts";
import { thinkingFields } from "../../src/server/thinking-fields.ts";
import { request } from "../contract/engine-contract.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { held, never, read, words } from "./read-answer.ts";

const folders: string[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

describe("How long a model thinks", () => {
  test("is told to its template, and stands in the receipt", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({ engines: [engine], templateFieldsOf: () => thinkingFields("low") });
    const { id } = await program.generations.ask(ask("What is gold?"));
    await read(program.generations, id);
    const templateFields = { enable_thinking: true, reasoning_effort: "low" };
    expect(engine.requests[0]?.templateFields).toEqual(templateFields);
    expect(program.generations.get(id)?.receipt?.templateFields).toEqual(templateFields);
  });

  test("is the template's own where nothing was chosen", async () => {
    const engine = new ScriptedEngine();
    await using program = openAnswering({
      engines: [engine],
      templateFieldsOf: () => thinkingFields("model"),
    });
    const { id } = await program.generations.ask(ask("What is gold?"));
    await read(program.generations, id);
    expect(engine.requests[0]).not.toHaveProperty("templateFields");
    expect(program.generations.get(id)?.receipt).not.toHaveProperty("templateFields");
  });

  test("stays as it was for an answer that is resumed after another choice", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "thinking-"));
    folders.push(dataDir);
    const { engine, reached } = held(words(6), 3);
    const first = openAnswering({
      dataDir,
      engines: [engine],
      templateFieldsOf: () => thinkingFields("off"),
    });
    const { id } = await first.generations.ask(ask("What is gold?"));
    await reached;
    await first[Symbol.asyncDispose]();
    const later = new ScriptedEngine({ script: () => ({ answer: words(6) }) });
    await using second = openAnswering({
      ...{ dataDir, engines: [later] },
      templateFieldsOf: () => thinkingFields("high"),
    });
    second.generations.recover();
    await read(second.generations, id);
    expect(later.requests[0]?.templateFields).toEqual({ enable_thinking: false });
  });
});

describe("A thought that is ended before it ends by itself", () => {
  const thinking = (thoughtTokens: number) => {
    const asked = ask("What is gold?");
    return { ...asked, sampling: { ...asked.sampling, thoughtTokens } };
  };
  const thinker = (reasoningPace?: () => Promise<void>) =>
    new ScriptedEngine({
      script: () => ({
        ...{ reasoning: words(40), answer: "Gold rose." },
        ...(reasoningPace === undefined ? {} : { reasoningPace }),
      }),
    });

  test("has as many tokens as it may have, and the model answers from it", async () => {
    const engine = thinker();
    await using program = openAnswering({ engines: [engine] });
    const { id } = await program.generations.ask(thinking(5));
    await read(program.generations, id);
    const tokens = program.generations.tokens(id, 0);
    expect(thoughtCountOf(tokens)).toBe(5);
    expect(tokens[5]).toEqual(thoughtEnd);
    expect(program.generations.textSoFar(id).text).toBe("Gold rose.");
    expect(program.generations.get(id)).toMatchObject({ state: "done", finishReason: "stop" });
    expect(engine.requests.map(({ continueFrom }) => continueFrom?.isThoughtOver)).toEqual([undefined, true]);
  });

  test("is none at all with a budget of none, and whole with more than it needs", async () => {
    await using program = openAnswering({ engines: [thinker()] });
    const shortest = await program.generations.ask(thinking(0));
    await read(program.generations, shortest.id);
    expect(thoughtCountOf(program.generations.tokens(shortest.id, 0))).toBe(1);
    const whole = await program.generations.ask(thinking(4_000));
    await read(program.generations, whole.id);
    const tokens = program.generations.tokens(whole.id, 0);
    expect(thoughtOf(tokens)).toBe(words(40));
    expect(tokens).not.toContainEqual(thoughtEnd);
  });

  test("is ended by its reader, once; later it is an answer", async () => {
    const { promise: go, resolve } = Promise.withResolvers<void>();
    let thought = 0;
    const engine = thinker(async () => {
      thought += 1;
      if (thought === 4) await go;
    });
    await using program = openAnswering({ engines: [engine] });
    const { generations } = program;
    expect(generations.answerNow("nothing")).toBe(false);
    const { id } = await generations.ask(ask("What is gold?"));
    for await (const update of generations.follow(id, 0, never))
      if (update.type === "tokens" && update.from + update.tokens.length >= 3) break;
    expect(generations.answerNow(id)).toBe(true);
    resolve();
    await read(generations, id);
    expect(thoughtCountOf(generations.tokens(id, 0))).toBeLessThan(10);
    expect(generations.textSoFar(id).text).toBe("Gold rose.");
    expect(generations.answerNow(id)).toBe(false);
  });

  test("stays ended when the program dies before the answer's first word", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "thought-"));
    folders.push(dataDir);
    const reached = Promise.withResolvers<void>();
    const mute = new ScriptedEngine({
      script: () => ({
        ...{ reasoning: words(40), answer: "Gold rose." },
        pace: async (_, signal) => {
          reached.resolve();
          await new Promise<void>((resolve) =>
            signal.addEventListener("abort", () => resolve(), { once: true }),
          );
        },
      }),
    });
    const first = openAnswering({ dataDir, engines: [mute] });
    const { id } = await first.generations.ask(thinking(5));
    await reached.promise;
    await first[Symbol.asyncDispose]();
    const later = thinker();
    await using second = openAnswering({ dataDir, engines: [later] });
    second.generations.recover();
    await read(second.generations, id);
    expect(later.requests[0]?.continueFrom?.isThoughtOver).toBe(true);
    expect(thoughtCountOf(second.generations.tokens(id, 0))).toBe(5);
    expect(second.generations.textSoFar(id).text).toBe("Gold rose.");
  });

  test("is ended once, where a model thinks on all the same", async () => {
    let asked = 0;
    const deaf = new ScriptedEngine({
      script: (request) => {
        asked += 1;
        Object.assign(request, { continueFrom: undefined });
        return { reasoning: words(12), answer: "Gold rose." };
      },
    });
    await using program = openAnswering({ engines: [deaf] });
    const { id } = await program.generations.ask(thinking(3));
    await read(program.generations, id);
    expect(asked).toBe(2);
    expect(program.generations.textSoFar(id).text).toBe("Gold rose.");
  });

  test("is not asked of a vLLM again, which is told to answer without one", () => {
    const thought = [{ text: "Hm.", ids: [] }];
    const over = request("What is gold?", {}, { continueFrom: { text: "", thought, isThoughtOver: true } });
    const fields = { enable_thinking: false, reasoning_effort: "low" };
    expect(requestBody("m", over, 10)).toMatchObject({ chat_template_kwargs: fields });
    const spoken = { continueFrom: { text: "Gold", thought, isThoughtOver: true as const } };
    expect(requestBody("m", request("What is gold?", {}, spoken), 10)).not.toHaveProperty(
      "chat_template_kwargs",
    );
  });
});
