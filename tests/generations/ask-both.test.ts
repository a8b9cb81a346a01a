/** One question with two answers, each with its own settings. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoriesBeforeQuestion } from "../../src/chat/context.ts";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import type { Recall } from "../../src/generations/prompt-of.ts";
import type { AnswerSettings } from "../../src/generations/question.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { heldEngine } from "../fakes/held-engine.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { memory } from "../store/rows.ts";

const { model, memoryContext, sampling } = ask("");
const second = (rest: Partial<AnswerSettings> = {}): AnswerSettings => ({
  ...{ model, memoryContext, sampling: { ...sampling, temperature: 0.1 } },
  ...rest,
});
const remembered = { key: "risk", value: "I take little risk." };
const recall: Recall = async () => [
  {
    memory: memory({ id: "m1", ...remembered }),
    score: 1,
  },
];
const promptOf = ({ messages }: GenerateRequest) => messages.map(({ content }) => content).join("\n");
const hotter = (a: GenerateRequest, b: GenerateRequest) => b.sampling.temperature - a.sampling.temperature;

test("Two answers to one question are versions of each other, each made with its own settings", async () => {
  const engine = new ScriptedEngine();
  await using chat = openAnswering({ engines: [engine], recall });
  const question = ask("gold?", { memoryContext: 3, idempotencyKey: "once" });
  const both = await chat.generations.askBoth(question, second({ systemPrompt: "Answer in one word." }));
  const again = await chat.generations.askBoth(question, second());
  expect(again.map(({ id }) => id)).toEqual(both.map(({ id }) => id));
  await chat.generations.idle();

  const [shown, beside] = both;
  expect(both.map(({ questionId }) => questionId)).toEqual([
    shown?.questionId,
    shown?.questionId,
  ] as string[]);
  expect(chat.store.messages.path(shown?.conversationId ?? "").at(-1)?.id).toBe(shown?.messageId ?? "");
  const message = chat.store.messages.get(beside?.messageId ?? "");
  expect(message?.content).toContain("Gold is a metal.");
  expect(message && chat.store.messages.siblingIds(message)).toEqual(both.map(({ messageId }) => messageId));

  const [first, other] = engine.requests.toSorted(hotter).map(promptOf);
  expect(first).toContain("You are a financial assistant.");
  expect(first).toContain(memoriesBeforeQuestion([remembered]));
  expect(other).toStartWith("Answer in one word.");
  // Asked for without memories, it has none of the other's; neither has what follows it.
  expect(other).not.toContain(remembered.value);
  expect(chat.store.generations.get(beside?.id ?? "")?.receipt?.memories).toEqual([]);
  chat.store.conversations.update(shown?.conversationId ?? "", { leafId: beside?.messageId ?? "" });
  await chat.generations.ask(ask("and silver?", { conversationId: shown?.conversationId ?? "" }));
  await chat.generations.idle();
  expect(promptOf(engine.requests.at(-1) as GenerateRequest)).not.toContain(remembered.value);
});

test("Both are resumed after the program has ended, and one is stopped without the other", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "ask-both-"));
  const held = heldEngine();
  const first = openAnswering({ dataDir, engines: [held.engine] });
  const both = await first.generations.askBoth(ask("gold?"), second());
  await held.reaches(2);
  await first[Symbol.asyncDispose]();

  const other = heldEngine();
  await using chat = openAnswering({ dataDir, engines: [other.engine] });
  chat.generations.recover();
  await other.reaches(2);
  chat.generations.stop(both[1]?.id ?? "");
  other.goOn();
  await chat.generations.idle();
  expect(both.map(({ id }) => chat.generations.get(id)?.state)).toEqual(["done", "stopped"]);
  expect(chat.store.messages.get(both[0]?.messageId ?? "")?.content).toBe("Of gold? more");
  rmSync(dataDir, { recursive: true, force: true });
});

test("With one slot the second waits its turn and says so", async () => {
  const engine = new ScriptedEngine({ slots: 1 });
  await using chat = openAnswering({ engines: [engine] });
  const both = await chat.generations.askBoth(ask("gold?"), second());
  const waiting: unknown[] = [];
  for await (const update of chat.generations.follow(both[1]?.id ?? "", 0, AbortSignal.timeout(5000)))
    if (update.type === "waiting") waiting.push(update.position);
  expect(waiting[0]).toBe(1);
  expect(both.map(({ id }) => chat.generations.get(id)?.state)).toEqual(["done", "done"]);
});
