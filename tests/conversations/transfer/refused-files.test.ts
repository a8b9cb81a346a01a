import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import { ImportRefusedError } from "../../../src/conversations/transfer/transfer-errors.ts";
import type { Store } from "../../../src/store/database.ts";
import { temporaryStore } from "../../store/temporary-store.ts";
import { archive, archived, type Patch, sound } from "./archived.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const isEmpty = (store: Store) =>
  store.wholeConversations.ids(null).length === 0 && [...store.memories.inOrder(null)].length === 0;

describe("A file that is no export", () => {
  const whole = JSON.stringify(archive([archived()]));
  test.each([
    ["empty", "", "not valid JSON"],
    ["a word", "hello", "not valid JSON"],
    ["cut off", whole.slice(0, -30), "not valid JSON"],
    ["cut off in a text", whole.slice(0, whole.indexOf("How do")), "not valid JSON"],
    ["with one bracket too many", `${whole}]`, "not valid JSON"],
    ["with the wrong brackets", '[{"mapping": {]}', "not valid JSON"],
    ["a number", "5", "no export"],
    ["another object", '{"a": {"b": []}}', "no export"],
    ["another list", '[{"a": 1}]', "no export"],
    ["of a newer version", whole.replace('"version":1', '"version":2'), "newer version"],
    ["a ZIP file", "PK\u0003\u0004…", "Unpack it"],
  ])("%s is refused with a sentence, and nothing is stored", async (_, text, reason) => {
    using store = temporaryStore();
    const refusal = importFile(store, null, bytesOf(text));
    expect(refusal).rejects.toThrow(ImportRefusedError);
    expect(refusal).rejects.toThrow(reason);
    await refusal.catch(() => {});
    expect(isEmpty(store)).toBe(true);
  });

  test("not in UTF-8 is refused", async () => {
    using store = temporaryStore();
    const latin = Uint8Array.from([...bytesOf('[{"title": "'), 0xe9, ...bytesOf('", "mapping": {}}]')]);
    expect(importFile(store, null, latin)).rejects.toThrow("UTF-8");
  });

  test("with a byte order mark is read, and an empty list is an export of nothing", async () => {
    using store = temporaryStore();
    expect(await importFile(store, null, bytesOf(`\uFEFF${whole}`))).toMatchObject({ imported: ["c"] });
    expect(await importFile(store, null, bytesOf(" [ ]\n"))).toMatchObject({ imported: [], refused: [] });
  });

  test("nested a million deep is refused, or passed over where nothing reads it", async () => {
    using store = temporaryStore();
    const deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    expect(importFile(store, null, bytesOf(deep))).rejects.toThrow(ImportRefusedError);
    const inside = JSON.stringify(archive([archived()])).replace('"title":', `"extra":${deep},"title":`);
    expect(await importFile(store, null, bytesOf(inside))).toMatchObject({ imported: ["c"] });
  });
});

