/** Stops answers and waits until they have been put away. */
import { ShutdownRequest } from "../generations/generation-errors.ts";
import type { WorkspaceGenerations } from "./workspace.ts";

type Ending = Pick<WorkspaceGenerations, "stop" | "follow" | "tokenCount">;

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
        for await (const update of generations.follow(id, generations.tokenCount(id), signal))
          if (update.type === "end") return;
      } catch (error) {
        if (!(error instanceof ShutdownRequest)) throw error;
      }
    }),
  );
}
