/**
 * `POST /rerank`, `/v1/rerank` and their other names: how well texts answer a question, in the shapes of llama.cpp's server, which are
 * Jina's and Cohere's, or, with `texts`, that of Text Embeddings Inference.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import { maybe } from "../dialects/maybe.ts";
import { type RankTextsDeps, rankTexts } from "../dialects/rank-texts.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";

/** One interface under the names that programs ask for. */
export const rankingPaths = ["/rerank", "/reranking", "/v1/rerank", "/v1/reranking"] as const;

const mostTexts = 1000;
const text = t.String({ maxLength: 1_000_000 });
const texts = t.Array(t.Union([text, t.Object({ text }, { additionalProperties: true })]), {
  minItems: 1,
  description: `${mostTexts} at most.`,
});
const RankingRequest = t.Object(
  {
    query: t.String({ minLength: 1, maxLength: 100_000 }),
    documents: maybe(texts),
    texts: maybe(texts),
    model: maybe(t.String({ maxLength: 300, description: "Left out: the one that is here." })),
    top_n: maybe(t.Integer({ minimum: 1, maximum: 1_000_000, description: "Left out: all." })),
    return_documents: maybe(t.Boolean({ description: "Each result has its document." })),
    return_text: maybe(t.Boolean({ description: "With `texts`: each result has its text." })),
  },
  {
    title: "RankingRequest",
    description: "`documents`, or `texts` for the form of Text Embeddings Inference.",
    additionalProperties: t.Unknown(),
    examples: [
      { query: "What is a bond?", documents: ["A bond is a loan to a state or a firm.", "Gold is a metal."] },
    ],
  },
);
const rankingExample = {
  ...{
    model: "bge-reranker-v2-m3-Q8_0",
    object: "list",
    usage: { prompt_tokens: 31, total_tokens: 31 },
  },
  results: [
    { index: 0, relevance_score: 0.98 },
    { index: 1, relevance_score: 0.01 },
  ],
};
const Ranking = t.Object(
  {
    model: t.String(),
    object: t.Literal("list"),
    usage: t.Object({ prompt_tokens: t.Integer(), total_tokens: t.Integer() }),
    results: t.Array(
      t.Object({
        index: t.Integer({ description: "The document's, from 0." }),
        relevance_score: t.Number({ minimum: 0, maximum: 1 }),
        document: t.Optional(t.Object({ text: t.String() })),
      }),
    ),
  },
  {
    title: "Ranking",
    examples: [rankingExample],
  },
);
const TextRanking = t.Array(
  t.Object({
    index: t.Integer(),
    score: t.Number({ minimum: 0, maximum: 1 }),
    text: t.Optional(t.String()),
  }),
  { title: "TextRanking", examples: [[{ index: 0, score: 0.98 }]] },
);

export const createRanking = (deps: RankTextsDeps) => {
  const rank = async (body: Static<typeof RankingRequest>, request: Request) => {
    const asked = body.documents ?? body.texts;
    if (asked == null) throw new BadFieldError("documents", "is missing: the texts to rank.");
    if (asked.length > mostTexts)
      throw new BadFieldError(
        body.documents == null ? "texts" : "documents",
        `must be ${mostTexts} at most. Send them in several requests.`,
      );
    const told = asked.map((each) => (typeof each === "string" ? each : each.text));
    const { model, ranked } = await rankTexts(deps, { ...body, texts: told }, request);
    const best = ranked
      .map((each, index) => ({ index, ...each }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, body.top_n ?? ranked.length);
    const tokens = ranked.reduce((sum, each) => sum + each.tokens, 0);
    const headers = new IgnoredFields(body, RankingRequest).headers();
    if (body.documents == null)
      return Response.json(
        best.map(({ index, score }) => ({
          ...{ index, score },
          ...(body.return_text === true ? { text: told[index] } : {}),
        })),
        { headers },
      );
    const reply = {
      ...{ model, object: "list", usage: { prompt_tokens: tokens, total_tokens: tokens } },
      results: best.map(({ index, score }) => ({
        ...{ index, relevance_score: score },
        ...(body.return_documents === true ? { document: { text: told[index] } } : {}),
      })),
    };
    return Response.json(reply, { headers });
  };
  const route = {
    body: RankingRequest,
    detail: openApiDetail({
      summary: "Rank documents, as llama.cpp's server",
      replies: {
        200: jsonReply("The best first.", t.Union([Ranking, TextRanking], { examples: [rankingExample] })),
      },
      errors: {
        400: "No ranking model is here, or the model answers.",
        404: "There is no such model.",
        503: "The ranking model cannot be loaded.",
      },
    }),
  };
  const routes = new Elysia({ name: "llama-cpp-ranking", tags: ["llama.cpp"] });
  for (const path of rankingPaths) routes.post(path, ({ body, request }) => rank(body, request), route);
  return routes;
};
