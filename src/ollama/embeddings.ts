/** `POST /api/embed` and `/api/embeddings`, as Ollama's. */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { type EmbedTextsDeps, embedTexts } from "../dialects/embed-texts.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import { plainName } from "./model-name.ts";
import { EmbeddingRequest, EmbedRequest } from "./shapes.ts";

const Embedded = t.Object(
  {
    model: t.String(),
    embeddings: t.Array(t.Array(t.Number())),
    total_duration: t.Integer({ description: "Nanoseconds." }),
    load_duration: t.Integer(),
    prompt_eval_count: t.Integer(),
  },
  {
    title: "OllamaEmbeddings",
    examples: [
      {
        model: "all-minilm-l6-v2",
        embeddings: [[0.0123, -0.0456, 0.0789]],
        total_duration: 12_000_000,
        load_duration: 0,
        prompt_eval_count: 7,
      },
    ],
  },
);
const OneEmbedded = t.Object(
  { embedding: t.Array(t.Number()) },
  { title: "OllamaEmbedding", examples: [{ embedding: [0.0123, -0.0456, 0.0789] }] },
);
const errors = { 404: "There is no such model.", 503: "The embedding model is not there." };

export const createOllamaEmbeddings = (deps: EmbedTextsDeps) => {
  const embed = async (
    request: Request,
    name: string,
    texts: readonly string[],
    { dimensions = null, isCut = true }: { dimensions?: number | null; isCut?: boolean } = {},
  ) => {
    const vectors: number[][] = [];
    const place = (index: number) => (texts.length === 1 ? "input" : `input[${index}]`);
    const { model, tokens } = await embedTexts(
      deps,
      { model: plainName(name), texts, dimensions, place, isCut },
      request.signal,
      deps.ownerOf(request),
      (vector) => vectors.push([...vector]),
    );
    return { model, tokens, vectors };
  };
  return new Elysia({ name: "ollama-embeddings", tags: ["ollama"] })
    .post(
      "/api/embed",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const begunAt = performance.now();
        const texts = [body.input].flat().filter((text) => text !== "");
        const { model, tokens, vectors } = await embed(request, body.model, texts, {
          dimensions: body.dimensions || null,
          isCut: body.truncate !== false,
        });
        return {
          model,
          embeddings: vectors,
          total_duration: Math.round((performance.now() - begunAt) * 1e6),
          load_duration: 0,
          prompt_eval_count: tokens,
        };
      },
      {
        body: EmbedRequest,
        detail: openApiDetail({
          summary: "Vectors of texts, as Ollama's",
          replies: { 200: jsonReply("A vector for each text.", Embedded) },
          errors,
        }),
      },
    )
    .post(
      "/api/embeddings",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        if (body.prompt === "") return { embedding: [] };
        const { vectors } = await embed(request, body.model, [body.prompt]);
        return { embedding: vectors[0] ?? [] };
      },
      {
        body: EmbeddingRequest,
        detail: openApiDetail({
          summary: "The vector of one text, as Ollama's earlier interface",
          replies: { 200: jsonReply("The vector.", OneEmbedded) },
          errors,
        }),
      },
    );
};
