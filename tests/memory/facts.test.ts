/** Facts: what supersedes what, what contradicts what, files of them, and what is said in a chat. */
import { afterEach, describe, expect, test } from "bun:test";
import { mayContradict } from "../../src/memory/contradictions.ts";
import { memoriesAsCsv, memoriesAsJson } from "../../src/memory/export-memories.ts";
import { importMemories } from "../../src/memory/import-memories.ts";
import { createMemory } from "../../src/memory/memory.ts";
import { requestToRemember, statedFact } from "../../src/memory/stated-fact.ts";
import { memory as row } from "../store/rows.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

const { signal } = new AbortController();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** By words alone, with a clock that ticks at every memory. */
function opened() {
  const store = temporaryStore();
  let time = 1_000_000;
  const memory = createMemory({ store, embedder: null, log: silent, now: () => ++time });
  ends.push(
    () => store[Symbol.dispose](),
    () => memory[Symbol.asyncDispose](),
  );
  const state = (key: string, value: string, rest: object = {}) =>
    memory.memorize({ ownerId: null, key, value, category: "general", ...rest });
  const recalled = async (question: string, asOf?: number) =>
    (
      await memory.recall(question, 5, { ownerId: null, signal, ...(asOf === undefined ? {} : { asOf }) })
    ).map((hit) => hit.memory.value);
  return { store, memory, state, recalled, now: () => time };
}

describe("a fact that has changed", () => {
  test("is recalled no more, and as of before it is the one that is", async () => {
    const { memory, state, recalled, now } = opened();
    const rule = await state("risk rule", "Never risk more than 1.25% on one trade");
    const before = now();
    await memory.supersede(null, rule.id, { value: "Never risk more than 1% on one trade" });
    const asked = "How much may I risk on one trade?";
    expect(await recalled(asked)).toEqual(["Never risk more than 1% on one trade"]);
    expect(await recalled(asked, before)).toEqual(["Never risk more than 1.25% on one trade"]);
    expect(memory.history(null, rule.id).map(({ value }) => value)).toHaveLength(2);
    expect(memory.isCurrent(rule.id)).toBe(false);
  });

  test("is replaced by one of another subject when it is named, until that one is forgotten", async () => {
    const { memory, state, recalled } = opened();
    const old = await state("broker", "My broker is Northwind");
    const made = await memory.supersede(null, old.id, { key: "bank", value: "My broker is Southsea" });
    expect(await recalled("Who is my broker?")).toEqual(["My broker is Southsea"]);
    expect(memory.history(null, made.id).map(({ id }) => id)).toEqual([made.id, old.id]);
    await memory.forget(null, made.id);
    expect(await recalled("Who is my broker?")).toEqual(["My broker is Northwind"]);
  });

  test("holds from and until when it is said to", async () => {
    const { state, recalled, now } = opened();
    await state("rate", "My savings rate is 3 percent", { validFrom: 2_000_000, validTo: 3_000_000 });
    const asked = "What is my savings rate?";
    expect(now()).toBeLessThan(1_900_000);
    expect(await recalled(asked)).toEqual([]);
    expect(await recalled(asked, 2_500_000)).toEqual(["My savings rate is 3 percent"]);
    expect(await recalled(asked, 3_000_000)).toEqual([]);
  });
});

