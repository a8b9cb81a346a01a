import { expect, test } from "bun:test";
import { conversation, generation } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

function storeWithConversation() {
  const store = temporaryStore();
  store.conversations.insert(conversation());
  return store;
}

test("a generation comes back as it was stored, every field of it", () => {
  using store = storeWithConversation();
  const whole = generation({
    state: "failed",
    namesModel: true,
    receipt: {
      systemPrompt: "Be careful.",
      messageIds: ["a"],
      droppedMessageIds: ["b"],
      memories: [{ id: "m", key: "risk", score: 0.5 }],
      promptTokens: 12,
      budgetTokens: null,
    },
    writers: [{ engine: "llama", model: "demo", modelHash: null, fromToken: 0 }],
    finishReason: "length",
    usage: { promptTokens: 12, cachedTokens: 0, completionTokens: 3 },
    error: { code: "engine_failed", message: "Ask again." },
    crashes: 1,
    idempotencyKey: "key",
    startedAt: 2,
    endedAt: 3,
  });
  store.generations.insert(whole);
  store.generations.insert(generation({ id: "bare" }));
  expect(store.generations.get("generation")).toEqual(whole);
  expect(store.generations.get("bare")).toEqual(generation({ id: "bare" }));
  expect(store.generations.get("unknown")).toBeUndefined();
});

test("an idempotency key names one generation, and cannot name a second", () => {
  using store = storeWithConversation();
  store.generations.insert(generation({ idempotencyKey: "key" }));
  expect(store.generations.byIdempotencyKey("key")?.id).toBe("generation");
  expect(store.generations.byIdempotencyKey("other")).toBeUndefined();
  expect(() => store.generations.insert(generation({ id: "second", idempotencyKey: "key" }))).toThrow(
    "UNIQUE",
  );
});

test("the unfinished ones are those queued or running, oldest first", () => {
  using store = storeWithConversation();
  const states = ["running", "done", "queued", "stopped", "failed", "queued"] as const;
  for (const [index, state] of states.entries())
    store.generations.insert(generation({ id: `${state}-${index}`, state, createdAt: 100 - index }));
  expect(store.generations.unfinished().map(({ id }) => id)).toEqual(["queued-5", "queued-2", "running-0"]);
});

test("a patch changes what it names and nothing else", () => {
  using store = storeWithConversation();
  store.generations.insert(generation());
  const done = generation({ state: "done", finishReason: "stop", endedAt: 9 });
  expect(store.generations.update("generation", { state: "done", finishReason: "stop", endedAt: 9 })).toBe(
    true,
  );
  expect(store.generations.get("generation")).toEqual(done);
  expect(store.generations.update("generation", {})).toBe(true);
  expect(store.generations.get("generation")).toEqual(done);
  store.generations.update("generation", { finishReason: null, endedAt: null });
  expect(store.generations.get("generation")).toEqual(generation({ state: "done" }));
  expect(store.generations.update("unknown", { state: "done" })).toBe(false);
});

test("crashes are counted", () => {
  using store = storeWithConversation();
  store.generations.insert(generation());
  expect(store.generations.addCrash("generation")).toBe(1);
  expect(store.generations.addCrash("generation")).toBe(2);
  expect(store.generations.get("generation")?.crashes).toBe(2);
  expect(store.generations.addCrash("unknown")).toBe(0);
});

test("the newest generation of a message is the one that counts", () => {
  using store = storeWithConversation();
  store.generations.insert(generation({ id: "late", createdAt: 5 }));
  store.generations.insert(generation({ id: "early", createdAt: 1 }));
  store.generations.insert(generation({ id: "late too", createdAt: 5 }));
  expect(store.generations.forMessage("answer")?.id).toBe("late too");
  expect(store.generations.forMessage("unknown")).toBeUndefined();
});
