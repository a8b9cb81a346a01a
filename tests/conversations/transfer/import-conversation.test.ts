import { describe, expect, test } from "bun:test";
import { importConversation } from "../../../src/conversations/transfer/import-conversation.ts";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import { temporaryStore } from "../../store/temporary-store.ts";
import { archive, archived, sound } from "./archived.ts";

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe("A conversation whose id is here already", () => {
  test("is skipped when all that is said in it is here, though it went on and was renamed since", () => {
    using store = temporaryStore();
    importConversation(store, null, sound());
    store.conversations.update("c", { title: "Renamed", updatedAt: 9 });
    store.messages.insert({
      id: "q2",
      conversationId: "c",
      parentId: "a",
      role: "user",
      content: "And then?",
      createdAt: 8,
    });
    expect(importConversation(store, null, sound())).toEqual({ id: "c", imported: false });
    expect(store.conversations.get("c")?.title).toBe("Renamed");
    expect(store.messages.all("c")).toHaveLength(3);
  });

  test("is brought back when it had been deleted", () => {
    using store = temporaryStore();
    importConversation(store, null, sound());
    store.conversations.update("c", { deletedAt: 5 });
    expect(importConversation(store, null, sound())).toEqual({ id: "c", imported: true });
    expect(store.conversations.get("c")).toBeDefined();
  });

  test("becomes a copy when it says something else; the same once more adds nothing", () => {
    using store = temporaryStore();
    importConversation(store, null, sound());
    const [question, answer] = sound().messages;
    if (question === undefined || answer === undefined) throw new Error("no messages");
    const other = { ...sound(), messages: [{ ...question, content: "Something else?" }, answer] };
    const copy = importConversation(store, null, other);
    expect(copy.imported).toBe(true);
    expect(copy.id).not.toBe("c");
    expect(store.messages.path("c")[0]?.content).toBe("How do I save?");
    const path = store.messages.path(copy.id);
    expect(path.map(({ content }) => content)).toEqual(["Something else?", "Yes."]);
    const made = store.generations.forMessage(path[1]?.id ?? "");
    expect(made).toMatchObject({ conversationId: copy.id, questionId: path[0]?.id ?? "" });
    expect(store.tokenLog.read(made?.id ?? "")).toEqual([{ text: "Yes.", ids: [7] }]);
    expect(importConversation(store, null, other)).toEqual({ id: copy.id, imported: false });
    expect(store.wholeConversations.ids(null)).toHaveLength(2);
  });

  test("becomes a copy when a message of it was deleted since: an import brings back what is lost", () => {
    using store = temporaryStore();
    importConversation(store, null, sound());
    store.messages.setDeleted("a", 5);
    const copy = importConversation(store, null, sound());
    expect(store.messages.path(copy.id)).toHaveLength(2);
  });

  test("becomes a copy, too, when only its messages' ids are taken", () => {
    using store = temporaryStore();
    importConversation(store, null, sound());
    const copy = importConversation(store, null, { ...sound(), id: "other" });
    expect(copy.imported).toBe(true);
    expect(store.messages.path(copy.id)).toHaveLength(2);
    expect(store.messages.path("c")).toHaveLength(2);
  });
});

test("a copy's receipts name the copy's messages, and what is not among them as it was", () => {
  using store = temporaryStore();
  importConversation(store, null, sound());
  const receipt = {
    systemPrompt: "",
    messageIds: ["q", "elsewhere"],
    droppedMessageIds: ["a"],
    memories: [],
    promptTokens: null,
    budgetTokens: null,
    summary: { messageId: "a", content: "They greeted each other.", model: "demo" },
  };
  const generations = sound().generations.map((each) => ({ ...each, receipt }));
  const { id } = importConversation(store, null, { ...sound(), generations });
  const [question, answer] = store.messages.path(id);
  expect(store.generations.forMessage(answer?.id ?? "")?.receipt).toEqual({
    ...receipt,
    messageIds: [question?.id ?? "", "elsewhere"],
    droppedMessageIds: [answer?.id ?? ""],
    summary: { ...receipt.summary, messageId: answer?.id ?? "" },
  });
});

