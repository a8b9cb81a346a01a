/** What /completion answers with, as a whole and as events. */
import { Type as t } from "@sinclair/typebox";
import { answerFailed, modelOf, wholeAnswer } from "../dialects/answer.ts";
import type { GenerationUpdate, Outcome } from "../generations/generation-update.ts";
import { foreignStatus } from "../http/error-forms.ts";
import { LlamaCppErrorReply, llamaCppErrorBody } from "../http/llama-cpp-error.ts";
import type { StaticReply } from "../http/openapi/openapi-detail.ts";
import { encodeFrame } from "../sse/event-stream.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";

const entry = { id: t.Integer(), token: t.String(), bytes: t.Array(t.Integer()), logprob: t.Number() };
const Probabilities = t.Array(t.Object({ ...entry, top_logprobs: t.Array(t.Object(entry)) }));
const Timings = t.Object({
  cache_n: t.Integer(),
  prompt_n: t.Integer(),
  prompt_ms: t.Number(),
  prompt_per_second: t.Number(),
  predicted_n: t.Integer(),
  predicted_ms: t.Number(),
  predicted_per_second: t.Number(),
});

export const Completion = t.Object(
  {
    index: t.Integer(),
    content: t.String(),
    tokens: t.Array(t.Integer({ description: "With return_tokens." })),
    id_slot: t.Integer(),
    stop: t.Literal(true),
    model: t.String({ description: "The model that really wrote it." }),
    tokens_predicted: t.Integer(),
    tokens_evaluated: t.Integer(),
    tokens_cached: t.Integer(),
    generation_settings: t.Record(t.String(), t.Unknown()),
    prompt: t.String(),
    truncated: t.Boolean(),
    stop_type: t.Union([t.Literal("eos"), t.Literal("limit"), t.Literal("word")]),
    stopping_word: t.String(),
    timings: t.Optional(Timings),
    completion_probabilities: t.Optional(Probabilities),
  },
  {
    title: "LlamaCppCompletion",
    examples: [
      {
        ...{ index: 0, content: " a loan to a state.", tokens: [], id_slot: 0, stop: true },
        ...{ model: "qwen2.5-1.5b-instruct", tokens_predicted: 6, tokens_evaluated: 3, tokens_cached: 0 },
        ...{ generation_settings: { temperature: 0.8 }, prompt: "A bond is", truncated: false },
        ...{ stop_type: "eos", stopping_word: "" },
      },
    ],
  },
);

const Piece = t.Object({
  index: t.Integer(),
  content: t.String(),
  tokens: t.Array(t.Integer()),
  stop: t.Literal(false),
  id_slot: t.Integer(),
  tokens_predicted: t.Integer(),
  tokens_evaluated: t.Integer(),
  completion_probabilities: t.Optional(Probabilities),
  prompt_progress: t.Optional(
    t.Object({ total: t.Integer(), cache: t.Integer(), processed: t.Integer(), time_ms: t.Integer() }),
  ),
});
export const CompletionEvent = t.Union([Piece, Completion, LlamaCppErrorReply]);

interface Wanted {
  readonly returnsTokens: boolean;
  readonly returnsProgress: boolean;
}

const encoder = new TextEncoder();

function probabilitiesOf(tokens: readonly LoggedToken[]): StaticReply<typeof Probabilities> {
  const told = (token: string, logprob: number, id: number) => ({
    id,
    token,
    bytes: [...encoder.encode(token)],
    logprob: Number.isFinite(logprob) ? logprob : -9999,
  });
  return tokens.map(({ text, ids, logprob = 0, alternatives = [] }) => ({
    ...told(text, logprob, ids[0] ?? -1),
    // Engines tell texts of alternatives alone.
    top_logprobs: alternatives.map((other) => told(other.text, other.logprob, -1)),
  }));
}

const withProbabilities = ({ sampling }: Generation, tokens: readonly LoggedToken[]) =>
  sampling.topLogprobs === null ? {} : { completion_probabilities: probabilitiesOf(tokens) };

