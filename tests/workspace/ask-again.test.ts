import { expect, test } from "bun:test";
import type { Generation } from "../../src/store/schema.ts";
import {
  type AskingParts,
  answerOf,
  continueAnswer,
  editQuestion,
  regenerate,
} from "../../src/workspace/ask-again.ts";
import { stopAndWait } from "../../src/workspace/end-answers.ts";
import { type Answering, ask, openAnswering } from "../fakes/answering.ts";
import { held, never, words } from "../generations/read-answer.ts";

const partsOf = ({ store, generations }: Answering): AskingParts => ({
  conversations: store.conversations,
  messages: { ...store.messages, generationOf: (id) => store.generations.forMessage(id) },
  generations,
});
const ended = async ({ generations }: Answering, { id }: Generation) => generations.ended(id, never);
const refused = (work: () => Promise<unknown>) => {
  const begun = new Promise((resolve) => resolve(work()));
  return begun.then(
    () => "nothing",
    (error: Error) => error.message,
  );
};

test("an edited question and another answer stand beside the former ones, which are kept", async () => {
  await using program = openAnswering();
  const parts = partsOf(program);
  const first = await program.generations.ask(ask("What is a bond?"));
  await ended(program, first);
  const edited = await editQuestion(parts, first.questionId, ask("What is a share?"));
  await ended(program, edited);
  const again = await regenerate(parts, edited.messageId);
  await ended(program, again);
  const { messages } = program.store;
  const question = messages.get(edited.questionId);
  expect(question).toMatchObject({ content: "What is a share?", parentId: null });
  expect(edited.conversationId).toBe(first.conversationId);
  expect(question && messages.siblingIds(question)).toHaveLength(2);
  expect(again.questionId).toBe(edited.questionId);
  expect(answerOf(parts, again.messageId).id).toBe(again.id);
});

test("what is no question is not edited, what is no answer is not asked again, what is deleted is not there", async () => {
  await using program = openAnswering();
  const parts = partsOf(program);
  const first = await program.generations.ask(ask("What is a bond?"));
  await ended(program, first);
  expect(await refused(() => editQuestion(parts, first.messageId, ask("No.")))).toContain("Only a question");
  expect(await refused(() => regenerate(parts, first.questionId))).toContain("is a question");
  expect(await refused(() => continueAnswer(parts, first.questionId))).toContain("is a question");
  expect(await refused(() => continueAnswer(parts, first.messageId))).toContain("complete");
  program.store.messages.setDeleted(first.questionId, 1);
  expect(await refused(() => editQuestion(parts, first.questionId, ask("No.")))).toContain("no such message");
  expect(await refused(() => regenerate(parts, first.messageId))).toContain("no such message");
});

test("a stopped answer's end is waited for; an answer that has ended is no wait", async () => {
  const { engine, reached } = held(words(9), 3);
  await using program = openAnswering({ engines: [engine] });
  const { id } = await program.generations.ask(ask("Count."));
  await reached;
  expect(await stopAndWait(program.generations, id, never)).toBe(true);
  expect(program.generations.get(id)?.state).toBe("stopped");
  expect(await stopAndWait(program.generations, id, AbortSignal.abort())).toBe(true);
});
