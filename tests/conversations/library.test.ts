import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { ConversationLibrary, type LibraryChange } from "../../src/conversations/library.ts";
import { IdempotencyKeyReusedError, InvalidRequestError, NotFoundError } from "../../src/errors.ts";
import { conversation, generation, memory, message } from "../store/rows.ts";
import { temporaryStore } from "../store/temporary-store.ts";

/** A conversation with a question, two answers to it, and a second question below the first of them. */
function openLibrary() {
  const store = temporaryStore();
  const stopped: string[] = [];
  let now = 1_000;
  const library = new ConversationLibrary({
    store,
    stopAnswers: (id) => void stopped.push(id),
    searchTerms: (text) => text.split(" ").filter(Boolean),
    now: () => now,
  });
  const changes: LibraryChange[] = [];
  library.onChange((change) => changes.push(change));
  store.conversations.insert(conversation({ id: "c", title: "Gold" }));
  const say = (id: string, parentId: string | null, role: "user" | "assistant", content: string) =>
    store.messages.insert(message({ id, conversationId: "c", parentId, role, content, createdAt: now++ }));
  say("q1", null, "user", "What is gold?");
  say("a1", "q1", "assistant", "A metal.");
  say("q2", "a1", "user", "And silver?");
  say("a1b", "q1", "assistant", "An element.");
  store.generations.insert(
    generation({
      id: "g1",
      conversationId: "c",
      questionId: "q1",
      messageId: "a1",
      state: "done",
      endedAt: 5,
    }),
  );
  store.tokenLog.append([{ generationId: "g1", firstIndex: 0, tokens: [{ text: "A metal.", ids: [1, 2] }] }]);
  return {
    store,
    library,
    stopped,
    changes,
    shown: () => store.messages.path("c").map(({ id }) => id),
    later: (milliseconds: number) => {
      now += milliseconds;
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

describe("The library of conversations", () => {
  test("is listed page by page, to the end", () => {
    using opened = openLibrary();
    const { store, library } = opened;
    for (let number = 0; number < 5; number++)
      store.conversations.insert(conversation({ id: `n${number}`, updatedAt: number }));
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = library.list(2, {}, cursor);
      seen.push(...page.conversations.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(["n4", "n3", "n2", "n1", "c", "n0"]);
    expect(() => library.list(2, {}, "nonsense")).toThrow(InvalidRequestError);
  });

  test("a name that the user gave stays; one that the program found does not replace it", () => {
    using opened = openLibrary();
    const { library, changes } = opened;
    expect(library.suggestTitle("c", "Precious metals")).toBe(true);
    expect(library.get("c")?.title).toBe("Precious metals");
    library.change("c", { title: "  My \n gold " });
    expect(library.get("c")?.title).toBe("My gold");
    expect(library.suggestTitle("c", "Another")).toBe(false);
    expect(() => library.change("c", { title: " " })).toThrow(InvalidRequestError);
    expect(() => library.change("x", { title: "y" })).toThrow(NotFoundError);
    expect(changes).toEqual([
      { conversationId: "c", of: "list" },
      { conversationId: "c", of: "list" },
    ]);
  });

  test("is pinned, archived, put into a folder and taken out again", () => {
    using opened = openLibrary();
    const { library } = opened;
    library.change("c", { pinned: true, folder: "Metals" });
    expect(library.list(9, { pinned: true }).conversations).toHaveLength(1);
    expect(library.folders()).toEqual(["Metals"]);
    library.change("c", { archived: true, pinned: false });
    expect(library.list(9, {}).conversations).toEqual([]);
    expect(library.list(9, { archived: true }).conversations).toHaveLength(1);
    library.change("c", { archived: false, folder: "" });
    expect(library.folders()).toEqual([]);
  });

  test("what is deleted can be brought back for a month, then it is gone for good", () => {
    using opened = openLibrary();
    const { library, stopped, later, shown } = opened;
    library.remove("c");
    expect(stopped).toEqual(["c"]);
    expect(library.get("c")).toBeUndefined();
    expect(() => library.change("c", { title: "x" })).toThrow(NotFoundError);
    expect(library.search("gold", 5)).toEqual([]);
    expect(library.bringBack("c").title).toBe("Gold");
    expect(shown()).toEqual(["q1", "a1b"]);

    library.remove("c");
    later(29 * 24 * 3_600_000);
    expect(library.purge()).toBe(0);
    later(2 * 24 * 3_600_000);
    expect(library.purge()).toBe(1);
    expect(() => library.bringBack("c")).toThrow(NotFoundError);
  });
});

test("each owner's trash keeps what was deleted for as many days as they have set", () => {
  using store = temporaryStore();
  const day = 24 * 3_600_000;
  let now = 100 * day;
  const library = new ConversationLibrary({
    store,
    stopAnswers: () => {},
    searchTerms: () => [],
    trashDays: (ownerId) => (ownerId === "anna" ? 90 : 7),
    now: () => now,
  });
  store.users.insert({ id: "anna", name: "anna", passwordHash: "x", role: "member", createdAt: 1 });
  for (const [id, ownerId] of [
    ["hers", "anna"],
    ["ours", null],
  ] as const) {
    store.conversations.insert(conversation({ id, ownerId, deletedAt: now }));
    store.memories.insert(memory({ id: `of-${id}`, ownerId, deletedAt: now }));
  }
  expect([library.keptDeletedMs, library.ofOwner("anna").keptDeletedMs]).toEqual([7 * day, 90 * day]);
  now += 8 * day;
  expect(library.purge()).toBe(1);
  const left = () =>
    ["hers", "ours"].filter((id) => store.conversations.getAny(id) && store.memories.getAny(`of-${id}`));
  expect(left()).toEqual(["hers"]);
  now += 83 * day;
  expect(library.purge()).toBe(1);
  expect(left()).toEqual([]);
});

describe("The branches of a conversation", () => {
  test("the one that a message is on is shown to its newest end, and stays shown", () => {
    using opened = openLibrary();
    const { library, shown } = opened;
    expect(shown()).toEqual(["q1", "a1b"]);
    library.show("a1");
    expect(shown()).toEqual(["q1", "a1", "q2"]);
    library.show("a1b");
    expect(shown()).toEqual(["q1", "a1b"]);
    expect(() => library.show("nobody")).toThrow(NotFoundError);
  });

  test("a message is deleted with what follows it; what stands beside it is shown, and it can be brought back", () => {
    using opened = openLibrary();
    const { library, shown, store } = opened;
    library.show("a1");
    library.removeMessage("a1");
    expect(shown()).toEqual(["q1", "a1b"]);
    expect(() => library.show("q2")).toThrow(NotFoundError);
    library.removeMessage("a1b");
    expect(shown()).toEqual(["q1"]);
    library.bringMessageBack("a1");
    expect(shown()).toEqual(["q1", "a1", "q2"]);
    library.removeMessage("q1");
    expect(shown()).toEqual([]);
    library.bringMessageBack("q1");
    expect(store.messages.lastOfPath("c")?.id).toBe("q2");
  });

  test("a copy up to a message is a conversation of its own, with its answers as they were written", async () => {
    using opened = openLibrary();
    const { library, store } = opened;
    const copy = await library.fork("a1");
    expect(copy).toMatchObject({ title: "Copy of Gold", forkedFrom: "c" });
    const path = store.messages.path(copy.id);
    expect(path.map(({ content }) => content)).toEqual(["What is gold?", "A metal."]);
    const answer = path.at(-1);
    const copied = store.generations.forMessage(answer?.id ?? "");
    expect(copied).toMatchObject({ state: "done", questionId: path[0]?.id ?? "" });
    expect(store.tokenLog.read(copied?.id ?? "")).toEqual([{ text: "A metal.", ids: [1, 2] }]);
    expect(copied?.endedAt).toBe(5);
    store.messages.setContent(answer?.id ?? "", "Changed");
    expect(store.messages.get("a1")?.content).toBe("A metal.");
  });

  test("a copy made while the answer is written ends with what was written until then", async () => {
    using opened = openLibrary();
    const { library, store } = opened;
    store.messages.insert(
      message({ id: "a3", conversationId: "c", parentId: "q2", role: "assistant", content: "" }),
    );
    store.generations.insert(
      generation({ id: "g3", conversationId: "c", questionId: "q2", messageId: "a3", state: "running" }),
    );
    store.tokenLog.append([{ generationId: "g3", firstIndex: 0, tokens: [{ text: "Silver is", ids: [7] }] }]);
    const last = store.messages.path((await library.fork("a3")).id).at(-1);
    expect(last?.content).toBe("Silver is");
    expect(store.generations.forMessage(last?.id ?? "")).toMatchObject({ state: "stopped" });
    expect(store.generations.get("g3")?.state).toBe("running");
  });
});

describe("A copy with a key", () => {
  test("is made once, however often it is asked for, and asked for with another message it is refused", async () => {
    using opened = openLibrary();
    const { library, store, changes } = opened;
    const copy = await library.fork("a1", "k");
    changes.length = 0;
    expect(await library.fork("a1", "k")).toEqual(copy);
    expect(changes).toEqual([]);
    await expect(library.fork("q1", "k")).rejects.toThrow(IdempotencyKeyReusedError);
    await expect(library.fork("nobody", "k")).rejects.toThrow(IdempotencyKeyReusedError);
    expect(library.list(10, {}).conversations).toHaveLength(2);
    expect((await library.fork("a1", "another")).id).not.toBe(copy.id);
    expect((await library.fork("a1")).id).not.toBe((await library.fork("a1")).id);
    expect(store.messages.path(copy.id)).toHaveLength(2);
  });

  test("is told of when what it is of has gone, and comes back when it was deleted itself", async () => {
    using opened = openLibrary();
    const { library } = opened;
    const copy = await library.fork("a1", "k");
    library.change(copy.id, { title: "Mine" });
    library.removeMessage("q1");
    library.remove(copy.id);
    expect(await library.fork("a1", "k")).toMatchObject({ id: copy.id, title: "Mine", deletedAt: null });
  });

  test("is each user's own: the same key of another one is another copy", async () => {
    using opened = openLibrary();
    const { library, store } = opened;
    store.users.insert({
      id: "anna",
      name: "anna",
      passwordHash: "",
      role: "member",
      createdAt: 1,
      disabledAt: null,
    });
    store.conversations.insert(conversation({ id: "theirs", ownerId: "anna" }));
    store.messages.insert(message({ id: "t1", conversationId: "theirs" }));
    const mine = await library.fork("a1", "k");
    const theirs = await library.ofOwner("anna").fork("t1", "k");
    expect(theirs).toMatchObject({ ownerId: "anna", forkedFrom: "theirs" });
    expect((await library.fork("a1", "k")).id).toBe(mine.id);
  });
});

test("a copy's receipts name the copy's messages, and its log has no keys of whoever continued the first one", async () => {
  using opened = openLibrary();
  const { library, store } = opened;
  const summary = { messageId: "a1", content: "Of gold.", model: "demo" };
  const receipt = {
    systemPrompt: "",
    messageIds: ["q1", "elsewhere"],
    droppedMessageIds: ["a1"],
    memories: [],
    promptTokens: 1,
    budgetTokens: 1,
    summary,
  };
  store.generations.update("g1", { receipt });
  const mark = { text: "", ids: [], continued: "failed", asked: { key: "secret", endedAt: 4 } } as const;
  store.tokenLog.append([{ generationId: "g1", firstIndex: 1, tokens: [mark] }]);
  const [question, answer] = store.messages.path((await library.fork("a1")).id);
  const copied = store.generations.forMessage(answer?.id ?? "");
  expect(copied?.receipt).toEqual({
    ...receipt,
    messageIds: [question?.id ?? "", "elsewhere"],
    droppedMessageIds: [answer?.id ?? ""],
    summary: { ...summary, messageId: answer?.id ?? "" },
  });
  expect(store.tokenLog.read(copied?.id ?? "", 1)).toEqual([{ text: "", ids: [], continued: "failed" }]);
});

test("a copy that the disk refuses half way is not there at all (it was, without the words' tokens)", async () => {
  using opened = openLibrary();
  const { store, library } = opened;
  using database = new Database(join(store.dataDir, "assistant.db"));
  database.run(
    "CREATE TRIGGER full BEFORE INSERT ON token_log BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
  );
  const before = library.list(10, {}).conversations.length;
  await expect(library.fork("a1")).rejects.toThrow();
  expect(library.list(10, {}).conversations).toHaveLength(before);
});