describe("A conversation that would break what the program relies on", () => {
  const cases: readonly (readonly [string, Patch, string])[] = [
    ["without a title", { title: undefined }, "title is missing"],
    ["with a time that is no number", { createdAt: "now" }, "createdAt is missing, of another form"],
    ["with a time that no date has", { updatedAt: 1e300 }, "updatedAt"],
    ["with an id that is an address", { id: "../../etc" }, "id is missing, of another form"],
    ["that shows a message that is not there", { leafId: "x" }, "leafId names"],
    ["with messages that are no list", { messages: {} }, "messages is missing"],
    ["with an unknown role", { question: { role: "system" } }, "messages[0].role"],
    ["with a text that is too long", { question: { content: "x".repeat(2_000_001) } }, "messages[0].content"],
    ["with a parent that is not there", { question: { parentId: "x" } }, "messages[0] follows"],
    ["with an answer to nothing", { answer: { parentId: null } }, "messages[1] is an answer that follows no"],
    ["with one id twice", { answer: { id: "q" } }, "messages[1].id stands there twice"],
    ["with a circle", { question: { parentId: "a" } }, "in a circle"],
    ["without the generation of an answer", { generations: [] }, "messages[1] is an answer without"],
    ["with a generation of another answer", { generation: { messageId: "q" } }, "generations[0] belongs"],
    ["with a state of its own", { generation: { state: "begun" } }, "generations[0].state"],
    ["that shows what it does not say", { generation: { tokens: [{ text: "No.", ids: [] }] } }, "tokens"],
    ["with half a token", { generation: { tokens: [{ text: "Yes." }] } }, "generations[0].tokens[0].ids"],
  ];
  test.each([...cases])(
    "%s is refused with the place, and the others are imported",
    async (_, patch, reason) => {
      using store = temporaryStore();
      const file = archive([archived(patch), archived({}, "d")]);
      const report = await importFile(store, null, bytesOf(JSON.stringify(file)));
      expect(report.imported).toEqual(["d"]);
      expect(report.refused).toHaveLength(1);
      expect(report.refused[0]?.reason).toContain(reason);
      expect(store.wholeConversations.ids(null)).toEqual(["d"]);
      expect(store.messages.get("q")).toBeUndefined();
    },
  );

  test("with a path longer than a conversation can be is refused, one as long is not", async () => {
    using store = temporaryStore();
    const [question] = sound().messages;
    const pathOf = (length: number) =>
      Array.from({ length }, (_, index) => ({
        ...question,
        id: `p${index}`,
        parentId: index === 0 ? null : `p${index - 1}`,
      }));
    const patch = { leafId: null, generations: [] };
    const tooLong = archived({ ...patch, title: "Long", messages: pathOf(20_001) });
    const asLong = archived({ ...patch, messages: pathOf(20_000) });
    const report = await importFile(store, null, bytesOf(JSON.stringify(archive([tooLong, asLong]))));
    expect(report.imported).toEqual(["c"]);
    expect(report.refused).toEqual([
      { title: "Long", reason: "messages has a path of more than 20000 messages." },
    ]);
  }, 20_000);

  test("as a foreign one whose messages follow each other in a circle is refused", async () => {
    using store = temporaryStore();
    const node = (parent: string, role: string) => ({
      parent,
      message: { author: { role }, content: { parts: ["x"] } },
    });
    for (const role of ["user", "assistant", "system"]) {
      const mapping = { a: node("b", role), b: node("a", role) };
      const file = bytesOf(JSON.stringify([{ title: "Round", mapping }]));
      expect((await importFile(store, null, file)).refused).toEqual([
        { title: "Round", reason: "The messages follow each other in a circle." },
      ]);
    }
    expect(isEmpty(store)).toBe(true);
  });

  test("a memory without a text is refused, the others are imported", async () => {
    using store = temporaryStore();
    const memory = { id: "m", key: "k", value: "v", category: "c", conversationId: null, createdAt: 1 };
    const memories = [memory, { ...memory, id: "n", value: 5 }, 7];
    const report = await importFile(store, null, bytesOf(JSON.stringify({ ...archive([]), memories })));
    expect(report.memories).toBe(1);
    expect(report.refused.map(({ reason }) => reason)).toEqual([
      "value is missing, of another form than an archive's, or too long.",
      "It is no object.",
    ]);
  });
});

describe("Hostile keys", () => {
  test("are passed over, wherever they stand, and change no object", async () => {
    using store = temporaryStore();
    const hostile = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
    const text = JSON.stringify(archive([archived()]))
      .replaceAll("{", `{${hostile}`)
      .replaceAll(",}", "}");
    expect(await importFile(store, null, bytesOf(text))).toMatchObject({ imported: ["c"], refused: [] });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(JSON.stringify(store.wholeConversations.read("c"))).not.toContain("polluted");
  });

  test("as ids of another program's messages are ids like any other", async () => {
    using store = temporaryStore();
    const text = `[{"id": "__proto__", "title": "constructor", "current_node": "toString", "mapping": {
      "__proto__": {"message": {"author": {"role": "user"}, "content": {"parts": ["Q"]}}},
      "toString": {"parent": "__proto__", "message": {"author": {"role": "assistant"}, "content": {"parts": ["A"]}}}
    }}]`;
    const { imported } = await importFile(store, null, bytesOf(text));
    expect(store.messages.path(imported[0] ?? "").map(({ content }) => content)).toEqual(["Q", "A"]);
  });
});

test("whatever JSON a file holds, it is imported or refused, never a defect", async () => {
  using store = temporaryStore();
  const names = [
    "mapping",
    "chat",
    "history",
    "messages",
    "id",
    "parent",
    "message",
    "author",
    "role",
    "content",
  ];
  const key = fc.oneof(fc.constantFrom(...names, "parts", "format", "version", "conversations"), fc.string());
  const value = fc.anything({ key, withNullPrototype: false, maxDepth: 5 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(value, fc.array(fc.dictionary(key, value))), async (any) => {
      try {
        await importFile(store, null, bytesOf(JSON.stringify(any) ?? ""));
      } catch (error) {
        expect(error).toBeInstanceOf(ImportRefusedError);
      }
    }),
    { numRuns: 500 },
  );
});
