/** Stops answers and waits until their ends are stored. */
import { ShutdownRequest } from "../generations/generation-errors.ts";
import type { WorkspaceGenerations } from "./workspace.ts";

type Ending = Pick<WorkspaceGenerations, "stop" | "ended">;

/** @returns when all have ended, or after `limitMs` */
export async function endAnswers(
  generations: Ending,
  ids: readonly string[],
  limitMs: number,
): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  await Promise.all(
    ids.map(async (id) => {
      if (!generations.stop(id)) return;
      try {
        await generations.ended(id, signal);
      } catch (error) {
        if (!(error instanceof ShutdownRequest)) throw error;
      }
    }),
  );
}
