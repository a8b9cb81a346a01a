/**
 * Clients that behave as badly as they can: readers that go in mid-stream, readers and sockets that never read, and senders
 * of a byte at a time. Afterwards memory and open files are back where they were, and meanwhile /health answers at once.
 *
 *   bun tests/security/hard-load.ts [--short] [--seed N]
 */
import { parseArgs } from "node:util";
import { randomFrom } from "../faults/random.ts";
import { HealthWatch } from "./health-watch.ts";
import { ScriptedServer } from "./scripted-server.ts";

export interface Extent {
  readonly disconnects: number;
  readonly stalled: number;
  readonly slow: number;
  /** The server's own limit for those who send slowly, in seconds. */
  readonly idleSeconds: number;
  /** The server drops readers that take nothing after a minute: whether that is waited for. */
  readonly waitsForDrop: boolean;
}
export const extents: Readonly<Record<"short" | "long", Extent>> = {
  short: { disconnects: 100, stalled: 100, slow: 50, idleSeconds: 5, waitsForDrop: false },
  long: { disconnects: 1000, stalled: 1000, slow: 500, idleSeconds: 30, waitsForDrop: true },
};

const megabyte = 2 ** 20;
const mostGrowth = 50 * megabyte;
/** The least that counts as slow; on a busy machine that is a multiple of how long /health takes when nobody attacks. */
const slowestHealthMs = 100;
const timesSlower = 8;
/** Words of the answer that is not read: as events about 5 MB. */
const longAnswer = 30_000;

export interface Measured {
  /** Sentences on what was measured. */
  readonly facts: readonly string[];
  /** Sentences on what went wrong. */
  readonly problems: readonly string[];
}

/** @returns why it cannot be measured on this machine; null: it can */
export const whyNotMeasured = () =>
  process.platform === "linux" ? null : "memory and open files of a process are looked up in /proc";

export async function hardLoad(extent: Extent, random: () => number): Promise<Measured> {
  await using server = await ScriptedServer.start({
    IDLE_SECONDS: String(extent.idleSeconds),
  });
  const facts: string[] = [];
  const problems: string[] = [];
  await warmUp(server);
  const before = await atRest(server);
  const health = new HealthWatch(server.url);
  const unharmed = health.mark();
  while (unharmed.count < 40) await Bun.sleep(50);
  const slowest = Math.max(slowestHealthMs, timesSlower * unharmed.p95());
  const parts = [
    [
      "readers that go in mid-stream",
      extent.disconnects,
      () => disconnects(server, extent.disconnects, random),
    ],
    ["readers that never read", extent.stalled, () => stalledReaders(server, extent, askForEvents)],
    ["sockets that never read", extent.stalled, () => stalledReaders(server, extent, askOverSocket)],
    ["senders of a byte at a time", extent.slow, () => slowSenders(server, extent)],
  ] as const;
  for (const [name, count, run] of parts) {
    const begunAt = performance.now();
    const watched = health.mark();
    const peak = new Peak(server);
    const found = await run();
    const after = await settled(server, before);
    const p95 = watched.p95();
    const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
    facts.push(
      `${count} ${name}: ${found.fact}; memory ${inMegabytes(before.bytes)} → ${inMegabytes(peak.stop())} → ${inMegabytes(after.bytes)} MB, ` +
        `open files ${before.files} → ${after.files}, /health p95 ${p95.toFixed(0)} ms of ${watched.count}, ${seconds} s`,
    );
    problems.push(...found.problems);
    if (after.bytes > before.bytes + mostGrowth)
      problems.push(`After ${name} ${inMegabytes(after.bytes - before.bytes)} MB are not given back.`);
    if (after.files > before.files)
      problems.push(`After ${name} ${after.files - before.files} files stay open.`);
    if (p95 >= slowest) problems.push(`With ${name} /health took ${p95.toFixed(0)} ms (p95).`);
  }
  problems.push(...(await health.stop()));
  const ended = await server.stop();
  if (ended.code !== 0) problems.push(`The server ended with ${ended.code}.`);
  if (ended.defects > 0) problems.push(`${ended.defects} defects: ${JSON.stringify(ended.first)}`);
  return { facts, problems };
}

interface Found {
  readonly fact: string;
  readonly problems: readonly string[];
}

/** What the server loads once, and what SQLite keeps, is no leak. */
async function warmUp({ url }: ScriptedServer): Promise<void> {
  for (let round = 0; round < 4; round++)
    await Promise.all(
      Array.from({ length: 50 }, () => ask(url, "20 words, 1 ms each").then((response) => response.text())),
    );
}

/** When no connection of before is left. */
async function atRest(server: ScriptedServer) {
  let files = server.openDescriptors();
  for (let unchanged = 0; unchanged < 8; unchanged++) {
    await Bun.sleep(100);
    if (server.openDescriptors() !== files) unchanged = 0;
    files = server.openDescriptors();
  }
  return { bytes: server.residentBytes(), files };
}

/** Over a connection of its own, which ends with it. */
const ask = (url: string, message: string, init: RequestInit = {}) =>
  fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message, max_tokens: 131_072 }),
    keepalive: false,
    ...init,
  });

/** Each goes at a moment by chance: before the head, at its first word, in the middle or near its end. */
async function disconnects({ url }: ScriptedServer, count: number, random: () => number): Promise<Found> {
  let left = 0;
  await inParallel(count, 100, async () => {
    const going = new AbortController();
    const timer = setTimeout(() => going.abort(), random() * 1000);
    try {
      const response = await ask(url, "200 words, 4 ms each", { signal: going.signal });
      await response.text();
    } catch (error) {
      if (!going.signal.aborted) throw error;
      left += 1;
    } finally {
      clearTimeout(timer);
    }
  });
  return { fact: `${left} went before the end`, problems: [] };
}

