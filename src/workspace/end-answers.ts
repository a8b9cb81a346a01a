/** Stops answers and waits until their ends are stored. */
import { ShutdownRequest } from "../generations/generation-errors.ts";
import type { Generations } from "../generations/generations.ts";

type Ending = Pick<Generations, "stop" | "ended">;

/**
 * @param signal ends the wait
 * @returns whether nothing more is written; false when the wait was ended before
 * @throws ShutdownRequest while the server shuts down
 */
export async function stopAndWait(generations: Ending, id: string, signal: AbortSignal): Promise<boolean> {
  return !generations.stop(id) || (await generations.ended(id, signal)) !== null;
}

/** @returns when all have ended, or after `limitMs` */
export async function endAnswers(
  generations: Ending,
  ids: readonly string[],
  limitMs: number,
): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  await Promise.all(
    ids.map(async (id) => {
      try {
        await stopAndWait(generations, id, signal);
      } catch (error) {
        if (!(error instanceof ShutdownRequest)) throw error;
      }
    }),
  );
}
