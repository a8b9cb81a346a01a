/**
 * `POST /v1/embeddings`, as OpenAI's, by the small model that recall uses: always in-process, whatever engine answers. Texts
 * are embedded a few at a time, so that a question's recall gets in between.
 * @see https://platform.openai.com/docs/api-reference/embeddings
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import { type EmbedTextsDeps, embedTexts } from "../dialects/embed-texts.ts";
import { maybe } from "../dialects/maybe.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import { mostId, textsOfCl100k } from "./cl100k-texts.ts";
import { modelField } from "./completion-fields.ts";

const mostTexts = 2048;

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

export const createEmbeddings = (deps: EmbedTextsDeps) =>
  new Elysia({ name: "v1-embeddings", tags: ["openai"] }).post(
    "/v1/embeddings",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      const isBase64 = isBase64Wanted(body);
      const texts = await textsIn(body.input);
      const data: string[] = [];
      const { model, tokens } = await embedTexts(
        deps,
        {
          model: body.model ?? "auto",
          texts,
          dimensions: body.dimensions ?? null,
          place: (index) => (typeof body.input === "string" ? "input" : `input[${index}]`),
        },
        request.signal,
        deps.ownerOf(request),
        // Piece by piece: JSON of 2,048 at once would hold everybody up.
        (vector) => {
          const embedding = isBase64 ? base64Of(vector) : [...vector];
          data.push(JSON.stringify({ object: "embedding", index: data.length, embedding }));
        },
      );
      const usage = { prompt_tokens: tokens, total_tokens: tokens };
      const rest = JSON.stringify({ model, usage }).slice(1);
      return new Response(`{"object":"list","data":[${data.join()}],${rest}`, {
        headers: { "content-type": "application/json" },
      });
    },
    {
      body: embeddingRequest(deps.embedder?.dimensions ?? null),
      detail: openApiDetail({
        summary: "Vectors of texts, as OpenAI's",
        replies: { 200: jsonReply("A vector for each text.", Embeddings) },
        errors: { 404: "There is no such model.", 503: "The embedding model is not there." },
      }),
    },
  );

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
