/** How work grows with what it is given: in one run, so that a busy machine says nothing. */

/** How many times longer the longer one is; a work whose time grows with the square takes its square as long. */
const factor = 4;

/** In milliseconds: the square of so many bars takes far longer. */
const tooShortToTell = 10;

/**
 * @returns how many times longer `factor` times the bars take, each the best of some; measured again where it is too much: another
 * program may have taken the processor, and the square of the work stays one
 */
export function growthOf(work: (bars: number) => void, bars = 50_000): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && least >= mostGrowth; attempt++)
    least = Math.min(least, measured(work, bars));
  return least;
}

function measured(work: (bars: number) => void, bars: number): number {
  const best = (count: number) =>
    Math.min(
      ...Array.from({ length: 4 }, () => {
        const started = performance.now();
        work(count);
        return performance.now() - started;
      }),
    );
  // Compiled before it is measured.
  work(bars);
  const long = best(bars * factor);
  return long < tooShortToTell ? factor : long / best(bars);
}

/** Three times what it takes when each bar costs the same: the square would be `factor` times that. */
export const mostGrowth = factor * 3;