describe("contradictions", () => {
  const fact = (key: string, value: string) => ({ key, value, category: "general" });
  test.each([
    [
      "risk rule",
      "Never risk more than 1.25% on one trade",
      "trade risk",
      "Risk 2% on one trade, never more",
    ],
    ["rent", "My flat costs 1,150 euros of rent a month", "flat", "The rent of my flat is 1,200 €"],
    [
      "limit",
      "At most three trades a day, 5 pips of slippage",
      "slippage",
      "Slippage limit of 8 pips for trades",
    ],
  ])("%s: %s, and %s: %s", (key, value, otherKey, other) => {
    expect(mayContradict(fact(key, value), fact(otherKey, other), 0.8)).toBe(true);
  });
  test.each([
    ["the same figure", "rule", "Risk 1% on one trade", "risk", "On one trade risk 1 percent"],
    ["another unit", "rule", "Risk 1% on one trade", "risk", "Risk 300 euros on one trade"],
    ["another subject", "rent", "The flat costs 1,150 euros", "car", "The old Golf costs 18,000 euros"],
    [
      "a key of another number",
      "goal 2024",
      "Save 1,000 euros this year",
      "goal 2025",
      "Save 2,000 euros this year",
    ],
    ["no figure", "broker", "My broker is Northwind", "bank", "My broker is Southsea"],
    ["one subject, which is superseded", "rule", "Risk 1% on one trade", "rule", "Risk 2% on one trade"],
    [
      "one number in two ways of writing",
      "goal",
      "Save 1.250 euros a year",
      "save",
      "A year save 1250 euros",
    ],
  ])("not: %s", (_, key, value, otherKey, other) => {
    expect(mayContradict(fact(key, value), fact(otherKey, other), 0.8)).toBe(false);
  });

  test("are flagged on both until one is superseded, changed or settled, and nothing is resolved by itself", async () => {
    const { memory, state, recalled } = opened();
    const first = await state("risk rule", "Never risk more than 1.25% of the account on one trade");
    const second = await state("trade risk", "Never risk more than 2% of the account on one trade");
    await memory.pending();
    const ids = (id: string) => memory.contradicting(null, id).map((one) => one.id);
    expect([ids(first.id), ids(second.id)]).toEqual([[second.id], [first.id]]);
    expect(await recalled("How much may I risk on one trade?")).toHaveLength(2);
    await memory.settle(null, first.id, second.id);
    await memory.pending();
    expect([ids(first.id), ids(second.id)]).toEqual([[], []]);
    const third = await state("account risk", "Never risk more than 3% of the account on one trade");
    await memory.pending();
    expect(ids(third.id).toSorted()).toEqual([first.id, second.id].toSorted());
    await memory.change(null, third.id, {
      value: "Never risk more than 2% and 1.25% of the account on one trade",
    });
    await memory.pending();
    expect(ids(third.id)).toEqual([]);
  });
});

describe("a file of memories", () => {
  const file = (entries: unknown) => ({ name: "mine.json", text: JSON.stringify(entries) });

  test("is read as it was written, in JSON and in CSV, and comes once", async () => {
    const from = opened();
    const old = await from.state("broker", 'Northwind, "the old one"\nwith two lines');
    await from.memory.supersede(null, old.id, { key: "bank", value: "=Southsea" });
    await from.state("asked", "Question: Why?\nAnswer: So.", { kind: "exchange" });
    for (const write of [memoriesAsJson, memoriesAsCsv]) {
      const to = opened();
      const text = [...write(from.memory.inOrder(null))].join("");
      const report = await importMemories(to.memory, null, { name: "mine", text });
      expect(report).toMatchObject({ added: 3, known: 0, refused: [] });
      expect([...to.memory.inOrder(null)].map(({ key, kind, source }) => [key, kind, source])).toEqual([
        ["broker", "fact", "imported"],
        ["bank", "fact", "imported"],
        ["asked", "exchange", "imported"],
      ]);
      expect([...to.memory.inOrder(null)].map(({ id }) => to.memory.isCurrent(id))).toEqual([
        false,
        true,
        true,
      ]);
      expect(await importMemories(to.memory, null, { name: "again", text })).toMatchObject({
        added: 0,
        known: 3,
      });
    }
  });

  test("is undone as a whole, and can be imported again", async () => {
    const { memory, state } = opened();
    await state("mine", "It stays");
    const entries = [
      { key: "a", value: "one" },
      { key: "b", value: "two", category: "c" },
      { key: "a", value: "one" },
    ];
    const { id, added, known } = await importMemories(memory, null, file(entries));
    expect([added, known]).toEqual([2, 1]);
    const undone = await memory.forgetAll(null, memory.ofImport(null, id));
    expect(undone.count).toBe(2);
    expect(memory.newest(null, 9).map(({ key }) => key)).toEqual(["mine"]);
    expect(await memory.bringBackAll(null, undone.moment)).toBe(2);
    await memory.forgetAll(null, memory.ofImport(null, id));
    const again = await importMemories(memory, null, file(entries));
    expect(again).toMatchObject({ added: 2 });
    expect(memory.ofImport(null, again.id)).toHaveLength(2);
  });

  test("names the entries that cannot be read, and stores the others", async () => {
    const { memory } = opened();
    const entries = [
      7,
      { key: "k" },
      { key: "k", value: "v", kind: "rule" },
      { key: "k", value: "v", confidence: 2 },
    ];
    const more = [
      { key: "k", value: "v", valid_from: "soon" },
      { key: "k".repeat(501), value: "v" },
      { key: "k", value: "v" },
    ];
    const { added, refused } = await importMemories(memory, null, file([...entries, ...more]));
    expect([added, refused.map(({ entry }) => entry)]).toEqual([1, [1, 2, 3, 4, 5, 6]]);
    for (const text of ["{", "nothing", '{"a": 1}'])
      expect(await importMemories(memory, null, { name: "", text }).catch((error) => error.status)).toBe(422);
  });
});

