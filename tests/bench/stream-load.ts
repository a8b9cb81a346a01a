/**
 * Reads many streams at once as cheaply as it can, in a process of its own: plain sockets, and of the bytes only what
 * is measured is looked at. The process that started it sends it loads, and gets a report of each.
 */
import { StampReader, wallClock } from "./stamped-token.ts";

export interface StreamLoad {
  readonly url: string;
  /** Of the request, JSON. */
  readonly body: string;
  readonly streams: number;
  /** How many each stream must bring. */
  readonly tokens: number;
  /** A stream that is not whole by then has failed. */
  readonly deadlineMs: number;
}

/** Times in milliseconds. */
export interface LoadReport {
  /** Streams that brought every token once and in order, the usage and one [DONE]. */
  readonly completed: number;
  /** What was wrong with the first of the others. */
  readonly problem: string | null;
  /** From the first question to the end of the last stream. */
  readonly wallMs: number;
  /** From a stream's question to its first token. */
  readonly firstToken: Quantiles;
  /** From the moment at which the upstream wrote a token to the moment at which it was read here. */
  readonly delay: Quantiles;
  /** By how much longer the gap before a token was here than at the upstream; 0 where it was shorter. */
  readonly addedGap: Quantiles;
  /** Processor time that reading took. */
  readonly processorMs: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly largest: number;
}

class Reader {
  readonly #stamps = new StampReader();
  readonly #tokens: number;
  readonly #askedAt = wallClock();
  #head = "";
  #tail = "";
  #dones = 0;
  firstTokenMs: number | null = null;
  readonly delays: number[] = [];
  readonly addedGaps: number[] = [];
  #lastStamp = 0;
  #inOrder = true;
  #saysUsage = false;

  constructor(tokens: number) {
    this.#tokens = tokens;
  }

  /** @returns whether the stream has ended */
  take(bytes: Buffer): boolean {
    const now = wallClock();
    const text = bytes.toString("latin1");
    if (this.#head.length < 100) this.#head += text.slice(0, 100);
    for (const stamp of this.#stamps.read(text)) {
      const delay = now - stamp;
      const before = this.delays.at(-1);
      if (before === undefined) this.firstTokenMs = now - this.#askedAt;
      else this.addedGaps.push(Math.max(0, delay - before));
      if (stamp <= this.#lastStamp) this.#inOrder = false;
      this.#lastStamp = stamp;
      this.delays.push(delay);
    }
    if (this.delays.length < this.#tokens) return false;
    // The end may be cut anywhere.
    this.#tail += text;
    this.#saysUsage = this.#tail.includes(`"completion_tokens":${this.#tokens}`);
    this.#dones = this.#tail.split("data: [DONE]\n\n").length - 1;
    return this.#dones > 0;
  }

  /** What keeps it from being a whole answer. */
  problem(): string | null {
    if (!this.#head.startsWith("HTTP/1.1 200 ")) return `it answers ${this.#head || "nothing"}`;
    if (this.delays.length !== this.#tokens) return `it brought ${this.delays.length} tokens`;
    if (!this.#inOrder) return "its tokens came twice or out of order";
    if (!this.#saysUsage) return "it did not count its tokens";
    return this.#dones === 1 ? null : `it ended ${this.#dones} times`;
  }
}

/** Connects first, so that what is measured begins with the questions. */
async function put({ url, body, streams, tokens, deadlineMs }: StreamLoad): Promise<LoadReport> {
  const { hostname, port, pathname, host } = new URL(url);
  const request = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const readers: Reader[] = [];
  const ended: Promise<void>[] = [];
  const connect = async () => {
    const end = Promise.withResolvers<void>();
    const socket = await Bun.connect<{ reader: Reader | null }>({
      hostname,
      port: Number(port),
      socket: {
        open: (socket) => {
          socket.data = { reader: null };
        },
        data: (socket, bytes) => {
          if (socket.data.reader?.take(bytes)) end.resolve();
        },
        close: () => end.resolve(),
        error: () => end.resolve(),
      },
    });
    return { socket, ended: end.promise };
  };
  const connections = await Promise.all(Array.from({ length: streams }, connect));
  const used = process.cpuUsage();
  const began = performance.now();
  for (const { socket, ended: end } of connections) {
    const reader = new Reader(tokens);
    socket.data.reader = reader;
    readers.push(reader);
    ended.push(end);
    socket.write(request);
  }
  const deadline = Promise.withResolvers<void>();
  const timer = setTimeout(deadline.resolve, deadlineMs);
  await Promise.race([Promise.all(ended), deadline.promise]);
  clearTimeout(timer);
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  for (const { socket } of connections) socket.end();

  const problems = readers.map((reader) => reader.problem()).filter((problem) => problem !== null);
  return {
    completed: streams - problems.length,
    problem: problems[0] ?? null,
    wallMs,
    firstToken: quantiles(readers.map(({ firstTokenMs }) => firstTokenMs ?? Number.NaN)),
    delay: quantiles(readers.flatMap(({ delays }) => delays)),
    addedGap: quantiles(readers.flatMap(({ addedGaps }) => addedGaps)),
    processorMs: (user + system) / 1000,
  };
}

function quantiles(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), largest: at(1) };
}

/** The process that measures: it sends loads to the one that reads. */
export class LoadGenerator implements Disposable {
  readonly #child: Bun.Subprocess;
  #waiting: PromiseWithResolvers<LoadReport> | null = null;

  constructor() {
    this.#child = Bun.spawn([process.execPath, import.meta.path], {
      stdio: ["ignore", "inherit", "inherit"],
      ipc: (report: LoadReport) => this.#waiting?.resolve(report),
      onExit: (_child, code) => this.#waiting?.reject(new Error(`The load generator ended with ${code}.`)),
    });
  }

  /** One load at a time. */
  put(load: StreamLoad): Promise<LoadReport> {
    this.#waiting = Promise.withResolvers<LoadReport>();
    this.#child.send(load);
    return this.#waiting.promise;
  }

  [Symbol.dispose](): void {
    this.#waiting = null;
    this.#child.kill();
  }
}

if (import.meta.main) {
  process.on("message", async (load: StreamLoad) => process.send?.(await put(load)));
  // It ends with the process that started it.
  process.on("disconnect", () => process.exit(0));
}
