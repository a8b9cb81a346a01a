/** Figures of an answer are known in the same way after its question was edited, and after it was asked again. */
import { expect, test } from "bun:test";
import { createDesk } from "../../src/finance/desk/create-desk.ts";
import { builtInInstruments } from "../../src/finance/instruments/catalog.ts";
import { answerFigures } from "../../src/generations/answer-figures.ts";
import { editQuestion, regenerate } from "../../src/workspace/ask-again.ts";
import { ask, openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { never } from "../generations/read-answer.ts";

test("an edit of the question and another answer leave the former answer's marks as they were", async () => {
  const desk = createDesk({
    instruments: () => builtInInstruments,
    prose: () => "free",
    isTiny: () => false,
  });
  const engine = new ScriptedEngine({
    script: ({ continueFrom }) => ({
      answer: `${continueFrom?.text ?? ""}Gold will be at 4,321 USD in 25 pips.`,
    }),
  });
  await using program = openAnswering({
    engines: [engine],
    askDesk: (text, { model }) => desk(text, { ownerId: null, model }),
  });
  const { store, generations } = program;
  const parts = {
    conversations: store.conversations,
    messages: { ...store.messages, generationOf: (id: string) => store.generations.forMessage(id) },
    generations,
  };
  const figuresOf = (id: string) => {
    const generation = store.generations.get(id);
    const message = generation === undefined ? undefined : store.messages.get(generation.messageId);
    if (generation === undefined || message === undefined) throw new Error("It is not there.");
    return answerFigures(store, generation).figuresIn(message.content, { from: 0, isWhole: true });
  };
  const question = (pips: number) => {
    const asked = ask(`What position size on EURUSD with $10,000, 1% risk and a ${pips} pip stop?`);
    return { ...asked, sampling: { ...asked.sampling, maxTokens: 2000 } };
  };
  const first = await generations.ask(question(25));
  await generations.ended(first.id, never);
  const before = figuresOf(first.id);
  expect(new Set(before.map((figure) => figure.class))).toContain("computed");
  expect(before.filter((figure) => figure.class === "unsupported").map(({ text }) => text)).toEqual([
    "4,321",
  ]);

  const edited = await editQuestion(parts, first.questionId, question(50));
  await generations.ended(edited.id, never);
  const again = await regenerate(parts, first.messageId);
  await generations.ended(again.id, never);

  expect(figuresOf(first.id)).toEqual(before);
  expect(figuresOf(again.id).map(({ source: _, ...figure }) => figure)).toEqual(
    before.map(({ source: _, ...figure }) => figure),
  );
  // The former question's 25 pips prove nothing in the edited one's answer.
  const unproven = figuresOf(edited.id).filter((figure) => figure.class === "unsupported");
  expect(unproven.map(({ text }) => text)).toEqual(["4,321", "25"]);
});
