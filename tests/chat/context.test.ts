import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  buildContext,
  memoriesBeforeQuestion,
  type PromptTurn,
  type TurnSummary,
} from "../../src/chat/context.ts";
import { PromptTooLongError } from "../../src/errors.ts";

const turn = (id: string, role: PromptTurn["role"], content: string): PromptTurn => ({
  id,
  role,
  content,
  promptContext: "",
});
const countWords = async (messages: readonly { readonly content: string }[]) =>
  messages.reduce((sum, { content }) => sum + content.split(" ").length, 0);

const conversation = (exchanges: number) => [
  ...Array.from({ length: exchanges }, (_, n) => [
    turn(`q${n}`, "user", `question number ${n}`),
    turn(`a${n}`, "assistant", `answer number ${n} of some length`),
  ]).flat(),
  turn("now", "user", "the question"),
];

describe("The prompt", () => {
  test("whatever fits: nothing is both kept and dropped, nothing is lost, and the budget holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 30, max: 400 }), async (exchanges, contextSize) => {
        const turns = conversation(exchanges);
        const built = await buildContext({
          systemPrompt: "be brief",
          turns,
          contextSize,
          maxTokens: 10,
          countTokens: countWords,
        });
        expect([...built.droppedMessageIds, ...built.messageIds]).toEqual(turns.map(({ id }) => id));
        expect(built.promptTokens).toBeLessThanOrEqual(built.budgetTokens ?? 0);
        expect(built.messages[0]?.role).toBe("system");
        expect(built.messages.at(-1)?.content).toBe("the question");
      }),
    );
  });

  test("what is dropped changes only every few turns, so that the cache of the rest is of use", async () => {
    const beginnings: (string | undefined)[] = [];
    for (let exchanges = 10; exchanges < 18; exchanges++) {
      const built = await buildContext({
        systemPrompt: "be brief",
        turns: conversation(exchanges),
        contextSize: 100,
        maxTokens: 10,
        countTokens: countWords,
      });
      beginnings.push(built.messageIds[0]);
    }
    expect(new Set(beginnings).size).toBeLessThanOrEqual(3);
  });

  test("a question that never got an answer is left out, and the receipt says so", async () => {
    const built = await buildContext({
      systemPrompt: "be brief",
      turns: [turn("q0", "user", "lost"), turn("a0", "assistant", ""), turn("now", "user", "the question")],
      contextSize: null,
      maxTokens: 10,
      countTokens: countWords,
    });
    expect(built.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(built.droppedMessageIds.toSorted()).toEqual(["a0", "q0"]);
  });

  test("a question that does not fit even alone is refused", async () => {
    const long = buildContext({
      systemPrompt: "be brief",
      turns: [turn("now", "user", "word ".repeat(200))],
      contextSize: 100,
      maxTokens: 10,
      countTokens: countWords,
    });
    expect(await long.catch((error: unknown) => error)).toBeInstanceOf(PromptTooLongError);
  });

  test("a memory cannot break out of its line", () => {
    const text = memoriesBeforeQuestion([{ key: "a\nkey", value: "two\n\nlines" }]);
    expect(text.split("\n").filter((line) => line.startsWith("- "))).toEqual([
      "- The user said of a key: two lines",
    ]);
    expect(memoriesBeforeQuestion([])).toBe("");
  });

  test("a memory says who said it: what a model answered is no fact", () => {
    const asked = {
      key: "What is gold?",
      value: "Question: What is gold?\nAnswer: A metal.",
      kind: "exchange",
    } as const;
    expect(memoriesBeforeQuestion([asked])).toContain(
      "- The user asked: What is gold? You answered then: A metal.",
    );
    const same = { key: "I hold no gold", value: "I hold no gold at all" };
    expect(memoriesBeforeQuestion([same])).toContain("- The user said: I hold no gold at all");
  });
});

describe("A summary in the prompt", () => {
  const summary = (n: number, content = `summary ${n}`): TurnSummary => ({
    messageId: `a${n}`,
    content,
    model: "demo",
  });
  const build = (exchanges: number, contextSize: number, summaries: readonly TurnSummary[]) =>
    buildContext({
      systemPrompt: "be brief",
      turns: conversation(exchanges),
      summaries,
      contextSize,
      maxTokens: 10,
      countTokens: countWords,
    });

  test("stands at the end of the system prompt, and is the one that tells of most of what is left out", async () => {
    const others = [summary(9), { ...summary(2), messageId: "of another branch" }];
    const built = await build(16, 140, [summary(1), summary(3), ...others]);
    expect(built.droppedMessageIds.at(-1)).toBe("a7");
    expect(built.summary).toEqual(summary(3));
    expect(built.messages[0]?.content).toStartWith("be brief\n\n");
    expect(built.messages[0]?.content).toEndWith("\nsummary 3");
    expect(built.messages.map(({ role }) => role).slice(0, 3)).toEqual(["system", "user", "assistant"]);
  });

  test("is not there while everything fits", async () => {
    const built = await build(2, 400, [summary(0)]);
    expect(built.summary).toBeNull();
    expect(built.messages[0]?.content).toBe("be brief");
  });

  test("that does not even fit alone is left out, and the prompt is the one without it", async () => {
    const without = await build(10, 100, []);
    expect(await build(10, 100, [summary(0, "word ".repeat(90))])).toEqual(without);
  });

  test("whatever there is: the budget holds, nothing is lost, and only what is left out is told of", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(30),
        fc.integer({ min: 30, max: 400 }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(120)), { maxLength: 4 }),
        async (exchanges, contextSize, lengths) => {
          const summaries = lengths.map(([n, length]) => summary(n, "word ".repeat(length)));
          const turns = conversation(exchanges);
          const built = await build(exchanges, contextSize, summaries);
          expect([...built.droppedMessageIds, ...built.messageIds]).toEqual(turns.map(({ id }) => id));
          expect(built.promptTokens).toBe(await countWords(built.messages));
          expect(built.promptTokens).toBeLessThanOrEqual(built.budgetTokens ?? 0);
          if (built.summary !== null) expect(built.droppedMessageIds).toContain(built.summary.messageId);
        },
      ),
    );
  });

  test("keeps the beginning of the prompt the same until more is left out", async () => {
    const beginnings: (string | undefined)[] = [];
    for (let exchanges = 19; exchanges < 22; exchanges++)
      beginnings.push((await build(exchanges, 180, [summary(3)])).messages[0]?.content);
    expect(new Set(beginnings).size).toBe(1);
    expect(beginnings[0]).toEndWith("summary 3");
  });
});
