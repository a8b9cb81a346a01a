/** Makes the events of one answer from the chunks of its stream, up to its end. It knows nothing of HTTP. */
import type { ChatEvent, Timings, Usage } from "../../chat/chat-event.ts";
import { EngineFailedError } from "../../errors.ts";
import { Stopwatch } from "../upstream/stopwatch.ts";
import type { DoubledBeginning, RepeatedBeginning } from "./repeated-beginning.ts";
import { ToolCallPieces } from "./tool-call-pieces.ts";
import { finishReasonOf, TextEvents, type UpstreamChunk, type UpstreamUsage } from "./upstream-chunk.ts";

interface AnswerPlan {
  readonly promptTokens: number;
  /** Of the text that it continues. */
  readonly continuedTokens: number;
  /** What it writes once more. */
  readonly repeated: RepeatedBeginning;
  /** What it may write once more. */
  readonly doubled: DoubledBeginning;
  /** @throws for a text that was not to be written */
  readonly check: (text: string) => void;
  /** What a server tells of its work beside the answer; left out: nothing. */
  readonly reportIn?: (chunk: UpstreamChunk) => ServerReport;
}

export interface ServerReport {
  /** How many tokens of the prompt it has read. */
  readonly progress?: { readonly processed: number; readonly total: number; readonly cached: number };
  readonly timings?: Partial<Timings>;
}

/** @throws EngineFailedError for an answer without an end; signal.reason when aborted */
export async function* answerEvents(
  chunks: AsyncIterable<UpstreamChunk>,
  { promptTokens, continuedTokens, repeated, doubled, check, reportIn }: AnswerPlan,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, void> {
  const watch = new Stopwatch();
  const texts = new TextEvents();
  const toolCalls = new ToolCallPieces();
  let reason: string | null = null;
  let stopString: string | null = null;
  let usage: UpstreamUsage | null = null;
  let measured: Partial<Timings> = {};
  let written = 0;
  for await (const chunk of chunks) {
    const report = reportIn?.(chunk);
    if (report?.progress) yield { type: "prompt-progress", ...report.progress };
    for (const event of texts.of(chunk)) {
      // Not every server reports the ids; without them each piece counts as one token.
      const tokens = Math.max(1, event.ids.length);
      watch.count(tokens);
      written += tokens;
      const fresh = event.type === "token" ? repeated.newOf(event) : repeated.isOver ? event : null;
      if (fresh?.type === "token") check(fresh.text);
      // No yield* of a list here: in an asynchronous generator it costs several turns for each token.
      if (fresh?.type === "token") for (const own of doubled.newOf(fresh)) yield own;
      else if (fresh !== null) yield fresh;
    }
    for (const piece of toolCalls.take(chunk)) yield piece;
    reason = reasonIn(chunk) ?? reason;
    stopString = stopStringIn(chunk) ?? stopString;
    usage = chunk.usage ?? usage;
    measured = report?.timings ?? measured;
  }
  signal.throwIfAborted();
  // It ended the stream, but without a reason: some gateways do.
  if (reason === null && written > 0) reason = toolCalls.isEmpty ? "stop" : "tool_calls";
  if (reason === null) throw new EngineFailedError("vLLM ended the answer without saying why. Try again.");
  yield* doubled.end();
  repeated.end();
  yield* toolCalls.events();
  yield finishEvent(
    reason,
    {
      // The server knows best; but its count includes the text that it continued.
      promptTokens: continuedTokens > 0 ? promptTokens : (usage?.prompt_tokens ?? promptTokens),
      cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      completionTokens: continuedTokens + (usage?.completion_tokens ?? written),
      ...(stopString === null ? {} : { stopString }),
    },
    watch,
    measured,
  );
}

/** Of an answer that has no room left: nothing is asked for it. */
export const finishAtOnce = (promptTokens: number, completionTokens: number): ChatEvent =>
  finishEvent("length", { promptTokens, cachedTokens: 0, completionTokens }, new Stopwatch());

function stopStringIn({ choices }: UpstreamChunk): string | null {
  const reason = choices[0]?.stop_reason;
  return typeof reason === "string" && reason !== "" ? reason : null;
}

const reasonIn = (chunk: UpstreamChunk) => chunk.choices[0]?.finish_reason || null;

function finishEvent(
  reason: string,
  usage: Usage,
  watch: Stopwatch,
  measured: Partial<Timings> = {},
): ChatEvent {
  const timings = { ...watch.timings(usage), ...measured };
  return { type: "finish", reason: finishReasonOf(reason), usage, timings };
}
