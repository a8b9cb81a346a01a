/**
 * Gives the memory of KV cells back to the system until they are used. llama.cpp writes zeros on all of them when it makes a
 * context, and so takes memory for as many tokens as could ever be read: 720 MiB for a model of 97 MB with four sequences. A page
 * that was given back is zero when it is touched again, so nothing else changes. Linux only; elsewhere nothing is done. It knows
 * nothing of models.
 *
 * @see https://man7.org/linux/man-pages/man2/madvise.2.html (MADV_DONTNEED on private anonymous pages)
 */
import { dlopen, FFIType, type Pointer, ptr } from "bun:ffi";
import { closeSync, openSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Log } from "../../log.ts";
import { WorkSlices } from "../../loop/work-slices.ts";

/** Addresses of memory; `end` is the first one behind it. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** From this size on glibc always asks the system for a block of its own. */
const smallestBytes = 32 * 2 ** 20;
/** What is looked at, and given back, in one go. */
const pieceBytes = 2 ** 20;

/** MADV_DONTNEED and MADV_NOHUGEPAGE: on a system that is set to huge pages, a token's cells would take 2 MiB each. */
const advice = { doNotNeed: 4, noHugePages: 15 } as const;

type Library = ReturnType<typeof openLibrary>;

/** The C library, which this process has loaded in any case. */
const openLibrary = () =>
  dlopen("libc.so.6", {
    getpagesize: { args: [], returns: FFIType.i32 },
    madvise: { args: [FFIType.ptr, FFIType.u64, FFIType.i32], returns: FFIType.i32 },
    mincore: { args: [FFIType.ptr, FFIType.u64, FFIType.ptr], returns: FFIType.i32 },
  }).symbols;

/** Of two that are made at once, each would take the other's new memory for its own. */
let making: Promise<unknown> = Promise.resolve();

/**
 * @param make makes what has KV cells. Nobody uses it until the returned promise has resolved, and nobody else in this process
 * meanwhile takes 32 MiB, fills them with zeros and writes to them again.
 * @returns what was made, and how many bytes were given back
 * @throws what `make` throws
 */
export function withUntouchedCells<Made>(
  make: () => Promise<Made>,
  log: Log,
): Promise<{ readonly made: Made; readonly untouched: number }> {
  const next = making.then(async () => {
    if (process.platform !== "linux") return { made: await make(), untouched: 0 };
    const before = await anonymousRanges();
    const made = await make();
    try {
      const added = (await anonymousRanges()).flatMap((range) => without(range, before));
      return { made, untouched: await release(added.filter(isLarge)) };
    } catch (error) {
      log.warn("kv-cells-not-released", { error });
      return { made, untouched: 0 };
    }
  });
  making = next.catch(() => {});
  return next;
}

async function release(added: readonly Range[]): Promise<number> {
  const libc = openLibrary();
  const slices = new WorkSlices();
  const [read, zeros] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)];
  // Read by the system, not by address: others may give back memory that is looked through.
  const memory = openSync("/proc/self/mem", "r");
  try {
    let released = 0;
    for (const range of added.flatMap((each) => writtenRanges(libc, each)).filter(isLarge)) {
      libc.madvise(addressOf(range), lengthOf(range), advice.noHugePages);
      for (const piece of piecesOf(range)) {
        if (slices.isOver) await slices.next();
        const isRead = readSync(memory, read, 0, pieceBytes, piece.start) === pieceBytes;
        if (!isRead || !read.equals(zeros)) continue;
        if (libc.madvise(addressOf(piece), pieceBytes, advice.doNotNeed) === 0) released += pieceBytes;
      }
    }
    return released;
  } finally {
    closeSync(memory);
  }
}

/** The memory of this process that is no file's and that it can write to, in the order of addresses. */
async function anonymousRanges(): Promise<readonly Range[]> {
  const maps = await readFile("/proc/self/maps", "utf8");
  return [...maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw-p 00000000 00:00 0 *$/gm)].map(
    ([, start = "", end = ""]) => ({ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }),
  );
}

/** What of a range lies in none of the others, which are in order. The system joins new memory with old. */
function without(range: Range, others: readonly Range[]): readonly Range[] {
  const left: Range[] = [];
  let { start } = range;
  for (const other of others) {
    if (other.end <= start || other.start >= range.end) continue;
    if (other.start > start) left.push({ start, end: other.start });
    start = other.end;
  }
  return start < range.end ? [...left, { start, end: range.end }] : left;
}

/** The parts of a range that are in memory: what was merely reserved is not. */
function writtenRanges({ getpagesize, mincore }: Library, range: Range): readonly Range[] {
  const pageBytes = getpagesize();
  const states = new Uint8Array(lengthOf(range) / pageBytes);
  if (mincore(addressOf(range), lengthOf(range), ptr(states)) !== 0) return [];
  // The other bits mean nothing.
  const pages = states.map((state) => state & 1);
  const ranges: Range[] = [];
  for (let first = pages.indexOf(1); first !== -1; ) {
    const next = pages.indexOf(0, first);
    const end = next === -1 ? pages.length : next;
    ranges.push({ start: range.start + first * pageBytes, end: range.start + end * pageBytes });
    first = pages.indexOf(1, end);
  }
  return ranges;
}

/** Whole pieces: what remains is less than one. */
function* piecesOf({ start, end }: Range): Generator<Range, void, undefined> {
  for (let from = start; from + pieceBytes <= end; from += pieceBytes)
    yield { start: from, end: from + pieceBytes };
}

const lengthOf = ({ start, end }: Range): number => end - start;
const isLarge = (range: Range): boolean => lengthOf(range) >= smallestBytes;
/** The system's addresses are below 2^53. */
const addressOf = ({ start }: Range): Pointer => start as Pointer;
