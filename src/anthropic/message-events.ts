/**
 * An answer as the events of /v1/messages. What is sent depends on the log alone, so that a reader who comes later gets the
 * same events.
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
import { Type as t } from "@sinclair/typebox";
import { answerFailed, modelOf } from "../dialects/answer.ts";
import { CallDeltas } from "../generations/call-deltas.ts";
import type { GenerationUpdate, Outcome } from "../generations/generation-update.ts";
import { AnthropicErrorReply, anthropicErrorBody } from "../http/anthropic-error.ts";
import { nullable, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { encodeFrame } from "../sse/event-stream.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import {
  ContentBlock,
  inputUsage,
  Message,
  MessageUsage,
  messageId,
  StopReason,
  stopOf,
  usageOf,
} from "./message-reply.ts";

type Delta = StaticReply<typeof BlockDelta>;
const BlockDelta = t.Union([
  t.Object({ type: t.Literal("text_delta"), text: t.String() }),
  t.Object({ type: t.Literal("thinking_delta"), thinking: t.String() }),
  t.Object({ type: t.Literal("signature_delta"), signature: t.String() }),
  t.Object({ type: t.Literal("input_json_delta"), partial_json: t.String() }),
]);

const place = { index: t.Integer() };

export const MessageEvent = t.Union([
  t.Object({ type: t.Literal("message_start"), message: Message }),
  t.Object({ type: t.Literal("ping") }),
  t.Object({ type: t.Literal("content_block_start"), ...place, content_block: ContentBlock }),
  t.Object({
    type: t.Literal("content_block_delta"),
    ...place,
    delta: BlockDelta,
  }),
  t.Object({ type: t.Literal("content_block_stop"), ...place }),
  t.Object({
    type: t.Literal("message_delta"),
    delta: t.Object({ stop_reason: StopReason, stop_sequence: nullable(t.String()) }),
    usage: MessageUsage,
  }),
  t.Object({ type: t.Literal("message_stop") }),
  AnthropicErrorReply,
]);

/** Sent in silence, too. */
export const ping = encodeFrame({ event: "ping", data: '{"type":"ping"}' });

interface EventsOptions {
  /** Of the request. */
  readonly id: string;
  /** All that the log has. */
  readonly logged: () => readonly LoggedToken[];
}

/** @param updates of one answer, from its beginning */
export async function* messageEvents(
  generation: Generation,
  updates: AsyncIterable<GenerationUpdate>,
  { id, logged }: EventsOptions,
): AsyncGenerator<string, void, undefined> {
  const blocks = new Blocks(generation.id);
  let isBegun = false;
  const begin = (model: string, prompt = 0, cached = 0) => {
    if (isBegun) return "";
    isBegun = true;
    return messageStart(generation, model, prompt, cached) + ping;
  };
  for await (const update of updates) {
    if (update.type === "tokens") {
      let frames = begin(update.writer?.model ?? generation.model);
      for (const [offset, token] of update.tokens.entries())
        frames += blocks.of(token, update.from + offset + 1);
      if (frames !== "") yield frames;
    } else if (update.type === "end") {
      const { outcome } = update;
      if (outcome.state === "failed") {
        const error = anthropicErrorBody(answerFailed(generation, outcome), id);
        yield encodeFrame({ event: "error", data: JSON.stringify(error) });
        return;
      }
      yield begin(modelOf(generation, outcome)) + blocks.close() + messageEnd(outcome, logged());
      return;
    } else if (update.type === "reading" && update.tokens !== undefined) {
      const { total, cached } = update.tokens;
      yield begin(generation.model, total, cached) || ping;
    } else if (update.type === "reading") {
      yield ping;
    } else {
      // It waits longer than a moment: a client may as well see that its request was taken.
      yield begin(generation.model) || ping;
    }
  }
}

const frame = (data: StaticReply<typeof MessageEvent>, cursor?: number) =>
  encodeFrame({
    event: data.type,
    data: JSON.stringify(data),
    ...(cursor === undefined ? {} : { id: String(cursor) }),
  });

const messageStart = (generation: Generation, model: string, prompt: number, cached: number) =>
  frame({
    type: "message_start",
    message: {
      id: messageId(generation),
      type: "message",
      role: "assistant",
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: inputUsage(prompt, cached),
    },
  });

const messageEnd = (outcome: Outcome, logged: readonly LoggedToken[]) =>
  frame(
    { type: "message_delta", delta: stopOf(outcome), usage: usageOf(outcome, logged) },
    outcome.tokenCount + 1,
  ) + frame({ type: "message_stop" });

type Kind = "text" | "thinking" | "tool_use";

/** The blocks of a message, one open at a time. */
class Blocks {
  readonly #calls = new CallDeltas();
  readonly #signature: string;
  #index = -1;
  #open: Kind | null = null;

  /** @param signature of thoughts: nobody checks it, but programs send a thought back with the one that it had */
  constructor(signature: string) {
    this.#signature = signature;
  }

  /** @param cursor of the entry in the answer's log, as at /generations/:id/events */
  of(token: LoggedToken, cursor: number): string {
    if (token.continued || token.echoed) return "";
    if (token.toolPiece !== undefined || token.toolCall !== undefined) return this.#call(token, cursor);
    if (token.text === "") return "";
    if (token.reasoning)
      return (
        this.#opened("thinking", { type: "thinking", thinking: "", signature: "" }) +
        this.#delta({ type: "thinking_delta", thinking: token.text }, cursor)
      );
    return (
      this.#opened("text", { type: "text", text: "", citations: null }) +
      this.#delta({ type: "text_delta", text: token.text }, cursor)
    );
  }

  close(): string {
    if (this.#open === null) return "";
    const signature =
      this.#open === "thinking" ? this.#delta({ type: "signature_delta", signature: this.#signature }) : "";
    this.#open = null;
    return signature + frame({ type: "content_block_stop", index: this.#index });
  }

  #call(token: LoggedToken, cursor: number): string {
    const call = this.#calls.of(token);
    if (call === null) return "";
    const { name, arguments: given } = call.function;
    const begun =
      name === undefined
        ? ""
        : this.close() + this.#begin("tool_use", { type: "tool_use", id: call.id ?? "", name, input: {} });
    return (
      begun + (given === "" ? "" : this.#delta({ type: "input_json_delta", partial_json: given }, cursor))
    );
  }

  #opened(kind: Kind, block: StaticReply<typeof ContentBlock>): string {
    return this.#open === kind ? "" : this.close() + this.#begin(kind, block);
  }

  #begin(kind: Kind, block: StaticReply<typeof ContentBlock>): string {
    this.#open = kind;
    this.#index += 1;
    return frame({ type: "content_block_start", index: this.#index, content_block: block });
  }

  #delta(delta: Delta, cursor?: number): string {
    return frame({ type: "content_block_delta", index: this.#index, delta }, cursor);
  }
}