describe("An answer that was unfinished when it was exported", () => {
  const unfinished = (state: string) =>
    archived({ answer: { content: "" }, generation: { state, startedAt: 2, endedAt: null } });

  test.each(["queued", "running"])("while it was %s is stopped, with what it had", async (state) => {
    using store = temporaryStore();
    await importFile(store, null, bytesOf(archive([unfinished(state)])));
    expect(store.generations.unfinished()).toEqual([]);
    expect(store.generations.get("g")).toMatchObject({ state: "stopped", endedAt: 2 });
    expect(store.messages.get("a")?.content).toBe("Yes.");
    const again = await importFile(store, null, bytesOf(archive([unfinished(state)])));
    expect(again).toMatchObject({ imported: [], skipped: ["c"] });
  });
});

test("an earlier try of an answer that was never finished does not give the answer its text", () => {
  using store = temporaryStore();
  const [made] = sound().generations;
  if (made === undefined) throw new Error("no generation");
  const earlier = { ...made, id: "g0", state: "running" as const, tokens: [{ text: "Ye", ids: [] }] };
  importConversation(store, null, { ...sound(), generations: [earlier, made] });
  expect(store.messages.get("a")?.content).toBe("Yes.");
});

test("an answer that was copied while it was being written comes as it is, without a text of its message", async () => {
  using store = temporaryStore();
  const file = bytesOf(archive([archived({ answer: { content: "" }, generation: { state: "stopped" } })]));
  expect(await importFile(store, null, file)).toMatchObject({ imported: ["c"], refused: [] });
  expect(store.messages.get("a")?.content).toBe("");
  expect(store.tokenLog.read("g")).toEqual([{ text: "Yes.", ids: [7] }]);
});

test("a memory that came of a conversation stays with it when that becomes a copy, and comes once", async () => {
  using store = temporaryStore();
  importConversation(store, null, sound());
  const memory = { id: "m", key: "k", value: "v", category: "c", conversationId: "c", createdAt: 1 };
  const file = bytesOf({ ...archive([archived({ question: { content: "Else?" } })]), memories: [memory] });
  const { imported, memories } = await importFile(store, null, file);
  expect(memories).toBe(1);
  expect(store.memories.get("m")?.conversationId).toBe(imported[0] ?? "");
  expect((await importFile(store, null, file)).memories).toBe(0);
  const changed = bytesOf({ ...archive([]), memories: [{ ...memory, value: "w" }] });
  expect((await importFile(store, null, changed)).memories).toBe(1);
  expect((await importFile(store, null, changed)).memories).toBe(0);
  expect([...store.memories.inOrder(null)].map(({ value }) => value)).toEqual(["v", "w"]);
});

test("half a character of UTF-16 becomes a sign for it, and the same file twice still adds nothing", async () => {
  using store = temporaryStore();
  const text = JSON.stringify(archive([archived()])).replace("How do", "\\ud83d How do");
  const bytes = new TextEncoder().encode(text);
  expect(await importFile(store, null, bytes)).toMatchObject({ imported: ["c"] });
  expect(store.messages.get("q")?.content).toStartWith("\uFFFD How do");
  expect(await importFile(store, null, bytes)).toMatchObject({ imported: [], skipped: ["c"] });
});

test("A field that is a record comes along, and a name that would change its prototype does not", async () => {
  using store = temporaryStore();
  const [made] = sound().generations;
  if (made === undefined) throw new Error("no answer");
  const logitBias = JSON.parse('{"7": -100, "__proto__": 1}');
  const biased = { ...sound(), generations: [{ ...made, sampling: { ...made.sampling, logitBias } }] };
  expect((await importFile(store, null, bytesOf(archive([biased])))).refused).toEqual([]);
  expect(store.generations.forMessage("a")?.sampling.logitBias).toEqual({ "7": -100 });
});
