/**
 * An answer as OpenAI's `chat.completion.chunk`s. A frame follows from what is stored alone, so the same answer
 * read again is the same bytes. Cursors: the role has id 0, the token with index i has i + 1, the end has the
 * number of tokens + 1. Where an answer was continued, the cursor of its earlier end is left out, and
 * so is that of a whole call whose pieces were sent.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */

import { CallDeltas } from "../generations/call-deltas.ts";
import { type GenerationUpdate, type Outcome, writerAt } from "../generations/generation-update.ts";
import { textOf } from "../generations/written-text.ts";
import { errorOf, finishReasonOf, usageOf } from "../http/answer-outcome.ts";
import { encodeFrame } from "../sse/event-stream.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { factJson } from "./fact-json.ts";
import { type FiguresAtEnd, figuresJson } from "./figure-json.ts";

export const doneFrame = encodeFrame({ data: "[DONE]" });

interface ChunkSource {
  readonly generation: Generation;
  readonly updates: AsyncIterable<GenerationUpdate>;
  /** The id of the last frame that the reader has; -1: none. */
  readonly after: number;
  /** What those frames have of the log: calls of tools may have begun there. Absent: nothing. */
  readonly before?: readonly LoggedToken[];
  /** Asked for at the end, with all of the text where it is kept; left out, or null: the figures are not classified. */
  readonly figures?: (text: string | null) => FiguresAtEnd | null;
  /** The text is kept for that: for readers from the first token on. Those who take an old answer slowly would hold much. */
  readonly keepsText?: boolean;
}

/** @throws what the updates throw: the connection is then reset, and the reader may come back with its cursor */
export async function* chunkFrames(source: ChunkSource): AsyncGenerator<string, void, undefined> {
  const { generation, updates, after } = source;
  const calls = new CallDeltas();
  for (const token of source.before ?? []) calls.of(token);
  let text = source.keepsText ? "" : null;
  if (after < 0) {
    const delta = { role: "assistant", content: "" };
    const chunk = { ...frameHead(generation, generation.model), conversation_id: generation.conversationId };
    yield encodeFrame({
      id: "0",
      data: JSON.stringify({ ...chunk, choices: [{ index: 0, delta, finish_reason: null }] }),
    });
  }
  for await (const update of updates) {
    if (update.type === "tokens") {
      if (text !== null) text += textOf(update.tokens);
      const frames = tokenFrames(generation, update, calls);
      if (frames !== "") yield frames;
    }
    if (update.type === "end") {
      if (after <= update.outcome.tokenCount)
        yield endFrame(generation, update.outcome, source.figures?.(text) ?? null);
      yield doneFrame;
      return;
    }
  }
}

/** One string of whole frames: they leave in one write. */
function tokenFrames(
  generation: Generation,
  { from, tokens, writer }: Extract<GenerationUpdate, { type: "tokens" }>,
  calls: CallDeltas,
): string {
  // Written by hand, because every token of every answer passes here: only its text has to be encoded.
  const headFields = frameHead(generation, writer?.model ?? generation.model);
  const head = JSON.stringify(headFields).slice(0, -1);
  let frames = "";
  for (const [offset, token] of tokens.entries()) {
    if (token.continued || token.thoughtOver) continue;
    const index = from + offset;
    if (token.toolPiece !== undefined || token.toolCall !== undefined) {
      const call = calls.of(token);
      if (call === null) continue;
      const choices = [{ index: 0, delta: { tool_calls: [call] }, finish_reason: null }];
      frames += encodeFrame({
        id: String(index + 1),
        data: JSON.stringify({ ...headFields, choices }),
      });
      continue;
    }
    const beside = besideText(token);
    if (beside !== null) {
      const choices = [{ index: 0, delta: {}, finish_reason: null }];
      const data = JSON.stringify({ ...headFields, choices, ...beside });
      frames += encodeFrame({ id: String(index + 1), data });
      continue;
    }
    const delta = `{"${token.reasoning ? "reasoning_content" : "content"}":${JSON.stringify(token.text)}}`;
    const data = `${head},"choices":[{"index":0,"delta":${delta},"finish_reason":null}]}`;
    frames += encodeFrame({ id: String(index + 1), data });
  }
  return frames;
}

/** What the program adds to OpenAI's form: facts, and the calls of its own tools with what came of them. */
function besideText({ facts, toolUse, toolStep, toolResult }: LoggedToken): object | null {
  if (facts !== undefined) return { facts: facts.map(factJson) };
  if (toolUse !== undefined) return { tool_use: toolUse };
  if (toolStep !== undefined) return { tool_step: toolStep };
  return toolResult === undefined ? null : { tool_result: toolResult };
}

function endFrame(generation: Generation, outcome: Outcome, figures: FiguresAtEnd | null): string {
  const writer = writerAt(outcome.writers, outcome.tokenCount);
  const head = frameHead(generation, writer?.model ?? generation.model);
  const failed = outcome.state === "failed";
  const data = {
    ...head,
    choices: [{ index: 0, delta: {}, finish_reason: failed ? null : finishReasonOf(outcome) }],
    usage: usageOf(outcome.usage),
    ...(figures === null ? {} : { figures: figuresJson(figures) }),
    ...(failed ? { error: errorOf(outcome) } : {}),
  };
  return encodeFrame({ id: String(outcome.tokenCount + 1), data: JSON.stringify(data) });
}

const frameHead = (generation: Generation, model: string) => ({
  id: generation.id,
  object: "chat.completion.chunk",
  created: Math.floor(generation.createdAt / 1000),
  model,
});
