/**
 * Has documents read in a process of its own, which is ended when one takes too long or too much memory. The same process reads
 * several of one owner, so that each does not cost a start; another owner's get another. It knows nothing of storage.
 */
import { join } from "node:path";
import { memoryOf } from "../files/read-apart.ts";
import { say } from "../texts/say.ts";
import type { CutPassage } from "./cut-passages.ts";
import { name } from "./pages.ts";
import type { DocumentKind, ReadingEnd } from "./read-document.ts";

export interface ReadingBounds {
  readonly deadlineMs: number;
  /** In bytes. */
  readonly mostMemory: number;
}

const usualBounds: ReadingBounds = { deadlineMs: 120_000, mostMemory: 1_500_000_000 };
const lookMs = 100;
/** After this long without work the process ends. */
const idleMs = 10_000;
/** One that has kept so much of earlier documents reads no more of them. */
const mostKept = 500_000_000;
/** A process that writes a longer line is no longer what it was. In characters. */
const longestLine = 20_000_000;

type Child = Bun.Subprocess<"pipe", "pipe", "ignore">;

interface Process {
  readonly child: Child;
  readonly ownerId: string | null;
  readonly lines: AsyncGenerator<string, void, undefined>;
}

interface ReadInput {
  readonly ownerId: string | null;
  readonly kind: DocumentKind;
  readonly bytes: Uint8Array;
}

export class DocumentReader implements AsyncDisposable {
  #process: Process | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(private readonly bounds: ReadingBounds = usualBounds) {}

  /**
   * One document at a time.
   * @param onPassages gets them in order, some at a time; the next ones come when it has resolved
   * @throws the signal's reason, or what `onPassages` throws
   */
  async read(
    { ownerId, kind, bytes }: ReadInput,
    onPassages: (passages: readonly CutPassage[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<ReadingEnd> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    const process = await this.#processFor(ownerId);
    const { child } = process;
    let why: "late" | "memory" | null = null;
    const end = (reason: typeof why) => {
      why ??= reason;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(() => end("late"), this.bounds.deadlineMs);
    const look = setInterval(() => {
      void memoryOf(child.pid).then((used) => {
        if (used > this.bounds.mostMemory) end("memory");
      });
    }, lookMs);
    const onAbort = () => end(null);
    signal.addEventListener("abort", onAbort, { once: true });
    let isKept = false;
    try {
      await send(child, kind, bytes);
      const found = await ending(process, onPassages);
      isKept = found !== undefined;
      if (found !== undefined) return found ?? damaged;
      signal.throwIfAborted();
      return why === "late" ? tooLong : why === "memory" ? tooMuch : damaged;
    } finally {
      clearTimeout(timer);
      clearInterval(look);
      signal.removeEventListener("abort", onAbort);
      if (!isKept || (await memoryOf(child.pid)) > mostKept) await this.#end();
      else {
        this.#idle = setTimeout(() => void this.#end(), idleMs);
        this.#idle.unref();
      }
    }
  }

  async #processFor(ownerId: string | null): Promise<Process> {
    const { child, ownerId: former } = this.#process ?? {};
    if (this.#process !== null && former === ownerId && child?.exitCode === null) return this.#process;
    await this.#end();
    const script = join(import.meta.dir, "reading-process.ts");
    const started = Bun.spawn([process.execPath, script], {
      ...{ stdin: "pipe", stdout: "pipe", stderr: "ignore" },
      env: {},
    });
    this.#process = { child: started, ownerId, lines: linesOf(started.stdout) };
    return this.#process;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const ended = this.#process;
    this.#process = null;
    ended?.child.kill("SIGKILL");
    await ended?.child.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }
}

const told = ({ template }: { readonly template: string }): ReadingEnd => ({
  problem: { template, values: [] },
});
const tooLong = told(say`${name} takes too long to read. Add a part of it, or its text.`);
const tooMuch = told(say`${name} takes too much memory to read. Add a part of it, or its text.`);
const damaged = told(say`${name} cannot be read: it is damaged.`);

async function send(child: Child, kind: DocumentKind, bytes: Uint8Array): Promise<void> {
  try {
    child.stdin.write(`${JSON.stringify({ kind, size: bytes.length })}\n`);
    child.stdin.write(bytes);
    await child.stdin.flush();
  } catch {
    // It has ended: so do its lines.
  }
}

/** @returns null when the document broke its reader, undefined when the process has ended */
async function ending(
  { lines }: Process,
  onPassages: (passages: readonly CutPassage[]) => Promise<void>,
): Promise<ReadingEnd | null | undefined> {
  for (;;) {
    const { done, value } = await lines.next();
    if (done) return undefined;
    const said: { readonly passages?: readonly CutPassage[]; readonly end?: ReadingEnd | null } =
      JSON.parse(value);
    if (said.passages !== undefined) await onPassages(said.passages);
    else return said.end ?? null;
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let open = "";
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    open += decoder.decode(value, { stream: true });
    if (open.length > longestLine) return;
    for (let end = open.indexOf("\n"); end >= 0; end = open.indexOf("\n")) {
      yield open.slice(0, end);
      open = open.slice(end + 1);
    }
  }
}
