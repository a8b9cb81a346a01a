/** Has the text of a file read in a process of its own, which is ended when it takes too long or too much memory. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { say } from "../texts/say.ts";
import type { FileKind } from "./file-kind.ts";
import { file, type ReadText, readText, told } from "./read-text.ts";

interface Bounds {
  readonly deadlineMs: number;
  /** In bytes. */
  readonly mostMemory: number;
}

const bounds: Bounds = { deadlineMs: 30_000, mostMemory: 1_500_000_000 };
/** A text of this many bytes is read at once: it takes a millisecond. */
const smallText = 256 * 1024;
const lookMs = 100;
const pageSize = 4096;

/** So many at a time: each may take a core. */
let running = 0;
const mostRunning = 2;
const waiting: (() => void)[] = [];

/** @param kind null: it can only be text */
export async function readApart(
  kind: Exclude<FileKind, "image"> | null,
  bytes: Uint8Array,
  signal: AbortSignal,
  limits = bounds,
): Promise<ReadText> {
  if (kind === null && bytes.length <= smallText) return readText(kind, bytes);
  return await readInProcess(kind ?? "text", bytes, signal, limits);
}

async function readInProcess(
  kind: string,
  bytes: Uint8Array,
  signal: AbortSignal,
  limits: Bounds,
): Promise<ReadText> {
  const script = join(import.meta.dir, "reading-process.ts");
  const output = await outputOf({ words: [script, kind], bytes }, signal, limits);
  if (output instanceof Blob) return JSON.parse(await output.text());
  switch (output) {
    case "took too long":
      return told(say`${file} takes too long to read. Attach a smaller file, or its text.`);
    case "took too much memory":
      return told(say`${file} takes too much memory to read. Attach a smaller file, or its text.`);
    case "failed":
      return told(say`${file} cannot be read: it is damaged.`);
    default:
      return output satisfies never;
  }
}

/** What a process is told, and tells. */
interface Work {
  /** The script's path and its arguments. */
  readonly words: readonly string[];
  readonly bytes: Uint8Array;
  /** Gets each line of the process's standard error, as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Why a process has written nothing. */
type Failure = "took too long" | "took too much memory" | "failed";

/**
 * Runs a script of this program over bytes, in a process of its own; not more than some at a time.
 * @returns what it has written
 * @throws the signal's reason
 */
export async function outputOf(work: Work, signal: AbortSignal, limits: Bounds): Promise<Blob | Failure> {
  if (running >= mostRunning) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    signal.throwIfAborted();
    return await outputOfProcess(work, signal, limits);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function outputOfProcess(
  { words, bytes, onLine }: Work,
  signal: AbortSignal,
  { deadlineMs, mostMemory }: Bounds,
): Promise<Blob | Failure> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  let tookTooMuch = false;
  await using child = Bun.spawn([process.execPath, ...words], {
    stdin: bytes,
    stdout: "pipe",
    stderr: onLine === undefined ? "ignore" : "pipe",
    env: {},
    signal: deadline,
    killSignal: "SIGKILL",
  });
  const look = setInterval(() => {
    void memoryOf(child.pid).then((used) => {
      if (used <= mostMemory) return;
      tookTooMuch = true;
      child.kill("SIGKILL");
    });
  }, lookMs);
  if (onLine !== undefined && child.stderr !== undefined) void eachLine(child.stderr, onLine);
  try {
    const [output, code] = await Promise.all([new Response(child.stdout).blob(), child.exited]);
    if (code === 0) return output;
  } finally {
    clearInterval(look);
  }
  signal.throwIfAborted();
  if (deadline.aborted) return "took too long";
  return tookTooMuch ? "took too much memory" : "failed";
}

/** Until the process ends, or is ended. */
async function eachLine(stream: ReadableStream<Uint8Array>, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: Readable.fromWeb(stream as never) })) take(line);
}

/** What a process takes, in bytes; 0 where the system does not tell. */
export async function memoryOf(pid: number): Promise<number> {
  try {
    const [, pages = "0"] = (await readFile(`/proc/${pid}/statm`, "utf8")).split(" ");
    return Number(pages) * pageSize;
  } catch {
    return 0;
  }
}
