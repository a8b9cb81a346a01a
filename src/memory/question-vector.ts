/** What a question means, as recall and the search of documents compare it. */
import type { Embedder } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import { embedInTime } from "./embed-in-time.ts";

export interface QuestionVectorDeps {
  /** null: words alone. */
  readonly embedder: Embedder | null;
  readonly log: Log;
  /** How long the question's embedding is waited for. */
  readonly embedDeadlineMs: number;
  /** Called when the embedder has answered. */
  readonly onEmbedded: () => void;
}

/** In characters: embedding models read no more of it. */
const longestQuestion = 2_000;

/**
 * @param failure what the log calls a search by words alone
 * @returns null when the question has no embedding
 * @throws `signal.reason`
 */
export async function questionVector(
  question: string,
  { embedder, embedDeadlineMs, log, onEmbedded }: QuestionVectorDeps,
  failure: string,
  signal: AbortSignal,
): Promise<Float32Array | null> {
  if (embedder === null) return null;
  try {
    // Its last sign means nothing, and changes the vector: 0.51 false memories a question become 0.39 without it.
    const asked = question.slice(0, longestQuestion).replace(/[\s?!.]+$/, "");
    const [vector] = await embedInTime(embedder, [asked], embedDeadlineMs, signal);
    onEmbedded();
    return vector ?? null;
  } catch (error) {
    signal.throwIfAborted();
    log.warn(failure, { error });
    return null;
  }
}
