/**
 * Measures what one user's large requests cost the others: the longest block of the server's event loop, by the clock and in
 * its thread's processor time, and how soon `/health` is answered meanwhile. The real app with a scripted engine, over HTTP.
 *
 *   bun run bench loop [--exchanges 5000] [--only export]
 *
 * An exchange is about 2.1 kB: 5,000 are a conversation of 10 MB. The imported file has twice as many.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { largeFile } from "../conversations/transfer/large-file.ts";
import { largeSeries } from "./large-series.ts";
import type { FromLoopServer } from "./loop-server.ts";
import { wholeNumber } from "./whole-number.ts";

interface Served {
  readonly url: string;
  readonly conversationId: string;
  readonly lastId: string;
}

interface Request {
  readonly what: string;
  readonly path: string;
  /** Made when it is sent: some are large. */
  readonly init?: () => RequestInit;
}

const healthEveryMs = 10;

export async function benchLoop(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: { exchanges: { type: "string", default: "5000" }, only: { type: "string", default: "" } },
  });
  const exchanges = wholeNumber(values.exchanges, "--exchanges");
  await using server = await startServer(exchanges);
  const requests = requestsTo(server.served, exchanges).filter(({ what }) => what.includes(values.only));
  console.log(`${"".padEnd(44)} block, clock  block, cpu  /health p95  all of it  status`);
  for (const request of requests) console.log(await measured(server, request));
  return true;
}

interface Server extends AsyncDisposable {
  readonly served: Served;
  blocks<T>(during: () => Promise<T>): Promise<{ clockMs: number; processorMs: number; result: T }>;
}

async function startServer(exchanges: number): Promise<Server> {
  let said = Promise.withResolvers<FromLoopServer>();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "loop-server.ts"), String(exchanges)], {
    // As main.ts starts the server.
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit"],
    ipc: (message: FromLoopServer) => said.resolve(message),
    onExit: (_, code) => said.reject(new Error(`The server ended with ${code}.`)),
  });
  const served = await said.promise;
  if (!("url" in served)) throw new Error("The server did not say where it is.");
  return {
    served,
    async blocks(during) {
      said = Promise.withResolvers();
      child.send({ begin: true });
      const result = await during();
      child.send({ end: true });
      const blocks = await said.promise;
      if ("url" in blocks) throw new Error("The server did not say how long it was blocked.");
      return { ...blocks, result };
    },
    async [Symbol.asyncDispose]() {
      said.promise.catch(() => {});
      child.kill();
      await child.exited;
    },
  };
}

function requestsTo({ conversationId, lastId }: Served, exchanges: number): readonly Request[] {
  const sent = (body: BodyInit, type = "application/json"): RequestInit => ({
    method: "POST",
    body,
    headers: { "content-type": type },
  });
  const post = (body: BodyInit) => () => sent(body);
  const ask = (fields: object) =>
    post(
      JSON.stringify({ model: "auto", messages: [{ role: "user", content: "What is a bond?" }], ...fields }),
    );
  const file = largeFile(exchanges * 2, "imported");
  const bias = Object.fromEntries(Array.from({ length: 100_000 }, (_, id) => [String(id), 1]));
  const said = Array.from({ length: 4_999 }, (_, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: "A sentence about bonds and what they pay. ".repeat(95),
  }));
  const picture = {
    type: "image_url",
    image_url: { url: `data:image/png;base64,${"A".repeat(1_900_000)}` },
  };
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  return [
    { what: "nothing else", path: "/health" },
    { what: "open", path: `/c/${conversationId}` },
    { what: "export as Markdown", path: `/api/conversations/${conversationId}/export` },
    { what: "export as JSON", path: `/api/conversations/${conversationId}/export?format=json` },
    { what: "export of everything", path: "/api/export" },
    {
      what: "copy",
      path: `/api/conversations/${conversationId}/fork`,
      init: post(JSON.stringify({ message_id: lastId })),
    },
    { what: `import of ${mb(file.length)}`, path: "/api/conversations/import", init: post(file) },
    { what: "import of the same file again", path: "/api/conversations/import", init: post(file) },
    {
      what: "/v1 with a text of 19 MB",
      path: "/v1/chat/completions",
      init: ask({ messages: [{ role: "user", content: "word ".repeat(3_800_000) }] }),
    },
    {
      what: "/v1 with 4,999 messages, 20 MB",
      path: "/v1/chat/completions",
      init: ask({ messages: said }),
    },
    {
      what: "/v1 with 10 pictures, 19 MB",
      path: "/v1/chat/completions",
      init: ask({
        messages: [{ role: "user", content: Array.from({ length: 10 }, () => picture) }],
      }),
    },
    {
      what: "/v1 with 100,000 entries of logit_bias",
      path: "/v1/chat/completions",
      init: ask({ logit_bias: bias }),
    },
    {
      what: "prices: a million bars imported",
      path: "/api/imports?name=XAUUSD_M1.csv&zone=EET&commit=true",
      init: () => sent(largeSeries(1_000_000), "application/octet-stream"),
    },
    {
      what: "prices: the same file again",
      path: "/api/imports?name=XAUUSD_M1.csv&zone=EET&commit=true",
      init: () => sent(largeSeries(1_000_000), "application/octet-stream"),
    },
    {
      what: "prices: RSI of the last bar",
      path: "/api/calculate/rsi",
      init: post(JSON.stringify({ dataset: "XAUUSD" })),
    },
    {
      what: "prices: drawdown of all bars",
      path: "/api/calculate/drawdown",
      init: post(JSON.stringify({ dataset: "XAUUSD" })),
    },
  ];
}

async function measured(server: Server, { what, path, init }: Request): Promise<string> {
  const { url } = server.served;
  const over = new AbortController();
  const request = init?.();
  const health = healthTimes(url, over.signal);
  const began = performance.now();
  const { clockMs, processorMs, result } = await server.blocks(async () => {
    const reply = await fetch(url + path, request);
    await reply.arrayBuffer();
    return reply.status;
  });
  const allMs = performance.now() - began;
  over.abort();
  const times = (await health).toSorted((a, b) => a - b);
  const p95 = times[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return [
    what.padEnd(44),
    ms(clockMs).padStart(12),
    ms(processorMs).padStart(11),
    ms(p95).padStart(12),
    ms(allMs).padStart(10),
    String(result).padStart(7),
  ].join(" ");
}

/** How long each reply took, in milliseconds, until the signal. */
async function healthTimes(url: string, signal: AbortSignal): Promise<readonly number[]> {
  const times: number[] = [];
  do {
    const askedAt = performance.now();
    await (await fetch(`${url}/health`)).arrayBuffer();
    times.push(performance.now() - askedAt);
    await Bun.sleep(healthEveryMs);
  } while (!signal.aborted);
  return times;
}
