import { afterEach, expect, test } from "bun:test";
import { IdempotencyKeyReusedError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { createMemory, type MemoryDependencies, type NewMemory } from "../../src/memory/memory.ts";
import { vectorName } from "../../src/memory/memory-vectors.ts";
import { createFakeEmbedder } from "../fakes/fake-embedder.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A memory on a store of its own, with a clock that ticks at every memory. */
function assistantMemory(own: Partial<MemoryDependencies> = {}) {
  const store = temporaryStore();
  let time = 0;
  const embedder = createFakeEmbedder();
  const memory = createMemory({
    store,
    embedder,
    log: silent,
    now: () => ++time,
    ...own,
  });
  ends.push(
    () => store[Symbol.dispose](),
    () => memory[Symbol.asyncDispose](),
  );
  const memorize = (key: string, value: string, rest: Partial<NewMemory> = {}) =>
    memory.memorize({ ownerId: null, key, value, category: "profile", ...rest });
  const recalled = async (question: string, limit = 5, exceptConversation?: string) => {
    await memory.pending();
    const { signal } = new AbortController();
    const found = await memory.recall(question, limit, {
      ownerId: null,
      signal,
      ...(exceptConversation === undefined ? {} : { exceptConversation }),
    });
    return found.map(({ memory }) => memory.value);
  };
  return { store, memory, embedder, memorize, recalled };
}

const byText = { embedder: null };

test("a memory is on disk before memorize resolves, and its vector follows", async () => {
  const { store, memory, embedder, memorize } = assistantMemory();
  await memory.pending();
  const made = await memorize("pension", "Wants to stop at 60");
  expect(store.memories.get(made.id)).toMatchObject({ key: "pension", embedding: null });
  await memory.pending();
  const stored = store.memories.get(made.id);
  expect(stored?.embeddingModel).toBe(vectorName(embedder.model));
  expect(stored?.embedding?.byteLength).toBe(embedder.dimensions);
});

test("what is stored with an id is stored once, though it comes many times at once, and nothing else with that id", async () => {
  const { store, memorize } = assistantMemory(byText);
  const made = await Promise.all(
    Array.from({ length: 20 }, () => memorize("pension", "At 60", { id: "one" })),
  );
  expect(new Set(made.map(({ createdAt }) => createdAt)).size).toBe(1);
  expect(store.memories.newest(null, 10)).toHaveLength(1);
  expect((await memorize("pension", "At 60", { id: "one" })).createdAt).toBe(made[0]?.createdAt ?? 0);
  for (const [key, value, category] of [
    ["pension", "At 65", "profile"],
    ["goal", "At 60", "profile"],
    ["pension", "At 60", "general"],
  ] as const) {
    const refused = memorize(key, value, { id: "one", category }).catch((error: unknown) => error);
    expect(await refused).toBeInstanceOf(IdempotencyKeyReusedError);
  }
  expect(store.memories.newest(null, 10)).toMatchObject([{ value: "At 60" }]);
});

test("a memory is recalled by its words, whatever their case, accents and endings", async () => {
  const { memorize, recalled } = assistantMemory(byText);
  await memorize("Bróker", "Trades gold with IBKR");
  expect(await recalled("Which broker am I with?")).toEqual(["Trades gold with IBKR"]);
  expect(await recalled("How is my GOLD trading going?")).toEqual(["Trades gold with IBKR"]);
});

test("a memory that shares no word is recalled by its meaning", async () => {
  const { memorize, recalled } = assistantMemory();
  await memorize("pension", "Wants to stop at 60");
  expect(await recalled("When can I retire?")).toEqual(["Wants to stop at 60"]);
});

test("what has nothing to do with the question is not recalled, by neither way", async () => {
  const { memorize, recalled } = assistantMemory();
  await memorize("pension", "Wants to stop at 60");
  await memorize("what to do", "How would you like to know it today?");
  expect(await recalled("What is the weather like today?")).toEqual([]);
  expect(await recalled("How do you do?")).toEqual([]);
  expect(await recalled("")).toEqual([]);
});

test("memories with all of the question's words come alone, those with some of them only when none has all", async () => {
  const { memorize, recalled } = assistantMemory(byText);
  await memorize("gold", "Holds 10 ounces");
  await memorize("silver", "Sold it");
  await memorize("gold and silver", "Thinks the ratio is high");
  expect(await recalled("gold silver")).toEqual(["Thinks the ratio is high"]);
  expect((await recalled("gold silver platinum")).toSorted()).toEqual([
    "Holds 10 ounces",
    "Sold it",
    "Thinks the ratio is high",
  ]);
});

test("what is found both by its words and by its meaning comes first", async () => {
  const { memorize, recalled } = assistantMemory();
  await memorize("pension", "Pays in monthly");
  await memorize("retire", "At 60");
  await memorize("monthly budget", "Spends 1,800");
  const [first, ...others] = await recalled("monthly pension");
  expect(first).toBe("Pays in monthly");
  expect(others).toContain("At 60");
});

test("a question may hold any signs: none of them is an operator of the search", async () => {
  const { memorize, recalled } = assistantMemory(byText);
  await memorize("EUR/USD", "Long from 1.08");
  for (const question of [`eur/usd`, `"eur" OR (usd`, `NEAR(eur usd)`, `eur* -usd ^ key:x {`, `eur'; DROP--`])
    expect(await recalled(question)).toEqual(["Long from 1.08"]);
  expect(await recalled("?!*")).toEqual([]);
});

test("of two memories on one subject both rows are kept, and only the newest is recalled", async () => {
  const { memory, memorize, recalled } = assistantMemory();
  await memorize("salary", "Earns 50,000 at Acme");
  await memorize("salary", "Earns 60,000");
  expect(await recalled("What is my salary?")).toEqual(["Earns 60,000"]);
  expect(await recalled("What is my income?")).toEqual(["Earns 60,000"]);
  expect(await recalled("Acme")).toEqual([]);
  expect(memory.newest(null, 5).map(({ value }) => value)).toEqual(["Earns 60,000", "Earns 50,000 at Acme"]);
  await memorize("salary", "As a figure of speech", { category: "other" });
  expect(await recalled("What is my salary?")).toHaveLength(2);
});

test("a newer memory hides the older one from the moment it is stored, though it has no vector yet", async () => {
  const { store, embedder, memorize, recalled } = assistantMemory();
  await memorize("pension", "Wants to stop at 60");
  expect(await recalled("When can I retire?")).toEqual(["Wants to stop at 60"]);
  embedder.refuses = "pension:";
  await memorize("pension", "Wants to stop at 65");
  expect(await recalled("When can I retire?")).toEqual([]);
  expect(store.memories.newest(null, 9)).toHaveLength(2);
});

test("a conversation's own memories are not recalled into it", async () => {
  const { memorize, recalled } = assistantMemory();
  await memorize("pension", "From here", { conversationId: "here" });
  await memorize("retirement", "From there", { conversationId: "there" });
  await memorize("retire", "By hand");
  expect(await recalled("pension retire retirement", 5, "here")).not.toContain("From here");
  expect((await recalled("old-age", 5, "here")).toSorted()).toEqual(["By hand", "From there"]);
  expect((await recalled("old-age", 5)).toSorted()).toEqual(["By hand", "From here", "From there"]);
});

test("no more than the limit are recalled, the best first, with falling scores from 0 to 1", async () => {
  const { memory, memorize } = assistantMemory();
  for (let index = 0; index < 20; index++) await memorize(`pension ${index}`, "retire");
  await memory.pending();
  const found = await memory.recall("pension", 3, { ownerId: null, signal: new AbortController().signal });
  expect(found).toHaveLength(3);
  const scores = found.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((left, right) => right - left));
  for (const score of scores) expect(score > 0 && score <= 1).toBe(true);
  expect(await memory.recall("pension", 0, { ownerId: null, signal: new AbortController().signal })).toEqual(
    [],
  );
});

