import { expect, test } from "bun:test";
import { archiveOf } from "../../../src/conversations/transfer/export-archive.ts";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import { cardFor } from "../../../src/finance/desk/create-desk.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { growth } from "../../finance/facts/growth.ts";
import { conversation, generation, message } from "../../store/rows.ts";
import { temporaryStore } from "../../store/temporary-store.ts";

const { facts } = growth();
const [fact] = facts;

/** A conversation with one answer of the desk, in a file. */
function archiveWith(
  facts: readonly (typeof fact)[],
  { question = "A question", card = "**9.86 %**" } = {},
): Uint8Array {
  using store = temporaryStore();
  store.wholeConversations.insert({
    conversation: conversation({ id: "c" }),
    messages: [
      message({ id: "q", conversationId: "c", content: question }),
      message({ id: "a", conversationId: "c", parentId: "q", role: "assistant", content: card }),
    ],
    generations: [
      {
        ...generation({
          id: "g",
          conversationId: "c",
          questionId: "q",
          messageId: "a",
          state: "done",
          endedAt: 5,
        }),
        tokens: [
          { text: "", ids: [], facts },
          { text: card, ids: [], card: true },
        ],
      },
    ],
  });
  using reading = store.openSnapshot();
  return new TextEncoder().encode([...archiveOf(reading, ["c"], 1)].join(""));
}

test("An imported fact is kept when it is computed here again", async () => {
  using store = temporaryStore();
  expect((await importFile(store, null, archiveWith(facts))).refused).toEqual([]);
  expect(store.facts.ofGeneration("g")).toEqual([{ fact, textOffset: 0 }]);
  expect(store.facts.get(fact.id, null)).toEqual(fact);
  expect((await importFile(store, null, archiveWith(facts))).imported).toEqual([]);
});

test("An imported fact that nothing proves is no fact: its figure stays, unchecked", async () => {
  for (const forged of [
    { ...fact, value: "99.86" },
    { ...fact, formula: { ...fact.formula, id: "tea-leaves" } },
    { ...fact, formula: { ...fact.formula, version: 2 } },
    { ...fact, unit: "USD" },
  ]) {
    using store = temporaryStore();
    const report = await importFile(store, null, archiveWith([forged]));
    expect(report.refused).toEqual([]);
    expect(store.facts.ofGeneration("g")).toEqual([]);
    expect(store.messages.get("a")?.content).toBe("**9.86 %**");
    expect((await importFile(store, null, archiveWith([forged]))).imported).toEqual([]);
  }
});

test("An imported fact has the program's own words: a file's words prove no figure", async () => {
  using store = temporaryStore();
  const forged = { ...fact, assumptions: ["The price will be 99,999 USD."], label: "In 2031: 42" };
  expect((await importFile(store, null, archiveWith([forged]))).refused).toEqual([]);
  expect(store.facts.ofGeneration("g")).toEqual([{ fact, textOffset: 0 }]);
});

test("An imported card that asks is one only where the desk asks the same", async () => {
  const question = "What position size should I use on EURUSD with a $10,000 account?";
  const own = cardFor(question, builtInInstruments)?.card ?? "";
  for (const [card, isKept] of [
    [own, true],
    [own.replace("10,000", "99,000"), false],
  ] as const) {
    using store = temporaryStore();
    await importFile(store, null, archiveWith([], { question, card }));
    const cards = store.tokenLog.read("g").filter(({ card }) => card);
    expect(cards.map(({ text }) => text)).toEqual(isKept ? [own] : []);
    expect(store.messages.get("a")?.content).toBe(card);
  }
});
