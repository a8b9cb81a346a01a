/** Embeds with a deadline that holds even when the embedder ignores its signal. */
import type { Embedder } from "../chat/engine.ts";
import { inTime } from "./in-time.ts";

export class EmbeddingTimeout extends Error {
  constructor(deadlineMs: number) {
    super(`The embedder did not answer within ${deadlineMs} ms.`);
    this.name = "EmbeddingTimeout";
  }
}

/**
 * @returns one vector a text, in order
 * @throws EmbeddingTimeout, `signal.reason`, whatever the embedder throws, or Error when its vectors do not fit
 */
export async function embedInTime(
  embedder: Embedder,
  texts: readonly string[],
  deadlineMs: number,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const vectors = await inTime(
    (cut) => embedder.embed(texts, cut),
    deadlineMs,
    () => new EmbeddingTimeout(deadlineMs),
    signal,
  );
  if (vectors.length !== texts.length || vectors.some(({ length }) => length !== embedder.dimensions))
    throw new Error(
      `The embedder ${embedder.model} did not give one vector of ${embedder.dimensions} a text.`,
    );
  return vectors;
}