/** @param content '' at the end of a stream, which has told it */
export function completionOf(
  generation: Generation,
  outcome: Outcome,
  logged: readonly LoggedToken[],
  { returnsTokens, isStreamed }: Pick<Wanted, "returnsTokens"> & { readonly isStreamed: boolean },
): StaticReply<typeof Completion> {
  const { text, tokens } = wholeAnswer(logged);
  const { finishReason, usage, timings } = outcome;
  const { promptTokens = 0, cachedTokens = 0, completionTokens = 0, stopString = "" } = usage ?? {};
  const { sampling, request } = generation;
  return {
    index: 0,
    content: isStreamed ? "" : text,
    tokens: returnsTokens && !isStreamed ? tokens.flatMap(({ ids }) => ids) : [],
    id_slot: 0,
    stop: true,
    model: modelOf(generation, outcome),
    tokens_predicted: completionTokens,
    tokens_evaluated: promptTokens,
    tokens_cached: cachedTokens,
    generation_settings: {
      seed: sampling.seed,
      temperature: sampling.temperature,
      top_p: sampling.topP,
      top_k: sampling.topK ?? 0,
      min_p: sampling.minP ?? 0,
      n_predict: sampling.maxTokens,
      stop: sampling.stop,
    },
    prompt: typeof request?.prompt === "string" ? request.prompt : "",
    truncated: false,
    stop_type: finishReason === "length" ? "limit" : stopString === "" ? "eos" : "word",
    stopping_word: stopString,
    ...(timings === null
      ? {}
      : {
          timings: {
            cache_n: cachedTokens,
            prompt_n: promptTokens - cachedTokens,
            prompt_ms: timings.promptMs,
            prompt_per_second: timings.promptPerSecond,
            predicted_n: completionTokens,
            predicted_ms: timings.decodeMs,
            predicted_per_second: timings.decodePerSecond,
          },
        }),
    ...(isStreamed ? {} : withProbabilities(generation, tokens)),
  };
}

/** @param updates of one answer, from its beginning */
export async function* completionEvents(
  generation: Generation,
  updates: AsyncIterable<GenerationUpdate>,
  { returnsTokens, returnsProgress }: Wanted,
): AsyncGenerator<string, void, undefined> {
  let predicted = 0;
  let evaluated = 0;
  const piece = (fields: { content: string; tokens: readonly number[] }) => ({
    ...{ index: 0, ...fields, stop: false, id_slot: 0 },
    ...{ tokens_predicted: predicted, tokens_evaluated: evaluated },
  });
  for await (const update of updates) {
    if (update.type === "tokens") {
      let frames = "";
      for (const [offset, token] of update.tokens.entries()) {
        if (token.continued || token.echoed || token.toolPiece || token.toolCall) continue;
        predicted += Math.max(1, token.ids.length);
        const told = { content: token.text, tokens: token.ids };
        frames += frame(
          { ...piece(told), ...withProbabilities(generation, [token]) },
          update.from + offset + 1,
        );
      }
      if (frames !== "") yield frames;
    } else if (update.type === "end") {
      const { outcome } = update;
      if (outcome.state === "failed") {
        const error = answerFailed(generation, outcome);
        yield frame(llamaCppErrorBody(error, foreignStatus(error)));
      } else
        yield frame(
          completionOf(generation, outcome, [], { returnsTokens, isStreamed: true }),
          outcome.tokenCount + 1,
        );
      return;
    } else if (update.type === "reading" && update.tokens !== undefined) {
      const { total, cached, processed } = update.tokens;
      evaluated = total;
      if (!returnsProgress) continue;
      const time = Date.now() - generation.createdAt;
      const progress = { total, cache: cached, processed, time_ms: time };
      yield frame({ ...piece({ content: "", tokens: [] }), prompt_progress: progress });
    }
  }
}

const frame = (data: object, cursor?: number) =>
  encodeFrame({
    ...(cursor === undefined ? {} : { id: String(cursor) }),
    data: JSON.stringify(data),
  });
