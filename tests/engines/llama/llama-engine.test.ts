import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { join } from "node:path";
import { LlamaText } from "node-llama-cpp";
import { LlamaEmbedder } from "../../../src/engines/llama/llama-embedder.ts";
import { LlamaEngine, type LlamaEngineOptions } from "../../../src/engines/llama/llama-engine.ts";
import { PromptTooLongError } from "../../../src/errors.ts";
import { createLog } from "../../../src/log.ts";
import { collect, describeEngine, never, request } from "../../contract/engine-contract.ts";
import { hereMs, leastBlock } from "../../loop-blocks.ts";

const models = join(import.meta.dir, "../../../models");
const smallModel = {
  id: "smollm2-135m-instruct",
  path: join(models, "SmolLM2-135M-Instruct.Q4_1.gguf"),
  sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
};

const createEngine = (options: Partial<LlamaEngineOptions> = {}) =>
  new LlamaEngine({
    threads: 1,
    parallel: 4,
    contextSize: 1024,
    gpu: false,
    resolveModel: async () => smallModel,
    log: createLog("error"),
    ...options,
  });

describeEngine("llama with a real GGUF", async () => createEngine());

describe("The llama engine", () => {
  let engine: LlamaEngine;
  beforeAll(async () => {
    engine = createEngine();
    await engine.ensureReady(never);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test("four streams at once decode in full batches and never block the event loop for 50 ms", async () => {
    // None of them is found in the cache: each run reads its prompts.
    const metals = [
      ["gold", "oil", "silver", "copper"],
      ["zinc", "tin", "nickel", "lead"],
      ["iron", "cobalt", "platinum", "lithium"],
    ];
    const block = await leastBlock(
      () => hereMs(50),
      async (run) => {
        const before = engine.counters;
        const answers = await Promise.all(
          (metals[run] ?? []).map((metal) =>
            collect(
              engine.generate(request(`Tell me about ${metal}.`, { maxTokens: 48, temperature: 0 }), never),
            ),
          ),
        );
        const steps = engine.counters.steps - before.steps;
        const runSteps = engine.counters.runSteps - before.runSteps;
        const longest = Math.max(...answers.map((answer) => answer.finish?.usage.completionTokens ?? 0));
        const all = answers.reduce((sum, answer) => sum + (answer.finish?.usage.completionTokens ?? 0), 0);
        // Nobody ever waits for a batch of its own: there are no more steps than the longest answer needs.
        expect(runSteps / steps).toBeGreaterThan((0.9 * all) / longest);
        expect(runSteps / steps).toBeGreaterThan(3);
      },
    );
    expect(block).toBeLessThan(hereMs(50));
  });

  test("the next turn of a conversation finds its earlier ones in the cache", async () => {
    const first = request("What is a bond?", { maxTokens: 16 });
    const answer = await collect(engine.generate(first, never));
    const next = await collect(
      engine.generate(
        {
          ...first,
          messages: [
            ...first.messages,
            { role: "assistant", content: answer.text },
            { role: "user", content: "And a share?" },
          ],
        },
        never,
      ),
    );
    const asked = answer.finish?.usage.promptTokens ?? 0;
    expect(next.finish?.usage.cachedTokens).toBeGreaterThanOrEqual(asked + 10);
  });

  test("a text of a megabyte is refused without being cut into tokens, which would hold everything up for seconds", async () => {
    const blanks = request(" ".repeat(1_000_000));
    const block = await leastBlock(
      () => hereMs(200),
      async () => {
        await expect(collect(engine.generate(blanks, never))).rejects.toBeInstanceOf(PromptTooLongError);
        expect(await engine.countTokens(blanks.messages, never)).toBeGreaterThan(
          engine.status().contextSize ?? 0,
        );
      },
    );
    expect(block).toBeLessThan(hereMs(200));
  });

  test("so are messages that are short, but many", async () => {
    const { messages } = request("x");
    const many = Array.from({ length: 5_000 }, () => messages).flat();
    const block = await leastBlock(
      () => hereMs(200),
      async () => {
        const asked = engine.generate({ ...request(""), messages: many }, never);
        await expect(collect(asked)).rejects.toBeInstanceOf(PromptTooLongError);
      },
    );
    expect(block).toBeLessThan(hereMs(200));
  });

  test("a prompt that was counted when it was built is not cut into tokens once more to be answered", async () => {
    const asked = request("What is gold?", { maxTokens: 1 });
    const counted = await engine.countTokens(asked.messages, never);
    using cut = spyOn(LlamaText.prototype, "tokenize");
    const { finish } = await collect(engine.generate(asked, never));
    expect(finish?.usage.promptTokens).toBe(counted);
    expect(cut).not.toHaveBeenCalled();
  });

  test("so are tools and calls of a megabyte, and no grammar is made of them", async () => {
    const parameters = { type: "object", properties: { a: { enum: ["x".repeat(1_000_000)] } } };
    const called = { id: "1", name: "f", arguments: JSON.stringify({ text: "x".repeat(1_000_000) }) };
    const asked = request("What is gold?");
    const message = { role: "assistant", content: "", toolCalls: [called] } as const;
    const block = await leastBlock(
      () => hereMs(200),
      async () => {
        for (const large of [
          { ...asked, tools: [{ name: "f", parameters }] },
          { ...asked, messages: [...asked.messages, message] },
        ])
          await expect(collect(engine.generate(large, never))).rejects.toBeInstanceOf(PromptTooLongError);
      },
    );
    expect(block).toBeLessThan(hereMs(200));
  });

  test("an answer that fills the context ends as cut by length, and drops nothing silently", async () => {
    const contextSize = 256;
    await using small = createEngine({ contextSize, parallel: 1 });
    const words = "gold ".repeat(contextSize - 60);
    const { finish } = await collect(
      small.generate(request(`${words} Tell me a long story.`, { maxTokens: 2000, temperature: 0 }), never),
    );
    expect(finish?.reason).toBe("length");
    const used = (finish?.usage.promptTokens ?? 0) + (finish?.usage.completionTokens ?? 0);
    expect(used).toBeLessThanOrEqual(contextSize);
  });

  test("an answer that is taken up by an engine that was started anew is byte for byte the same", async () => {
    const asked = request("Explain diversification.", { maxTokens: 24, temperature: 0.8 });
    const whole = await collect(engine.generate(asked, never));
    await using other = createEngine({ parallel: 1 });
    const before = whole.tokens.slice(0, 9);
    const after = await collect(
      other.generate(
        {
          ...asked,
          continueFrom: {
            text: before.map(({ text }) => text).join(""),
            tokens: { modelHash: smallModel.sha256, ids: before.flatMap(({ ids }) => ids) },
          },
        },
        never,
      ),
    );
    expect(before.map(({ text }) => text).join("") + after.text).toBe(whole.text);
  });

  test("a character that spans several tokens is shown whole or not at all", async () => {
    const { tokens } = await collect(
      engine.generate(request("Repeat: 🙂 日本 🚀 €", { maxTokens: 40, temperature: 0 }), never),
    );
    const unfinished = tokens.slice(0, -1).filter(({ text }) => text.includes("\uFFFD"));
    expect(unfinished).toEqual([]);
  });

  test("log-probabilities are those of the model: they add up to at most one", async () => {
    const { tokens } = await collect(
      engine.generate(request("What is gold?", { topLogprobs: 5, maxTokens: 4, temperature: 0 }), never),
    );
    for (const { logprob = 1, alternatives = [] } of tokens) {
      const sum = alternatives.reduce((total, alternative) => total + Math.exp(alternative.logprob), 0);
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeLessThanOrEqual(1.0001);
      // Greedy: the token that was drawn is the likeliest.
      expect(logprob).toBeCloseTo(alternatives[0]?.logprob ?? 1, 5);
    }
  });

  const createEmbedder = () =>
    new LlamaEmbedder({
      model: "all-minilm-l6-v2",
      modelPath: join(models, "all-MiniLM-L6-v2-q8_0.gguf"),
      dimensions: 384,
      library: () => engine.library(),
      log: createLog("error"),
    });

  test("the tokens of texts to embed are counted without holding everything up, eight megabytes of them too", async () => {
    await using embedder = createEmbedder();
    await embedder.embed(["gold"], never);
    const texts = Array.from({ length: 450 }, () => "a".repeat(16_000));
    const block = await leastBlock(
      () => hereMs(300),
      async () => {
        const counts = await embedder.countTokens([...texts, "a".repeat(1_000_000)], never);
        expect(counts.every((count) => count > embedder.longestText)).toBe(true);
      },
    );
    expect(block).toBeLessThan(hereMs(300));
  });

  test("one text is embedded between many others, not after them", async () => {
    await using embedder = createEmbedder();
    await embedder.embed(["gold"], never);
    const ended: string[] = [];
    const many = embedder.embed(Array(60).fill("gold and silver"), never).then(() => ended.push("many"));
    const one = embedder.embed(["What is gold?"], never).then(() => ended.push("one"));
    await Promise.all([many, one]);
    expect(ended).toEqual(["one", "many"]);
  });

  test("embeddings are of unit length, and nearer for texts of one subject", async () => {
    await using embedder = createEmbedder();
    const [gold, metal, cat] = await embedder.embed(
      ["The price of gold rose.", "Precious metals became more expensive.", "My cat sleeps on the sofa."],
      never,
    );
    const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
      Array.from(a ?? []).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0);
    expect(gold).toHaveLength(384);
    expect(dot(gold, gold)).toBeCloseTo(1, 4);
    expect(dot(gold, metal)).toBeGreaterThan(dot(gold, cat) + 0.2);
  });
});

describe("A llama engine whose model cannot be loaded", () => {
  test("says so in its status, and to everyone who asks", async () => {
    const path = join(import.meta.dir, "not-a-model.gguf.txt");
    await using engine = createEngine({ resolveModel: async () => ({ id: "broken", path, sha256: null }) });
    await expect(engine.ensureReady(never)).rejects.toMatchObject({ code: "model_unusable" });
    expect(engine.status()).toMatchObject({ state: "failed", problem: expect.stringContaining("broken") });
    await expect(collect(engine.generate(request("Hello?"), never))).rejects.toMatchObject({
      code: "model_unusable",
    });
  });
});

test("an embedder that is disposed of while it works does not kill the process", async () => {
  const script = join(import.meta.dir, "fixtures/dispose-while-embedding.ts");
  const child = Bun.spawn([process.execPath, script], { stdio: ["ignore", "pipe", "ignore"] });
  expect(await new Response(child.stdout).text()).toContain("alive");
  expect(await child.exited).toBe(0);
});
