/**
 * `POST /v1/embeddings`, as OpenAI's, by the small model that recall uses: always in-process, whatever engine answers. Texts
 * are embedded a few at a time, so that a question's recall gets in between.
 * @see https://platform.openai.com/docs/api-reference/embeddings
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import type { UsageLimits } from "../accounts/usage-limits.ts";
import type { Embedder } from "../chat/engine.ts";
import { ReaderLeftError } from "../dialects/answer.ts";
import { maybe } from "../dialects/maybe.ts";
import { AppError, EngineUnavailableError, ModelPurposeError, UnknownModelError } from "../errors.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import { nextTurn } from "../sse/next-turn.ts";
import type { OwnerId } from "../store/schema.ts";
import { mostId, textsOfCl100k } from "./cl100k-texts.ts";
import { modelField } from "./completion-fields.ts";

const mostTexts = 2048;
/** Texts that are handed to the embedder at once. */
const batchSize = 8;

/** @param dimensions the only ones that the model has; null: it is not there */
const embeddingRequest = (dimensions: number | null) =>
  t.Object(
    {
      model: modelField,
      input: t.Union([
        t.String({ minLength: 1, maxLength: 1_000_000 }),
        t.Array(t.Unknown(), {
          minItems: 1,
          maxItems: mostTexts,
          "x-takes": {
            anyOf: [
              {
                type: "array",
                items: {
                  anyOf: [
                    { type: "string", minLength: 1 },
                    { type: "array", items: { type: "integer", minimum: 0, maximum: mostId }, minItems: 1 },
                  ],
                },
                minItems: 1,
                maxItems: mostTexts,
              },
              // One text, as the ids of its tokens.
              {
                type: "array",
                items: { type: "integer", minimum: 0, maximum: mostId },
                minItems: 1,
                maxItems: mostTexts,
              },
            ],
          },
        }),
      ]),
      encoding_format: maybe(
        t.String({
          minLength: 1,
          maxLength: 20,
          default: "float",
          "x-takes": { type: "string", enum: ["float", "base64"], default: "float" },
        }),
      ),
      dimensions: maybe(
        t.Integer({
          minimum: 1,
          maximum: 100_000,
          description: "The first so many numbers of each vector, made one long again.",
          ...(dimensions === null ? {} : { "x-takes": { type: "integer", minimum: 1, maximum: dimensions } }),
        }),
      ),
      user: maybe(t.String({ maxLength: 500 })),
    },
    {
      title: "EmbeddingRequest",
      description: "Texts whose meanings are wanted as vectors.",
      examples: [{ model: "auto", input: ["What is a bond?", "What is a share?"] }],
    },
  );
const Embeddings = t.Object(
  {
    object: t.Literal("list"),
    data: t.Array(
      t.Object({
        object: t.Literal("embedding"),
        index: t.Integer(),
        embedding: t.Union([
          t.Array(t.Number()),
          t.String({ description: "With base64: float32, little-endian." }),
        ]),
      }),
    ),
    model: t.String(),
    usage: t.Object({ prompt_tokens: t.Integer(), total_tokens: t.Integer() }),
  },
  {
    title: "Embeddings",
    examples: [
      {
        object: "list",
        data: [{ object: "embedding", index: 0, embedding: [0.0123, -0.0456, 0.0789] }],
        model: "all-minilm-l6-v2",
        usage: { prompt_tokens: 7, total_tokens: 7 },
      },
    ],
  },
);
type EmbeddingRequest = Static<ReturnType<typeof embeddingRequest>>;

export interface EmbeddingsDeps {
  /** null: its file is not there. */
  readonly embedder: Embedder | null;
  /** Whether a name means the embedding model; answers: it is that of a model which answers. */
  readonly meansEmbedder: (name: string) => "yes" | "answers" | "unknown";
}

interface EmbeddingsRouteDeps extends EmbeddingsDeps {
  readonly limits: UsageLimits;
  readonly ownerOf: (request: Request) => OwnerId;
}

