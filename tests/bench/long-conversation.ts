/**
 * What a conversation's length costs: builds a long one in a temporary store and prints the server's time for opening
 * it, for an earlier page, for what one turn weighs in the page, and for asking and streaming, beside an empty one.
 *
 *   bun tests/bench/long-conversation.ts [--messages 2000] [--times 20]
 */
import { parseArgs } from "node:util";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine, scriptTokens } from "../fakes/scripted-engine.ts";
import { conversation, generation, message } from "../store/rows.ts";
import { median } from "./result-table.ts";

const { values: settings } = parseArgs({
  options: {
    messages: { type: "string", default: "2000" },
    times: { type: "string", default: "20" },
  },
});
const messages = Number(settings.messages);
const times = Number(settings.times);

const question = "What would a monthly plan of $300 at 6% a year grow to, and what if the rate falls?";
const answer = [
  "It depends on **how long** you wait, and on what it costs.",
  "",
  "| Years | 6 % | 4 % |",
  "|---|---:|---:|",
  "| 10 | $49,164 | $44,175 |",
  "| 20 | $138,612 | $110,032 |",
  "",
  "1. Put three months of expenses aside first.",
  "2. Then choose the share of funds by how long you can wait.",
  "",
  "The future value is `FV = P * ((1+r)^n - 1) / r`, with *P* the payment and *r* the rate of a month. ".repeat(
    3,
  ),
].join("\n");

/** @param count messages, question and answer in turn */
function build({ store }: AnsweringApp, id: string, count: number): void {
  const tokens = scriptTokens(answer).map((text, index) => ({ text, ids: [index] }));
  store.transaction(() => {
    store.conversations.insert(conversation({ id, title: id, updatedAt: Date.now() }));
    for (let index = 0; index < count; index += 2) {
      const parentId = index === 0 ? null : `${id}-${index - 1}`;
      const asked = `${id}-${index}`;
      const answered = `${id}-${index + 1}`;
      const rest = { conversationId: id, createdAt: index };
      store.messages.insert(message({ ...rest, id: asked, parentId, role: "user", content: question }));
      store.messages.insert(
        message({ ...rest, id: answered, parentId: asked, role: "assistant", content: answer }),
      );
      store.generations.insert(
        generation({
          id: `g-${answered}`,
          conversationId: id,
          questionId: asked,
          messageId: answered,
          state: "done",
          finishReason: "stop",
          writers: [{ engine: "scripted", model: "demo", modelHash: null, fromToken: 0 }],
          endedAt: index,
        }),
      );
    }
    const last = count === 0 ? null : `${id}-${count - 1}`;
    store.conversations.update(id, { leafId: last });
  });
  for (let index = 1; index < count; index += 2)
    store.tokenLog.append([{ generationId: `g-${id}-${index}`, firstIndex: 0, tokens }]);
}

async function timed(name: string, once: () => Promise<void>): Promise<void> {
  const taken: number[] = [];
  for (let time = 0; time <= times; time++) {
    const startedAt = performance.now();
    await once();
    // The first time compiles statements and warms the caches up.
    if (time > 0) taken.push(performance.now() - startedAt);
  }
  const worst = Math.max(...taken);
  console.log(
    `${name.padEnd(52)} ${median(taken).toFixed(1).padStart(8)} ms, at most ${worst.toFixed(1)} ms`,
  );
}

const read = async (url: string, init?: RequestInit) => (await fetch(url, init)).text();

/** Asks by the page's form and reads the answer's stream to its end. */
async function askAndStream(app: AnsweringApp, id: string): Promise<void> {
  const body = new URLSearchParams({ text: question, conversation_id: id, key: crypto.randomUUID() });
  const headers = { "hx-request": "true", "turns-shown": "20" };
  const html = await read(`${app.url}/ask`, { method: "POST", body, headers });
  const stream = [...html.matchAll(/hx-sse:connect="(\/generations\/[^"]+)"/g)].at(-1)?.[1];
  if (stream === undefined) throw new Error(`No stream in: ${html.slice(0, 300)}`);
  const frames = await read(app.url + stream.replaceAll("&amp;", "&"));
  if (!frames.includes("event: end")) throw new Error("The stream did not end.");
  await app.generations.idle();
}

const engine = new ScriptedEngine({ script: () => ({ answer }) });
await using app = openAnsweringApp({ engines: [engine] });
build(app, "long", messages);
build(app, "empty", 0);

const page = await read(`${app.url}/c/long`);
const turns = page.split('class="message user"').length - 1;
const thread = page.slice(page.indexOf('id="thread"'), page.indexOf('id="end"'));
const gzipped = Bun.gzipSync(new TextEncoder().encode(page)).byteLength;
console.log(
  `${messages} messages; the page shows ${turns} turns, ${page.length} bytes (${gzipped} gzipped),`,
);
console.log(
  `${Math.round(thread.length / turns)} bytes a turn, of which text ${question.length + answer.length}.\n`,
);

await timed("open the conversation", async () => void (await read(`${app.url}/c/long`)));
await timed("open an empty one", async () => void (await read(`${app.url}/c/empty`)));
await timed("earlier messages, from the end", async () => {
  await read(`${app.url}/c/long/earlier?before=long-${messages - 40}`);
});
await timed(
  "earlier messages, near the beginning",
  async () => void (await read(`${app.url}/c/long/earlier?before=long-60`)),
);
await timed(
  "at a message in the middle",
  async () => void (await read(`${app.url}/c/long?at=long-${messages / 2}`)),
);
await timed("list, as after a change", async () => void (await read(`${app.url}/list`)));
await timed("ask and stream, long", () => askAndStream(app, "long"));
await timed("ask and stream, empty at first", () => askAndStream(app, "empty"));
