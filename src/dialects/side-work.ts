/** Work of the small models beside the one that answers (embedding, ranking), within its user's limits. */
import type { UsageLimits } from "../accounts/usage-limits.ts";
import { AppError } from "../errors.ts";
import type { OwnerId } from "../store/schema.ts";
import { ReaderLeftError } from "./answer.ts";

/** @throws TooManyRequestsError, what `work` throws, or ReaderLeftError when the client has disconnected */
export async function sideWork<Result>(
  limits: UsageLimits,
  ownerId: OwnerId,
  reader: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = limits.beginEmbedding(ownerId);
  try {
    return await work();
  } catch (error) {
    if (reader.aborted && !(error instanceof AppError))
      throw new ReaderLeftError("The one who asked has left.");
    throw error;
  } finally {
    end();
  }
}
