import { describe, expect, expectTypeOf, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import fc from "fast-check";
import {
  Archive,
  type ArchiveConversation,
  type ArchiveGeneration,
  type ArchiveMemory,
  type ArchiveMessage,
} from "../../../src/conversations/transfer/archive-format.ts";
import { archiveOfAll } from "../../../src/conversations/transfer/export-archive.ts";
import { importConversation } from "../../../src/conversations/transfer/import-conversation.ts";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import type { Fact } from "../../../src/finance/facts/fact.ts";
import type { Store } from "../../../src/store/database.ts";
import type { MemoryText } from "../../../src/store/memories.ts";
import type {
  ContextReceipt,
  Conversation,
  Generation,
  LoggedToken,
  Message,
  Writer,
} from "../../../src/store/schema.ts";
import { conversation, generation, memory, message } from "../../store/rows.ts";
import { temporaryStore } from "../../store/temporary-store.ts";
import { fill, library } from "./arbitrary-library.ts";
import { sound } from "./archived.ts";

function exported(store: Store): string {
  using reading = store.openSnapshot();
  return [...archiveOfAll(reading, null, 1)].join("");
}

const isWhole = (store: Store, id: string) =>
  store.messages.all(id).every(({ deletedAt }) => deletedAt === null);

function withoutKeys(store: Store, id: string) {
  const whole = store.wholeConversations.read(id);
  if (whole === undefined) throw new Error(`${id} is not there`);
  return { ...whole, generations: whole.generations.map((made) => ({ ...made, idempotencyKey: null })) };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("An archive of everything", () => {
  test("imported into an empty store is the same library: exported again, it is the same to the byte", async () => {
    await fc.assert(
      fc.asyncProperty(library, async (any) => {
        using from = temporaryStore();
        using to = temporaryStore();
        fill(from, any);
        const archive = exported(from);
        const there = from.wholeConversations.ids(null);
        const report = await importFile(to, null, bytesOf(archive));
        expect(report.refused).toEqual([]);
        expect(report.imported).toEqual(there);
        expect(exported(to)).toBe(archive);
        for (const id of there) {
          if (isWhole(from, id)) expect(to.wholeConversations.read(id)).toEqual(withoutKeys(from, id));
          // One that shows a deleted message, which the program never lets happen, shows the newest path instead.
          if (from.messages.path(id).every(({ deletedAt }) => deletedAt === null))
            expect(to.messages.path(id)).toEqual(from.messages.path(id));
        }
        const again = await importFile(to, null, bytesOf(archive));
        expect(again).toEqual({
          imported: [],
          skipped: there,
          refused: [],
          memories: 0,
          presets: 0,
          documents: 0,
          projects: 0,
        });
        expect(exported(to)).toBe(archive);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  test("is of the form that its schema describes", () => {
    using store = temporaryStore();
    store.wholeConversations.insert({
      conversation: conversation({ id: "c" }),
      messages: [message({ id: "q", conversationId: "c" })],
      generations: [],
    });
    store.memories.insert(memory());
    expect(Value.Check(Archive, JSON.parse(exported(store)))).toBe(true);
  });

  test("has what the tables have: a new column must be taken along, or be left out on purpose", () => {
    expectTypeOf<keyof ArchiveConversation>().toEqualTypeOf<
      | Exclude<keyof Conversation, "ownerId" | "origin" | "deletedAt" | "seenAt">
      | "messages"
      | "generations"
      | "documents"
    >();
    expectTypeOf<keyof ArchiveMessage>().toEqualTypeOf<
      Exclude<keyof Message, "conversationId" | "deletedAt"> | "files" | "rating" | "passages"
    >();
    expectTypeOf<keyof ArchiveGeneration>().toEqualTypeOf<
      | Exclude<keyof Generation, "conversationId" | "idempotencyKey" | "namesModel" | "mayWait" | "request">
      | "tokens"
    >();
    expectTypeOf<keyof ArchiveMemory>().toEqualTypeOf<keyof MemoryText>();
    type Made = ArchiveGeneration;
    expectTypeOf<keyof NonNullable<Made["receipt"]>>().toEqualTypeOf<keyof ContextReceipt>();
    expectTypeOf<keyof Made["sampling"]>().toEqualTypeOf<keyof Generation["sampling"]>();
    expectTypeOf<keyof NonNullable<Made["usage"]>>().toEqualTypeOf<keyof NonNullable<Generation["usage"]>>();
    expectTypeOf<keyof NonNullable<Made["timings"]>>().toEqualTypeOf<
      keyof NonNullable<Generation["timings"]>
    >();
    expectTypeOf<keyof Made["writers"][number]>().toEqualTypeOf<keyof Writer>();
    type MadeFact = NonNullable<Made["tokens"][number]["facts"]>[number];
    expectTypeOf<keyof MadeFact>().toEqualTypeOf<keyof Fact>();
    expectTypeOf<keyof MadeFact["formula"]>().toEqualTypeOf<keyof Fact["formula"]>();
    expectTypeOf<keyof Made["tokens"][number]>().toEqualTypeOf<Exclude<keyof LoggedToken, "asked">>();
  });

  test("is of one moment, whatever is written while it is read", () => {
    using store = temporaryStore();
    store.conversations.insert(conversation({ id: "a", title: "Before", createdAt: 1 }));
    store.conversations.insert(conversation({ id: "b", title: "Before", createdAt: 2 }));
    using reading = store.openSnapshot();
    const pieces = archiveOfAll(reading, null, 1);
    pieces.next();
    store.conversations.update("b", { title: "After" });
    store.conversations.insert(conversation({ id: "c", createdAt: 3 }));
    store.memories.insert(memory());
    const rest = [...pieces].join("");
    expect(rest).toContain('"b"');
    expect(rest).not.toContain("After");
    expect(rest).not.toContain('"c"');
    expect(rest).not.toContain("risk tolerance");
  });

  test("has nothing of what was deleted, and no idempotency keys", () => {
    using store = temporaryStore();
    store.wholeConversations.insert({
      conversation: conversation({ id: "c", leafId: "a" }),
      messages: [
        message({ id: "q", conversationId: "c" }),
        message({ id: "a", conversationId: "c", parentId: "q", role: "assistant", deletedAt: 3 }),
        message({ id: "q2", conversationId: "c", parentId: "a", content: "Secret" }),
      ],
      generations: [
        {
          ...generation({ conversationId: "c", questionId: "q", messageId: "a", idempotencyKey: "once" }),
          tokens: [{ text: "Secret", ids: [] }],
        },
      ],
    });
    store.conversations.insert(conversation({ id: "gone", title: "Secret", deletedAt: 3 }));
    const archive = exported(store);
    expect(archive).not.toContain("Secret");
    expect(archive).not.toContain("once");
    expect(JSON.parse(archive).conversations).toMatchObject([
      { id: "c", leafId: null, messages: [{ id: "q" }] },
    ]);
  });

  test("has no key of whoever asked for an answer, or for more of it", () => {
    using store = temporaryStore();
    importConversation(store, null, sound());
    store.generations.update("g", { idempotencyKey: "once" });
    const mark = { text: "", ids: [], continued: "failed", asked: { key: "once", endedAt: 3 } } as const;
    store.tokenLog.append([{ generationId: "g", firstIndex: 1, tokens: [mark] }]);
    const archive = exported(store);
    expect(archive).toContain('"continued":"failed"');
    expect(archive).not.toContain("once");
  });

  test("can be imported though a token was impossible to its model, whose logarithm JSON cannot hold", async () => {
    using store = temporaryStore();
    using other = temporaryStore();
    importConversation(store, null, sound());
    const odd = { text: "", ids: [1], logprob: Number.NEGATIVE_INFINITY };
    store.tokenLog.append([{ generationId: "g", firstIndex: 1, tokens: [odd] }]);
    const report = await importFile(other, null, bytesOf(exported(store)));
    expect(report).toMatchObject({ imported: ["c"], refused: [] });
    expect(other.tokenLog.read("g", 1)).toEqual([{ text: "", ids: [1] }]);
  });
});
