/**
 * What llama-server's /completion streams, in the form of a chunk of /v1/chat/completions. It knows nothing of HTTP.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { EngineFailedError } from "../../errors.ts";
import type { ServerReport } from "../vllm/answer-events.ts";
import { parsedEvent, type UpstreamChunk, type UpstreamUsage } from "../vllm/upstream-chunk.ts";

/** Stands for the ids of tokens that were not told. */
export const unknownId = -1;

const Logprob = t.Object({ token: t.String(), logprob: t.Number() });

const CompletionChunk = t.Object({
  content: t.String(),
  tokens: t.Optional(t.Array(t.Integer())),
  stop: t.Boolean(),
  stop_type: t.Optional(t.String()),
  stopping_word: t.Optional(t.String()),
  /** So far. */
  tokens_predicted: t.Optional(t.Integer()),
  /** All of the prompt. */
  tokens_evaluated: t.Optional(t.Integer()),
  completion_probabilities: t.Optional(
    t.Array(t.Composite([Logprob, t.Object({ top_logprobs: t.Optional(t.Array(Logprob)) })])),
  ),
});

const Report = t.Object({
  prompt_progress: t.Optional(t.Object({ total: t.Integer(), cache: t.Integer(), processed: t.Integer() })),
  timings: t.Optional(
    t.Object({
      cache_n: t.Optional(t.Integer()),
      prompt_ms: t.Number(),
      prompt_per_second: t.Union([t.Number(), t.Null()]),
      predicted_ms: t.Number(),
      predicted_per_second: t.Union([t.Number(), t.Null()]),
    }),
  ),
});

// Compiled, because every token of every answer passes here.
const chunkCheck = TypeCompiler.Compile(CompletionChunk);
const reportCheck = TypeCompiler.Compile(Report);

const reasons: Readonly<Record<string, string>> = { eos: "stop", word: "stop", limit: "length" };

/** Reads the chunks of one answer, in order. */
export class CompletionReader {
  readonly #topLogprobs: number;
  /** Tokens of which it was told. */
  #told = 0;

  /** @param topLogprobs how many alternatives to each token are wanted */
  constructor(topLogprobs: number | null) {
    this.#topLogprobs = topLogprobs ?? 0;
  }

  /** @throws EngineFailedError for an error that travels in the stream, and for what is no chunk at all */
  parse(data: string): UpstreamChunk {
    const parsed = parsedEvent(data);
    if (!chunkCheck.Check(parsed))
      throw new EngineFailedError("vLLM sent something that is no part of an answer. Try again.");
    const { content, stop, stop_type, stopping_word, completion_probabilities: probabilities } = parsed;
    const choice = {
      delta: { content },
      finish_reason: stop ? (reasons[stop_type ?? ""] ?? "stop") : null,
      stop_reason: stopping_word ?? null,
      token_ids: this.#idsIn(parsed),
      logprobs: {
        content: (probabilities ?? []).map(({ token, logprob, top_logprobs: top = [] }) => ({
          token,
          logprob,
          top_logprobs: top.slice(0, this.#topLogprobs),
        })),
      },
    };
    // What it reports of its work travels along: `reportIn` reads it.
    return { ...(reportCheck.Check(parsed) ? parsed : {}), choices: [choice], usage: usageIn(parsed) };
  }

  /** A token that ends inside a character is counted, but its id is never told: that of the next one alone is too little. */
  #idsIn({ tokens = [], tokens_predicted: predicted, ...chunk }: Static<typeof CompletionChunk>): number[] {
    if (chunk.stop || "prompt_progress" in chunk) return [];
    const missing = (predicted ?? this.#told + tokens.length) - this.#told - tokens.length;
    this.#told += tokens.length + Math.max(0, missing);
    return [...Array.from({ length: Math.max(0, missing) }, () => unknownId), ...tokens];
  }
}

/** What a chunk of /completion or of /v1/chat/completions tells of the server's work. */
export function reportIn(chunk: unknown): ServerReport {
  if (!reportCheck.Check(chunk)) return {};
  const { prompt_progress: progress, timings } = chunk;
  return {
    ...(progress === undefined
      ? {}
      : { progress: { processed: progress.processed, total: progress.total, cached: progress.cache } }),
    ...(timings === undefined
      ? {}
      : {
          timings: {
            promptMs: timings.prompt_ms,
            promptPerSecond: timings.prompt_per_second ?? 0,
            decodeMs: timings.predicted_ms,
            decodePerSecond: timings.predicted_per_second ?? 0,
          },
        }),
  };
}

function usageIn(chunk: Static<typeof CompletionChunk>): UpstreamUsage | null {
  if (!chunk.stop || chunk.tokens_evaluated === undefined) return null;
  return {
    prompt_tokens: chunk.tokens_evaluated,
    completion_tokens: chunk.tokens_predicted ?? null,
    prompt_tokens_details: { cached_tokens: cachedIn(chunk) },
  };
}

const cachedIn = (chunk: unknown) => (reportCheck.Check(chunk) ? (chunk.timings?.cache_n ?? 0) : 0);