export const createEmbeddings = ({ embedder, meansEmbedder, limits, ownerOf }: EmbeddingsRouteDeps) =>
  new Elysia({ name: "v1-embeddings", tags: ["openai"] }).post(
    "/v1/embeddings",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      if (embedder === null)
        throw new EngineUnavailableError("The embedding model is not there. Restore its file under models/.");
      refuseOtherModel(body.model ?? "auto", embedder, meansEmbedder);
      const dimensions = body.dimensions ?? embedder.dimensions;
      if (dimensions > embedder.dimensions)
        throw new BadFieldError(
          "dimensions",
          `must be at most ${embedder.dimensions}: this model's vectors have no more.`,
        );
      const isBase64 = isBase64Wanted(body);
      const texts = await textsIn(body.input);
      const ownerId = ownerOf(request);
      const end = limits.beginEmbedding(ownerId);
      try {
        const counts = await embedder.countTokens(texts, request.signal);
        const tooLong = counts.findIndex((count) => count > embedder.longestText);
        if (tooLong >= 0)
          throw new BadFieldError(
            typeof body.input === "string" ? "input" : `input[${tooLong}]`,
            `has ${counts[tooLong]} tokens, but the model reads ${embedder.longestText}. Cut the text into pieces.`,
          );
        const tokens = counts.reduce((sum, count) => sum + count, 0);
        // Counted before they are made: a client that leaves has used the machine all the same.
        limits.charge(ownerId, tokens);
        const form = { dimensions, isBase64 };
        const data = await embeddingsOf(embedder, texts, form, request.signal);
        const usage = { prompt_tokens: tokens, total_tokens: tokens };
        const rest = JSON.stringify({ model: embedder.model, usage }).slice(1);
        return new Response(`{"object":"list","data":[${data.join()}],${rest}`, {
          headers: { "content-type": "application/json" },
        });
      } catch (error) {
        if (request.signal.aborted && !(error instanceof AppError))
          throw new ReaderLeftError("The one who asked has left.");
        throw error;
      } finally {
        end();
      }
    },
    {
      body: embeddingRequest(embedder?.dimensions ?? null),
      detail: openApiDetail({
        summary: "Vectors of texts, as OpenAI's",
        replies: { 200: jsonReply("A vector for each text.", Embeddings) },
        errors: { 404: "There is no such model.", 503: "The embedding model is not there." },
      }),
    },
  );

/** @returns JSON of each, made piece by piece: that of 2,048 at once would hold everybody up */
async function embeddingsOf(
  embedder: Embedder,
  texts: readonly string[],
  { dimensions, isBase64 }: { readonly dimensions: number; readonly isBase64: boolean },
  reader: AbortSignal,
): Promise<readonly string[]> {
  const told: string[] = [];
  for (let from = 0; from < texts.length; from += batchSize) {
    const vectors = await embedder.embed(texts.slice(from, from + batchSize), reader);
    for (const vector of vectors) {
      const wanted = shortened(vector, dimensions);
      const embedding = isBase64 ? base64Of(wanted) : [...wanted];
      told.push(JSON.stringify({ object: "embedding", index: told.length, embedding }));
    }
    await nextTurn();
    reader.throwIfAborted();
  }
  return told;
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

function isBase64Wanted({ encoding_format: format }: EmbeddingRequest): boolean {
  if (format == null || format === "float") return false;
  if (format === "base64") return true;
  throw new BadFieldError("encoding_format", 'must be "float" or "base64".');
}

const TokenIds = t.Array(t.Integer({ minimum: 0, maximum: 2 ** 31 }), { minItems: 1, maxItems: 100_000 });

/** Texts and lists of OpenAI's token ids, also beside each other. @throws BadFieldError naming the place of what is neither */
async function textsIn(input: EmbeddingRequest["input"]): Promise<readonly string[]> {
  if (typeof input === "string") return [input];
  const isOneList = Value.Check(TokenIds, input);
  const items = isOneList ? [input] : input;
  const place = (index: number) => (isOneList ? "input" : `input[${index}]`);
  const lists = items.map((item) => (Value.Check(TokenIds, item) ? item : null));
  const decoded = lists.every((list) => list === null)
    ? []
    : await textsOfCl100k(lists.map((list) => list ?? []));
  return items.map((item, index) => {
    const text = lists[index] === null ? item : decoded[index];
    if (typeof text === "string" && text !== "") return text;
    throw new BadFieldError(
      place(index),
      "must be a text that is not empty, or ids of OpenAI's tokens (cl100k_base).",
    );
  });
}

/** float32, little-endian, as OpenAI's clients read it. */
function base64Of(vector: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [index, value] of vector.entries()) bytes.setFloat32(index * 4, value, true);
  return Buffer.from(bytes.buffer).toString("base64");
}