test("vectors of another model are ignored, and made anew by this one", async () => {
  const { store, memorize, memory } = assistantMemory({ embedder: createFakeEmbedder("of yesterday") });
  const made = await memorize("pension", "Wants to stop at 60");
  await memory.pending();
  expect(store.memories.get(made.id)?.embeddingModel).toBe(vectorName("of yesterday"));

  const embedder = createFakeEmbedder("of today");
  embedder.behaviour = "fail";
  await using later = createMemory({ store, embedder, log: silent });
  await later.pending();
  const { signal } = new AbortController();
  expect(await later.recall("When can I retire?", 3, { ownerId: null, signal })).toEqual([]);

  await later.pending();
  embedder.behaviour = "work";
  await later.recall("The embedder works again", 3, { ownerId: null, signal });
  await later.pending();
  expect(store.memories.get(made.id)?.embeddingModel).toBe(vectorName("of today"));
  expect(await later.recall("When can I retire?", 3, { ownerId: null, signal })).toHaveLength(1);
});

test("memories that an earlier run left without a vector get theirs at the start", async () => {
  const { store, memorize } = assistantMemory(byText);
  for (let index = 0; index < 40; index++) await memorize(`pension ${index}`, "retire");
  const embedder = createFakeEmbedder();
  await using later = createMemory({ store, embedder, log: silent });
  await later.pending();
  expect(store.memories.toEmbed(null, 100)).toEqual([]);
});

