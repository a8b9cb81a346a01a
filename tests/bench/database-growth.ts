/**
 * How much the database grows by an answer of 30 tokens, before and after its log is packed, half of them remembered:
 * `bun tests/bench/database-growth.ts [answers]`.
 */
import { createMemory } from "../../src/memory/memory.ts";
import { rememberExchange } from "../../src/memory/remember-exchange.ts";
import { openAnswering } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { silent } from "../store/temporary-store.ts";

const answers = Number(process.argv[2] ?? 2_000);
const dimensions = 384;
const vectorOf = () => Float32Array.from({ length: dimensions }, () => Math.random() - 0.5);
const embedder = {
  model: "random",
  dimensions,
  longestText: 509,
  embed: async (texts: readonly string[]) => texts.map(vectorOf),
  countTokens: async (texts: readonly string[]) => texts.map(() => 1),
  async [Symbol.asyncDispose]() {},
};

const words = "gold and silver trade near the highs of the week while yields fall and the dollar is weaker ";
const answer = words.repeat(2).split(" ").slice(0, 30).join(" ");
await using program = openAnswering({ engines: [new ScriptedEngine({ script: () => ({ answer }) })] });
const { store, generations } = program;
await using memory = createMemory({ store, embedder, log: silent });
let number = 0;
generations.events.subscribe((event) => {
  if (event.type !== "exchanged" || number % 2 === 1) return;
  return rememberExchange(memory, { ...event.exchange, ownerId: event.ownerId }).then(() => {});
});
const sampling = { temperature: 0.7, topP: 0.95, maxTokens: 100, stop: [], topLogprobs: null };
for (; number < answers; number++) {
  const message = `Question ${number}: how do gold and silver trade?`;
  const { id } = await generations.ask({ message, model: "auto", sampling, memoryContext: 0 });
  for await (const update of generations.follow(id, 0, new AbortController().signal)) void update;
}
await generations.idle();
await memory.pending();
const each = () => {
  store.space.emptyLog();
  return Math.round(store.usage().fileBytes / answers);
};
const before = each();
for (let after: string | null = ""; after !== null; ) {
  const waiting = store.tokenLog.waiting(Number.MAX_SAFE_INTEGER, after, 30);
  store.tokenLog.pack(waiting.ids);
  after = waiting.last;
}
while (store.space.shrink(1_000));
const free = new (await import("bun:sqlite")).Database(`${program.dataDir}/assistant.db`, { readonly: true });
const pages = free.query<{ freelist_count: number }, []>("PRAGMA freelist_count").get()?.freelist_count ?? 0;
const used = Math.round(each() - (pages * 4096) / answers);
console.log(`${answers} answers: ${before} bytes each; packed ${used} (pages to be used again not counted)`);
try {
  const rows = free
    .query<{ name: string; bytes: number }, []>(
      "SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC LIMIT 14",
    )
    .all();
  for (const { name, bytes } of rows)
    console.log(`${String(Math.round(bytes / answers)).padStart(6)}  ${name}`);
} catch {
  // This build of SQLite has no dbstat: the sum stands above.
}
