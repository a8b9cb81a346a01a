/**
 * The fields of vLLM's streams that are used here, and how they become events. It knows nothing of HTTP.
 * @see https://docs.vllm.ai/en/stable/serving/openai_compatible_server.html
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import type { FinishReason, PromptToken, ReasoningEvent, TokenEvent } from "../../chat/chat-event.ts";
import { EngineFailedError } from "../../errors.ts";

const maybe = <Schema extends Parameters<typeof t.Optional>[0]>(schema: Schema) =>
  t.Optional(t.Union([schema, t.Null()]));

const Logprob = t.Object({
  token: t.String(),
  logprob: t.Number(),
  top_logprobs: maybe(t.Array(t.Object({ token: t.String(), logprob: t.Number() }))),
});
type Logprob = Static<typeof Logprob>;

const ToolCallPiece = t.Object({
  index: t.Integer(),
  id: maybe(t.String()),
  function: maybe(t.Object({ name: maybe(t.String()), arguments: maybe(t.String()) })),
});

const UpstreamUsage = t.Object({
  prompt_tokens: t.Integer(),
  completion_tokens: maybe(t.Integer()),
  prompt_tokens_details: maybe(t.Object({ cached_tokens: maybe(t.Integer()) })),
});
export type UpstreamUsage = Static<typeof UpstreamUsage>;

const UpstreamChunk = t.Object({
  choices: t.Array(
    t.Object({
      delta: t.Object({
        content: maybe(t.String()),
        reasoning: maybe(t.String()),
        reasoning_content: maybe(t.String()),
        tool_calls: maybe(t.Array(ToolCallPiece)),
      }),
      finish_reason: maybe(t.String()),
      /** The stop string, or the id of the token, that ended it. */
      stop_reason: maybe(t.Union([t.String(), t.Integer()])),
      token_ids: maybe(t.Array(t.Integer())),
      logprobs: maybe(t.Object({ content: maybe(t.Array(Logprob)) })),
    }),
  ),
  usage: maybe(UpstreamUsage),
});
export type UpstreamChunk = Static<typeof UpstreamChunk>;

const LogprobColumns = t.Object({
  tokens: maybe(t.Array(t.String())),
  token_logprobs: maybe(t.Array(t.Union([t.Number(), t.Null()]))),
  top_logprobs: maybe(t.Array(t.Union([t.Record(t.String(), t.Number()), t.Null()]))),
});
type LogprobColumns = Static<typeof LogprobColumns>;

/** What /v1/completions streams: the text lies beside the choice, and so do the log-probabilities, in columns. */
const TextChunk = t.Object({
  choices: t.Array(
    t.Object({
      text: t.String(),
      finish_reason: maybe(t.String()),
      stop_reason: maybe(t.Union([t.String(), t.Integer()])),
      token_ids: maybe(t.Array(t.Integer())),
      logprobs: maybe(LogprobColumns),
    }),
  ),
  usage: maybe(UpstreamUsage),
});

/** What /v1/completions answers with as a whole, where it is asked for nothing but the prompt. */
export const EchoedPrompt = t.Object({
  choices: t.Array(t.Object({ text: t.String(), logprobs: maybe(LogprobColumns) }), { minItems: 1 }),
});

/** One entry a token where there are log-probabilities, else one for all of it. */
export function promptTokensOf({ choices }: Static<typeof EchoedPrompt>): readonly PromptToken[] {
  const { text = "", logprobs } = choices[0] ?? {};
  if (!logprobs?.tokens) return [{ text }];
  return logprobs.tokens.map((token, index) => {
    const logprob = index === 0 ? null : (logprobs.token_logprobs?.[index] ?? null);
    return logprob === null
      ? { text: token }
      : { text: token, logprob, alternatives: alternativesIn(logprobs, index) };
  });
}

const alternativesIn = ({ top_logprobs: top }: LogprobColumns, index: number) =>
  Object.entries(top?.[index] ?? {}).map(([text, logprob]) => ({ text, logprob }));

const UpstreamError = t.Object({ error: t.Union([t.String(), t.Object({ message: t.String() })]) });
const messageOf = (error: Static<typeof UpstreamError>["error"]) =>
  (typeof error === "string" ? error : error.message).trim().replace(/\.$/, "");

// Compiled, because every token of every answer passes here: a tenth of the time that Value.Check takes.
const chunkCheck = TypeCompiler.Compile(UpstreamChunk);
const textCheck = TypeCompiler.Compile(TextChunk);
const errorCheck = TypeCompiler.Compile(UpstreamError);

/**
 * @param data of one event
 * @throws EngineFailedError for an error that travels in the stream, and for what is no chunk at all
 */
export function parseChunk(data: string): UpstreamChunk {
  const parsed = parsedEvent(data);
  if (chunkCheck.Check(parsed)) return parsed;
  throw new EngineFailedError("vLLM sent something that is no part of an answer. Try again.");
}