describe("what is said in a chat", () => {
  test.each([
    ["Remember that my broker charges 7 USD per lot.", "My broker charges 7 USD per lot."],
    ["please remember: I trade in the morning", "I trade in the morning"],
    ["Merke dir, dass ich nie über Nacht halte", "Ich nie über Nacht halte"],
    ["Bitte merk dir, dass mein Depot bei der ING liegt.", "Mein Depot bei der ING liegt."],
    ["Recuerda que mi límite es 2%", "Mi límite es 2%"],
  ])("%s", (said, text) => {
    expect(requestToRemember(said)?.text).toBe(text);
  });
  test.each([
    "Do you remember that I trade gold?",
    "Remember that time when gold fell?",
    "Remember that day in May.",
    "I remember that my broker was cheap",
    "What should I remember about stops?",
    "Remember me",
    "Note 5 of the report",
  ])("not: %s", (said) => {
    expect(requestToRemember(said)).toBeNull();
  });
  test("has a subject that a later statement on the same supersedes", () => {
    expect(statedFact("My monthly salary is 60,000").key).toBe("monthly salary");
    expect(statedFact("Mein Risiko ist 1 %").key).toBe("risiko");
    expect(statedFact("broker = Northwind")).toMatchObject({ key: "broker", value: "Northwind" });
    expect(statedFact("Never hold overnight").key).toBe("Never hold overnight");
  });
});

test("a corrected sentence is not headed by what it said before; a subject of its own stays", async () => {
  const { memory } = opened();
  const rule = await memory.memorize({
    ownerId: null,
    ...statedFact("I never risk more than 1.25% on one trade."),
  });
  const corrected = await memory.supersede(null, rule.id, {
    value: "I never risk more than 2% on one trade.",
  });
  expect(corrected.key).toBe("I never risk more than 2% on one trade.");
  expect(memory.isCurrent(rule.id)).toBe(false);
  expect(memory.history(null, corrected.id).map(({ id }) => id)).toEqual([corrected.id, rule.id]);
  const changed = await memory.change(null, corrected.id, {
    key: corrected.key,
    value: "I risk 1% at most.",
  });
  expect(changed.key).toBe("I risk 1% at most.");
  const newest = await memory.supersede(null, changed.id, { value: "I risk 3% at most." });
  expect(memory.history(null, newest.id).map(({ value }) => value)).toEqual([
    "I risk 3% at most.",
    "I risk 1% at most.",
    "I never risk more than 1.25% on one trade.",
  ]);
  const salary = await memory.memorize({ ownerId: null, ...statedFact("My salary is 3,000 euros.") });
  const later = await memory.supersede(null, salary.id, { value: "My salary is 3,200 euros." });
  expect([salary.key, later.key]).toEqual(["salary", "salary"]);
  expect((await memory.change(null, later.id, { key: "pay", value: "3,300 euros" })).key).toBe("pay");
});

test("a contradiction is found also where very many facts share all of its words: by its meaning", async () => {
  using store = temporaryStore();
  const dimensions = 8;
  const near = (text: string) =>
    Float32Array.from({ length: dimensions }, (_, at) => (at === (text.includes("percent") ? 0 : 1) ? 1 : 0));
  const embedder = {
    ...{ model: "two-meanings", dimensions, longestText: 500 },
    embed: async (texts: readonly string[]) => texts.map(near),
    countTokens: async (texts: readonly string[]) => texts.map((text) => text.length),
    async [Symbol.asyncDispose]() {},
  };
  // More than are counted: each of these words is common then.
  store.transaction(() => {
    for (let at = 0; at < 1_100; at++)
      store.memories.insert(
        row({ id: `m${at}`, key: `note ${at}`, value: "I close the gold position.", isCompared: true }),
      );
  });
  await using memory = createMemory({ store, embedder, log: silent });
  const state = (key: string, share: number) =>
    memory.memorize({
      ...{ ownerId: null, key, value: `I close the gold position at ${share} percent.` },
      category: "general",
    });
  const first = await state("stop", 3);
  const second = await state("exit", 5);
  await memory.pending();
  expect(memory.contradicting(null, second.id).map(({ id }) => id)).toEqual([first.id]);
});