/** What is sent first, and once a reply has begun; the next bytes are the last that are read. */
type Asking = (host: string, id: string) => { readonly first: string; readonly second: Uint8Array | null };

const askForEvents: Asking = (host, id) => ({
  first: `GET /generations/${id}/events HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
  second: null,
});

/** @see https://datatracker.ietf.org/doc/html/rfc6455#section-5.2 */
const askOverSocket: Asking = (host, id) => {
  const text = new TextEncoder().encode(JSON.stringify({ generation_id: id, after: 0 }));
  const mask = [1, 2, 3, 4] as const;
  const masked = text.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return {
    first:
      `GET /chat/stream HTTP/1.1\r\nhost: ${host}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n` +
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n",
    second: new Uint8Array([0x81, 0x80 | text.length, ...mask, ...masked]),
  };
};

/** They ask for an answer that is far longer than what the system keeps for them, and leave it there. */
async function stalledReaders(
  server: ScriptedServer,
  { stalled, waitsForDrop }: Extent,
  asking: Asking,
): Promise<Found> {
  const { hostname, port } = new URL(server.url);
  const asked = await ask(server.url, `${longAnswer} words`);
  const id = asked.headers.get("x-generation-id");
  const length = (await asked.arrayBuffer()).byteLength;
  const { first, second } = asking(`${hostname}:${port}`, id ?? "");
  let closed = 0;
  const allClosed = Promise.withResolvers<void>();
  const sockets = await inParallel(stalled, 50, async () => {
    const begun = Promise.withResolvers<void>();
    let left = second;
    const socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        // After its first bytes it reads no more.
        data(own) {
          if (left !== null) {
            own.write(left);
            left = null;
            return;
          }
          own.pause();
          begun.resolve();
        },
        close() {
          closed += 1;
          if (closed === stalled) allClosed.resolve();
        },
        error() {},
      },
    });
    socket.write(first);
    await begun.promise;
    return socket;
  });
  if (waitsForDrop) {
    // Whoever does not read does not learn that the connection is gone: the server's files tell.
    // Until the system has taken what it takes for a thousand of them, and a minute more.
    const deadline = performance.now() + 240_000;
    while (performance.now() < deadline && server.openDescriptors() > stalled / 10) await Bun.sleep(500);
    const kept = server.openDescriptors();
    for (const socket of sockets) socket.terminate();
    return {
      fact: `of ${inMegabytes(length)} MB each, until the server drops them`,
      problems: kept > stalled / 10 ? [`${kept} files are open although nobody read for minutes.`] : [],
    };
  }
  await Bun.sleep(1000);
  for (const socket of sockets) socket.terminate();
  return { fact: `of ${inMegabytes(length)} MB each, until they close`, problems: [] };
}

/** Half of them send their head a byte at a time, the others their body. */
async function slowSenders({ url }: ScriptedServer, { slow, idleSeconds }: Extent): Promise<Found> {
  const { hostname, port } = new URL(url);
  const limitMs = (idleSeconds + 20) * 1000;
  const startedAt = performance.now();
  const ends = await inParallel(slow, slow, async (index) => {
    const closed = Promise.withResolvers<number>();
    const head = `POST /memorize HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n`;
    const bytes = index % 2 === 0 ? `${head}x-slow: ${"a".repeat(5000)}` : " ".repeat(5000);
    let next = 0;
    const socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        data() {},
        close: () => closed.resolve(performance.now() - startedAt),
        error: () => closed.resolve(performance.now() - startedAt),
      },
    });
    if (index % 2 === 1) socket.write(`${head}\r\n`);
    const dribble = setInterval(() => socket.write(bytes.charAt(next++)), 200);
    const limit = setTimeout(() => closed.resolve(Number.POSITIVE_INFINITY), limitMs);
    const after = await closed.promise;
    clearInterval(dribble);
    clearTimeout(limit);
    socket.terminate();
    return after;
  });
  const kept = ends.filter((end) => end === Number.POSITIVE_INFINITY).length;
  const slowest = Math.max(...ends.filter(Number.isFinite), 0);
  return {
    fact: `cut off after ${(slowest / 1000).toFixed(1)} s at most`,
    problems:
      kept === 0 ? [] : [`${kept} of ${slow} slow senders are still there after ${limitMs / 1000} s.`],
  };
}

/** When memory and files are back, or after a while: sockets close and memory is swept when there is time. */
async function settled(server: ScriptedServer, before: { bytes: number; files: number }) {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const now = { bytes: server.residentBytes(), files: server.openDescriptors() };
    const isBack = now.bytes <= before.bytes + mostGrowth && now.files <= before.files;
    if (isBack || performance.now() > deadline) return now;
    await Bun.sleep(250);
  }
}

/** The most memory that was seen. */
class Peak {
  #bytes = 0;
  readonly #timer: ReturnType<typeof setInterval>;
  constructor(server: ScriptedServer) {
    const look = () => {
      this.#bytes = Math.max(this.#bytes, server.residentBytes());
    };
    look();
    this.#timer = setInterval(look, 50);
  }
  stop(): number {
    clearInterval(this.#timer);
    return this.#bytes;
  }
}

async function inParallel<T>(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, worker));
  return results;
}

const inMegabytes = (bytes: number) => Math.round(bytes / megabyte);

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  console.log(`--seed ${values.seed}`);
  const { facts, problems } = await hardLoad(
    values.short ? extents.short : extents.long,
    randomFrom(Number(values.seed)),
  );
  for (const fact of facts) console.log(fact);
  for (const problem of problems) console.error(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