/** A chunk of /v1/completions in the form of one of /v1/chat/completions. @throws EngineFailedError, as parseChunk */
export function parseTextChunk(data: string): UpstreamChunk {
  const parsed = parsedEvent(data);
  if (!textCheck.Check(parsed))
    throw new EngineFailedError("vLLM sent something that is no part of an answer. Try again.");
  return {
    ...parsed,
    choices: parsed.choices.map(({ text, logprobs, ...choice }) => ({
      ...choice,
      delta: { content: text },
      logprobs: { content: logprobs ? logprobsInRows(logprobs) : null },
    })),
  };
}

const logprobsInRows = (columns: LogprobColumns): Logprob[] =>
  (columns.tokens ?? []).map((token, index) => ({
    token,
    logprob: columns.token_logprobs?.[index] ?? 0,
    top_logprobs: alternativesIn(columns, index).map(({ text, logprob }) => ({ token: text, logprob })),
  }));

/** @throws EngineFailedError for what is no JSON, and for an error that travels in the stream */
export function parsedEvent(data: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch (cause) {
    throw new EngineFailedError("vLLM sent something that cannot be read. Try again.", {}, { cause });
  }
  if (errorCheck.Check(parsed))
    throw new EngineFailedError(
      `vLLM failed while it wrote this answer: ${messageOf(parsed.error).slice(0, 300)}. Try again.`,
      {},
      { cause: parsed.error },
    );
  return parsed;
}

/**
 * Makes events of one answer's chunks. A token that ends inside a character comes as a chunk without text: its id and
 * its log-probability belong to the event that completes the character. And a vLLM that is busy puts several tokens
 * into one chunk; where their log-probabilities tell where each ends, each becomes an event of its own.
 */
export class TextEvents {
  #ids: number[] = [];
  #logprobs: Logprob[] = [];

  /** The text of the next chunk as events; none when it brings no text. */
  of(chunk: UpstreamChunk): (TokenEvent | ReasoningEvent)[] {
    const choice = chunk.choices[0];
    if (choice === undefined) return [];
    this.#ids.push(...(choice.token_ids ?? []));
    this.#logprobs.push(...(choice.logprobs?.content ?? []));
    const reasoning = choice.delta.reasoning ?? choice.delta.reasoning_content;
    const { content } = choice.delta;
    if (!reasoning && !content) return [];
    const [ids, logprobs] = [this.#ids, this.#logprobs];
    this.#ids = [];
    this.#logprobs = [];
    if (!reasoning) return tokenEvents(content ?? "", ids, logprobs);
    if (!content) return [{ type: "reasoning", text: reasoning, ids }];
    // Where the reasoning ends within a chunk, it is unknown which ids belong to which side.
    return [
      { type: "reasoning", text: reasoning, ids: [] },
      { type: "token", text: content, ids: [] },
    ];
  }
}

function tokenEvents(text: string, ids: readonly number[], logprobs: readonly Logprob[]): TokenEvent[] {
  const isWhole = logprobs.map(({ token }) => token).join("") === text && logprobs.at(-1)?.token !== "";
  if (!isWhole || (ids.length > 0 && ids.length !== logprobs.length))
    return [{ type: "token", text, ids, ...logprobsOf(logprobs) }];
  const events: TokenEvent[] = [];
  let from = 0;
  for (const [index, { token }] of logprobs.entries()) {
    if (token === "") continue;
    const [own, ownIds] = [logprobs.slice(from, index + 1), ids.slice(from, index + 1)];
    events.push({ type: "token", text: token, ids: ownIds, ...logprobsOf(own) });
    from = index + 1;
  }
  return events;
}

/** The log-probabilities of several tokens add up; alternatives belong to one token only. */
function logprobsOf(content: readonly Logprob[]): Pick<TokenEvent, "logprob" | "alternatives"> {
  if (content.length === 0) return {};
  const logprob = content.reduce((sum, entry) => sum + entry.logprob, 0);
  const alternatives = content.length === 1 ? content[0]?.top_logprobs : null;
  if (!alternatives) return { logprob };
  return { logprob, alternatives: alternatives.map(({ token, logprob }) => ({ text: token, logprob })) };
}

const endsOfOthers: Readonly<Record<string, FinishReason>> = {
  eos: "stop",
  eos_token: "stop",
  end_turn: "stop",
  stop_sequence: "stop",
  content_filter: "stop",
  max_tokens: "length",
  function_call: "tool_calls",
};

/** What it aborted by itself is no end of an answer. @throws EngineFailedError */
export function finishReasonOf(reason: string): FinishReason {
  if (reason === "stop" || reason === "length" || reason === "tool_calls") return reason;
  const known = endsOfOthers[reason.toLowerCase()];
  if (known !== undefined) return known;
  throw new EngineFailedError(`vLLM gave this answer up (${reason}). Try again.`);
}
