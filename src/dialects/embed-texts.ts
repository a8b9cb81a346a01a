/**
 * Vectors of texts, by the small model that recall uses: always in-process, whatever engine answers. Texts are embedded a few at
 * a time, so that a question's recall gets in between.
 */
import type { UsageLimits } from "../accounts/usage-limits.ts";
import type { Embedder } from "../chat/engine.ts";
import { EngineUnavailableError, ModelPurposeError, UnknownModelError } from "../errors.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { nextTurn } from "../sse/next-turn.ts";
import type { OwnerId } from "../store/schema.ts";
import { sideWork } from "./side-work.ts";

/** Texts that are handed to the embedder at once. */
const batchSize = 8;

export interface EmbeddingsDeps {
  /** null: its file is not there. */
  readonly embedder: Embedder | null;
  /** Whether a name means the embedding model; answers: it is that of a model which answers. */
  readonly meansEmbedder: (name: string) => "yes" | "answers" | "unknown";
}

export interface EmbedTextsDeps extends EmbeddingsDeps {
  readonly limits: UsageLimits;
  readonly ownerOf: (request: Request) => OwnerId;
}

interface WantedVectors {
  readonly model: string;
  readonly texts: readonly string[];
  /** The first so many numbers of each, of length one again; null: all. */
  readonly dimensions: number | null;
  /** Of a text in the request. */
  readonly place: (index: number) => string;
  /** Of a text that is too long its beginning is embedded; otherwise it is refused. */
  readonly isCut?: boolean;
}

/**
 * @param told each vector, in order
 * @returns the model, and how many tokens the texts have
 * @throws AppError
 */
export async function embedTexts(
  { embedder, meansEmbedder, limits }: EmbedTextsDeps,
  wanted: WantedVectors,
  reader: AbortSignal,
  ownerId: OwnerId,
  told: (vector: Float32Array) => void,
): Promise<{ readonly model: string; readonly tokens: number }> {
  if (embedder === null)
    throw new EngineUnavailableError("The embedding model is not there. Restore its file under models/.");
  refuseOtherModel(wanted.model, embedder, meansEmbedder);
  const dimensions = wanted.dimensions ?? embedder.dimensions;
  if (dimensions > embedder.dimensions)
    throw new BadFieldError(
      "dimensions",
      `must be at most ${embedder.dimensions}: this model's vectors have no more.`,
    );
  const { texts, place, isCut = false } = wanted;
  return await sideWork(limits, ownerId, reader, async () => {
    const counts = await embedder.countTokens(texts, reader);
    const tooLong = isCut ? -1 : counts.findIndex((count) => count > embedder.longestText);
    if (tooLong >= 0)
      throw new BadFieldError(
        place(tooLong),
        `has ${counts[tooLong]} tokens, but the model reads ${embedder.longestText}. Cut the text into pieces.`,
      );
    const tokens = counts.reduce((sum, count) => sum + Math.min(count, embedder.longestText), 0);
    // Counted before they are made: a client that leaves has used the machine all the same.
    limits.charge(ownerId, tokens);
    for (let from = 0; from < texts.length; from += batchSize) {
      const vectors = await embedder.embed(texts.slice(from, from + batchSize), reader);
      for (const vector of vectors) told(shortened(vector, dimensions));
      await nextTurn();
      reader.throwIfAborted();
    }
    return { model: embedder.model, tokens };
  });
}

/** @throws ModelPurposeError or UnknownModelError */
function refuseOtherModel(name: string, { model }: Embedder, meansEmbedder: EmbeddingsDeps["meansEmbedder"]) {
  if (name === "" || name.toLowerCase() === "auto" || name === model) return;
  const meant = meansEmbedder(name);
  if (meant === "yes") return;
  if (meant === "answers")
    throw new ModelPurposeError(`The model "${name}" answers and makes no vectors. Ask for "${model}".`);
  throw new UnknownModelError(name, [model]);
}

/** The first numbers of a vector, of length one again, as OpenAI shortens them. */
function shortened(vector: Float32Array, dimensions: number): Float32Array {
  if (dimensions === vector.length) return vector;
  const first = vector.slice(0, dimensions);
  const length = Math.hypot(...first);
  return length === 0 ? first : first.map((value) => value / length);
}
