/**
 * Measures how long the event loop was kept from turning: by the clock, and in processor time of this thread.
 * On a shared machine the clock also counts what other processes take; the processor time is the program's own.
 */

/** The processor time that this thread has taken, in milliseconds. */
export function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export interface LoopBlocks extends Disposable {
  readonly longest: { readonly clockMs: number; readonly processorMs: number };
}

/** @param everyMs a timer's interval: what it comes later than that, the loop was blocked */
export function measureLoopBlocks(everyMs = 4): LoopBlocks {
  let clockMs = 0;
  let longestMs = 0;
  let last = performance.now();
  let lastUsed = processorMs();
  const look = () => {
    const now = performance.now();
    const used = processorMs();
    clockMs = Math.max(clockMs, now - last - everyMs);
    longestMs = Math.max(longestMs, used - lastUsed);
    last = now;
    lastUsed = used;
  };
  const timer = setInterval(look, everyMs);
  return {
    get longest() {
      look();
      return { clockMs, processorMs: longestMs };
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/**
 * The longest block of the best of three runs, in processor time. What the program holds up, it holds up in every run; a
 * pause of the garbage collector or of the machine comes in one of them. A run below `enoughMs` needs no other.
 * @param enoughMs asked after each run
 */
export async function leastBlock(enoughMs: () => number, run: (index: number) => Promise<unknown>) {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < 3 && (index === 0 || least >= enoughMs()); index += 1) {
    using blocks = measureLoopBlocks();
    await run(index);
    least = Math.min(least, blocks.longest.processorMs);
  }
  return least;
}

/**
 * The processor time of `ms` milliseconds' work on the machine on which the limits of our tests were found, as it takes on
 * this one now: a slower machine has longer limits. Never below `ms`.
 */
export function hereMs(ms: number): number {
  pieceMs ??= measurePiece();
  return ms * Math.max(1, pieceMs / foundMs);
}

let pieceMs: number | undefined;
/** What the piece took where the limits were found. */
const foundMs = 10;

/** The median of a few: the first are not compiled yet. */
function measurePiece(): number {
  const rows = Array.from({ length: 5_500 }, (_, id) => ({
    id,
    name: `name ${id}`,
    words: ["a", "b", `${id}`],
  }));
  const times = Array.from({ length: 9 }, () => {
    const before = processorMs();
    JSON.stringify(JSON.parse(JSON.stringify(rows)))
      .split(/\W+/)
      .sort();
    return processorMs() - before;
  });
  return times.sort((a, b) => a - b)[4] ?? foundMs;
}
