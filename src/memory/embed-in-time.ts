/** Embeds with a deadline that holds even when the embedder ignores its signal. */
import type { Embedder } from "../chat/engine.ts";

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
  signal.throwIfAborted();
  const controller = new AbortController();
  const cut = Promise.withResolvers<never>();
  const giveUp = (reason: unknown) => {
    controller.abort(reason);
    cut.reject(reason);
  };
  const timer = setTimeout(() => giveUp(new EmbeddingTimeout(deadlineMs)), deadlineMs);
  const onAbort = () => giveUp(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const vectors = await Promise.race([embedder.embed(texts, controller.signal), cut.promise]);
    if (vectors.length !== texts.length || vectors.some(({ length }) => length !== embedder.dimensions))
      throw new Error(
        `The embedder ${embedder.model} did not give one vector of ${embedder.dimensions} a text.`,
      );
    return vectors;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
