/**
 * How soon another user gets a first token while one user's endless answers hold every slot: the real app over HTTP, with
 * logins, on the real small model with one thread.
 *
 *   bun tests/bench/first-token-of-others.ts [--slots 1,4] [--times 5]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EnginePoolOptions } from "../../src/engines/engine-pool.ts";
import { LlamaEngine } from "../../src/engines/llama/llama-engine.ts";
import { createLog } from "../../src/log.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { readEventData } from "../read-event-data.ts";
import { median } from "./result-table.ts";

const weights = "SmolLM2-135M-Instruct.Q4_1.gguf";

export interface SharedApp extends AnsweringApp {
  /** API keys. */
  readonly bob: string;
  readonly alice: string;
}

/** @param slots of the engine */
export async function openSharedApp(slots: number, pool: EnginePoolOptions = {}): Promise<SharedApp> {
  const log = createLog("error");
  const engine = new LlamaEngine({
    threads: 1,
    parallel: slots,
    contextSize: 2048,
    gpu: false,
    resolveModel: async () => ({
      id: "smollm2-135m-instruct",
      path: join(import.meta.dir, "../../models", weights),
      sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    }),
    log,
  });
  await engine.ensureReady(new AbortController().signal);
  const app = openAnsweringApp({ engines: [engine], pool });
  const actor = { name: "bench", address: "127.0.0.1" };
  const keyOf = async (name: string) => {
    const user = await app.accounts.users.add(actor, {
      name,
      password: `${name} has a long one`,
      role: "member",
    });
    return app.accounts.keys.create(actor, user, "bench", ["chat"]).secret;
  };
  await app.accounts.users.addFirst(actor, { name: "admin", password: "the admin has a long one" });
  return { ...app, bob: await keyOf("bob"), alice: await keyOf("alice") };
}

/** The end-of-text tokens, which endless answers must not draw. */
const noEnd = { "0": -100, "1": -100, "2": -100 };

/** A stream of /v1; its reader takes what comes. */
export async function askAs(
  { url }: SharedApp,
  key: string,
  content: string,
  fields: Record<string, unknown>,
): Promise<Response> {
  const reply = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model: "auto",
      stream: true,
      temperature: 0,
      messages: [{ role: "user", content }],
      ...fields,
    }),
  });
  if (!reply.ok) throw new Error(await reply.text());
  return reply;
}

/** Yields each piece of an answer's text. */
export async function* textOf({ body }: Response): AsyncGenerator<string, void, undefined> {
  if (body === null) throw new Error("no body");
  for await (const data of readEventData(body)) {
    if (data === "[DONE]") return;
    const { content } = JSON.parse(data).choices?.[0]?.delta ?? {};
    if (content) yield content;
  }
}

/** An answer that does not end by itself, being read; `began` resolves with its first token. */
export function endlessAnswer(app: SharedApp, content: string, maxTokens?: number) {
  const began = Promise.withResolvers<void>();
  const read = (async () => {
    const reply = await askAs(app, app.bob, content, {
      logit_bias: noEnd,
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    });
    let text = "";
    for await (const piece of textOf(reply)) {
      began.resolve();
      text += piece;
    }
    return text;
  })();
  return { began: began.promise, text: read };
}

/** Milliseconds until alice's first token. */
export async function firstTokenMs(app: SharedApp, content: string): Promise<number> {
  const askedAt = performance.now();
  const reply = await askAs(app, app.alice, content, { max_tokens: 8 });
  let firstMs = Number.NaN;
  for await (const _ of textOf(reply)) if (Number.isNaN(firstMs)) firstMs = performance.now() - askedAt;
  return firstMs;
}

const metals = ["gold", "oil", "silver", "copper", "wheat", "cotton", "sugar", "coffee"];

async function measure(slots: number, times: number): Promise<void> {
  await using app = await openSharedApp(slots);
  const alone: number[] = [];
  for (let time = 0; time < times; time++) alone.push(await firstTokenMs(app, `What is a bond? (${time})`));
  const endless = metals.slice(0, slots).map((metal) => endlessAnswer(app, `Tell me all about ${metal}.`));
  // Their readers are cut off at the end.
  for (const { text } of endless) text.catch(() => {});
  await Promise.all(endless.map(({ began }) => began));
  const beside: number[] = [];
  for (let time = 0; time < times; time++) beside.push(await firstTokenMs(app, `What is a share? (${time})`));
  for (const run of app.store.generations.unfinished()) app.generations.stop(run.id);
  await app.generations.idle();
  const shown = (all: readonly number[]) =>
    `median ${Math.round(median(all))} ms, longest ${Math.round(Math.max(...all))} ms`;
  console.log(`${slots} slot(s): alone ${shown(alone)}; beside ${slots} endless: ${shown(beside)}`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { slots: { type: "string", default: "1,4" }, times: { type: "string", default: "5" } },
  });
  for (const slots of values.slots.split(",")) await measure(Number(slots), Number(values.times));
}