test("a text that the embedder refuses costs no other memory its vector", async () => {
  const { store, memory, memorize, embedder } = assistantMemory();
  embedder.refuses = "bad";
  await Promise.all([memorize("pension", "good"), memorize("house", "bad"), memorize("salary", "good")]);
  await memory.pending();
  expect(store.memories.toEmbed(null, 9).map(({ key }) => key)).toEqual(["house"]);
});

test("while the embedder fails, text search answers, and the failure is logged without the question", async () => {
  const lines: string[] = [];
  const { memorize, recalled, embedder } = assistantMemory({
    log: createLog("warn", (line) => lines.push(line)),
    embedder: Object.assign(createFakeEmbedder(), { behaviour: "fail" as const }),
  });
  await memorize("pension", "Wants to stop at 60");
  expect(await recalled("my secret pension")).toEqual(["Wants to stop at 60"]);
  expect(lines.join("")).toContain("recall_by_text_alone");
  expect(lines.join("")).not.toContain("secret");
  expect(embedder.embedded).toEqual([]);
});

test("an embedder that hangs, deaf to its signal, delays recall by the deadline and no longer", async () => {
  const embedder = createFakeEmbedder();
  const { memorize, recalled } = assistantMemory({ embedder, embedDeadlineMs: 20 });
  await memorize("pension", "Wants to stop at 60");
  await recalled("anything");
  embedder.behaviour = "hang";
  expect(await recalled("my pension")).toEqual(["Wants to stop at 60"]);
});

test("an aborted recall throws the reason of its signal, even while the embedder hangs", async () => {
  const embedder = Object.assign(createFakeEmbedder(), { behaviour: "hang" as const });
  const { memory } = assistantMemory({ embedder });
  const controller = new AbortController();
  const recall = memory.recall("pension", 3, { ownerId: null, signal: controller.signal });
  controller.abort(new Error("the user left"));
  expect(recall).rejects.toThrow("the user left");
  expect(memory.recall("pension", 3, { ownerId: null, signal: controller.signal })).rejects.toThrow(
    "the user left",
  );
});

test("closing does not wait for an embedder that hangs, and nothing is written afterwards", async () => {
  const embedder = Object.assign(createFakeEmbedder(), { behaviour: "hang" as const });
  const { store, memory, memorize } = assistantMemory({ embedder });
  const made = await memorize("pension", "Wants to stop at 60");
  await memory[Symbol.asyncDispose]();
  expect(store.memories.get(made.id)?.embedding).toBeNull();
});

test.each([
  ["by meaning", {}],
  ["by words", byText],
])(
  "as of a moment, %s, what was known then is found, and nothing that came later or was forgotten",
  async (_, own) => {
    const { memory, memorize } = assistantMemory(own);
    const first = await memorize("risk", "Never risk more than 1 percent on one trade");
    const other = await memorize("broker", "The broker for every trade is in Cyprus");
    const second = await memorize("risk", "Never risk more than 2 percent on one trade");
    await memory.pending();
    const { signal } = new AbortController();
    const found = async (asOf?: number) => {
      const options = { ownerId: null, signal, ...(asOf === undefined ? {} : { asOf }) };
      const hits = await memory.recall("How much do I risk on one trade?", 5, options);
      return hits.map(({ memory: { value } }) => value).filter((value) => value.includes("risk"));
    };
    expect(await found()).toEqual([second.value]);
    expect(await found(second.createdAt)).toEqual([second.value]);
    expect(await found(other.createdAt)).toEqual([first.value]);
    expect(await found(first.createdAt - 1)).toEqual([]);
    await memory.forget(null, first.id);
    expect(await found(other.createdAt)).toEqual([]);
  },
);
