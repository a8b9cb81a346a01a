/** What /v1/messages answers with as a whole. */
import { Type as t } from "@sinclair/typebox";
import { modelOf, reasoningTokensOf, wholeAnswer } from "../dialects/answer.ts";
import type { Outcome } from "../generations/generation-update.ts";
import type { LoggedCall } from "../generations/logged-calls.ts";
import { nullable, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";

const TextBlock = t.Object({ type: t.Literal("text"), text: t.String(), citations: t.Null() });
const ThinkingBlock = t.Object({
  type: t.Literal("thinking"),
  thinking: t.String(),
  signature: t.String({ description: "Nobody checks it." }),
});
const ToolUseBlock = t.Object({
  type: t.Literal("tool_use"),
  id: t.String(),
  name: t.String(),
  input: t.Unknown({ description: "As the model wrote it; an answer that was cut within it has what came." }),
});
export const ContentBlock = t.Union([TextBlock, ThinkingBlock, ToolUseBlock]);

export const StopReason = t.Union(
  [t.Literal("end_turn"), t.Literal("max_tokens"), t.Literal("stop_sequence"), t.Literal("tool_use")],
  { description: "end_turn: the model was done, or a user stopped it; max_tokens: a limit cut it." },
);

export const MessageUsage = t.Object(
  {
    input_tokens: t.Integer({ description: "Those that were read, without those of the cache." }),
    output_tokens: t.Integer(),
    cache_creation_input_tokens: t.Integer({ description: "0: what is read is cached anyway." }),
    cache_read_input_tokens: t.Integer({ description: "Taken from the cache instead of read again." }),
    output_tokens_details: t.Object({ thinking_tokens: t.Integer() }),
  },
  { title: "AnthropicUsage", description: "In tokens of the model that answered." },
);
export type MessageUsage = StaticReply<typeof MessageUsage>;

export const Message = t.Object(
  {
    id: t.String(),
    type: t.Literal("message"),
    role: t.Literal("assistant"),
    model: t.String({ description: "The model that really wrote it." }),
    content: t.Array(ContentBlock),
    stop_reason: nullable(StopReason),
    stop_sequence: nullable(t.String()),
    usage: MessageUsage,
  },
  {
    title: "AnthropicMessage",
    examples: [
      {
        id: "msg_019abc00-7a1b-7c2d-8e3f-0123456789ab",
        type: "message",
        role: "assistant",
        model: "qwen2.5-1.5b-instruct",
        content: [{ type: "text", text: "A bond is a loan.", citations: null }],
        stop_reason: "end_turn",
        stop_sequence: null,
        usage: {
          input_tokens: 31,
          output_tokens: 12,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          output_tokens_details: { thinking_tokens: 0 },
        },
      },
    ],
  },
);

export const messageId = ({ id }: Generation) => `msg_${id}`;

export function messageOf(
  generation: Generation,
  outcome: Outcome,
  logged: readonly LoggedToken[],
): StaticReply<typeof Message> {
  const { text, reasoning, toolCalls } = wholeAnswer(logged);
  return {
    id: messageId(generation),
    type: "message",
    role: "assistant",
    model: modelOf(generation, outcome),
    content: [
      ...(reasoning === ""
        ? []
        : [{ type: "thinking" as const, thinking: reasoning, signature: generation.id }]),
      ...(text === "" ? [] : [{ type: "text" as const, text, citations: null }]),
      ...toolCalls.map((call) => ({
        type: "tool_use" as const,
        id: call.id,
        name: call.name,
        input: inputOf(call),
      })),
    ],
    ...stopOf(outcome),
    usage: usageOf(outcome, logged),
  };
}

/** Of a call that was cut, as far as it came: a text. */
function inputOf({ arguments: given }: LoggedCall): unknown {
  try {
    return given.trim() === "" ? {} : JSON.parse(given);
  } catch {
    return given;
  }
}

export function stopOf({ finishReason, usage }: Outcome) {
  const { stopString = null } = usage ?? {};
  const reason = reasons[finishReason ?? "stop"];
  return reason === "end_turn" && stopString !== null
    ? { stop_reason: "stop_sequence" as const, stop_sequence: stopString }
    : { stop_reason: reason, stop_sequence: null };
}

const reasons = { stop: "end_turn", length: "max_tokens", tool_calls: "tool_use" } as const;

/** In Anthropic's the tokens of the cache are not among those of the input. */
export const usageOf = ({ usage }: Outcome, logged: readonly LoggedToken[]): MessageUsage => ({
  ...inputUsage(usage?.promptTokens ?? 0, usage?.cachedTokens ?? 0),
  output_tokens: usage?.completionTokens ?? 0,
  output_tokens_details: { thinking_tokens: reasoningTokensOf(logged) },
});

/** Before anything was written. */
export const inputUsage = (prompt: number, cached: number): MessageUsage => ({
  input_tokens: prompt - cached,
  output_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: cached,
  output_tokens_details: { thinking_tokens: 0 },
});
