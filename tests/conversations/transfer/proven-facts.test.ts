import { expect, test } from "bun:test";
import { archiveOfOne } from "../../../src/conversations/transfer/export-archive.ts";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import { growth } from "../../finance/facts/growth.ts";
import { conversation, generation, message } from "../../store/rows.ts";
import { temporaryStore } from "../../store/temporary-store.ts";

const { facts } = growth();
const [fact] = facts;

/** A conversation with one answer of the desk, in a file. */
function archiveWith(facts: readonly (typeof fact)[]): Uint8Array {
  using store = temporaryStore();
  store.wholeConversations.insert({
    conversation: conversation({ id: "c" }),
    messages: [
      message({ id: "q", conversationId: "c" }),
      message({ id: "a", conversationId: "c", parentId: "q", role: "assistant", content: "**9.86 %**" }),
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
          { text: "**9.86 %**", ids: [], card: true },
        ],
      },
    ],
  });
  using reading = store.openSnapshot();
  return new TextEncoder().encode([...archiveOfOne(reading, "c", 1)].join(""));
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
