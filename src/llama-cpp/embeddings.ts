/** `POST /embedding` and `/embeddings`, as llama.cpp's server. */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { type EmbedTextsDeps, embedTexts } from "../dialects/embed-texts.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";

const text = t.String({ minLength: 1, maxLength: 1_000_000 });
const EmbeddingRequest = t.Object(
  { content: t.Union([text, t.Array(text, { minItems: 1, maxItems: 2048 })]) },
  {
    title: "LlamaCppEmbeddingRequest",
    additionalProperties: t.Unknown(),
    examples: [{ content: "What is a bond?" }],
  },
);
const Embedded = t.Array(t.Object({ index: t.Integer(), embedding: t.Array(t.Array(t.Number())) }), {
  title: "LlamaCppEmbeddings",
  examples: [[{ index: 0, embedding: [[0.0123, -0.0456, 0.0789]] }]],
});

export const createLlamaCppEmbeddings = (deps: EmbedTextsDeps) => {
  const embed = async (request: Request, content: string | readonly string[]) => {
    const texts = [content].flat();
    if (texts.some((each) => each.trim() === "")) throw new BadFieldError("content", "must not be empty.");
    const vectors: number[][] = [];
    const place = (index: number) => (typeof content === "string" ? "content" : `content[${index}]`);
    await embedTexts(
      deps,
      { model: "auto", texts, dimensions: null, place },
      request.signal,
      deps.ownerOf(request),
      (vector) => vectors.push([...vector]),
    );
    return vectors.map((vector, index) => ({ index, embedding: [vector] }));
  };
  const detail = openApiDetail({
    summary: "Vectors of texts, as llama.cpp's server",
    replies: { 200: jsonReply("A vector for each text.", Embedded) },
    errors: { 503: "The embedding model is not there." },
  });
  return new Elysia({ name: "llama-cpp-embeddings", tags: ["llama.cpp"] })
    .post("/embedding", ({ body, request }) => embed(request, body.content), {
      ...{ body: EmbeddingRequest, detail },
    })
    .post("/embeddings", ({ body, request }) => embed(request, body.content), {
      ...{ body: EmbeddingRequest, detail },
    });
};
