/** What `/apply-template` takes: a conversation with its calls of tools and their results, and the tools that are offered. */
import { Type as t } from "@sinclair/typebox";
import type { ChatMessage, Tool } from "../chat/engine.ts";
import { maybe } from "../dialects/maybe.ts";
import { checkedCall } from "../dialects/sent-messages.ts";
import { BadFieldError } from "../http/openai-error.ts";

const text = t.String({ minLength: 0, maxLength: 1_000_000 });
const name = t.String({ minLength: 1, maxLength: 256 });
const roles = ["system", "user", "assistant", "tool"] as const;

const Call = t.Object(
  {
    id: maybe(t.String({ maxLength: 256 })),
    function: t.Object({ name, arguments: maybe(text) }, { additionalProperties: t.Unknown() }),
  },
  { additionalProperties: t.Unknown() },
);
const Message = t.Object(
  {
    role: t.String({
      minLength: 1,
      maxLength: 20,
      "x-takes": { type: "string", enum: [...roles] },
    }),
    content: maybe(text),
    tool_calls: maybe(t.Array(Call, { maxItems: 128 })),
    tool_call_id: maybe(t.String({ maxLength: 256 })),
  },
  { additionalProperties: t.Unknown() },
);
const Offered = t.Object(
  {
    function: t.Object(
      {
        name,
        description: maybe(t.String({ maxLength: 100_000 })),
        parameters: maybe(t.Record(t.String(), t.Unknown())),
      },
      { additionalProperties: t.Unknown() },
    ),
  },
  { additionalProperties: t.Unknown() },
);

export const TemplateRequest = t.Object(
  {
    messages: t.Array(Message, { minItems: 1, maxItems: 5000 }),
    tools: maybe(t.Array(Offered, { maxItems: 1000 })),
    chat_template_kwargs: maybe(t.Record(t.String({ maxLength: 100 }), t.Unknown(), { maxProperties: 20 })),
  },
  {
    title: "TemplateRequest",
    additionalProperties: t.Unknown(),
    examples: [{ messages: [{ role: "user", content: "What is a bond?" }] }],
  },
);
type Sent = typeof TemplateRequest.static;

/** @throws BadFieldError for a role that there is not, and for arguments that are no JSON */
export const messagesIn = ({ messages }: Sent): readonly ChatMessage[] =>
  messages.map(({ role: named, content, tool_calls, tool_call_id }, index) => {
    const role = roles.find((known) => known === named);
    if (role === undefined)
      throw new BadFieldError(`messages[${index}].role`, "must be system, user, assistant or tool.");
    const calls = (tool_calls ?? []).map(({ id, function: called }, at) =>
      checkedCall(
        { id: id ?? `call_${at}`, name: called.name, arguments: called.arguments ?? "" },
        `messages[${index}].tool_calls[${at}].function.arguments`,
      ),
    );
    return {
      ...{ role, content: content ?? "" },
      ...(role === "assistant" && calls.length > 0 ? { toolCalls: calls } : {}),
      ...(role === "tool" && tool_call_id != null ? { toolCallId: tool_call_id } : {}),
    };
  });

export const toolsIn = ({ tools }: Sent): readonly Tool[] =>
  (tools ?? []).map(({ function: { name: called, description, parameters } }) => ({
    name: called,
    ...(description == null ? {} : { description }),
    parameters: parameters ?? { type: "object" },
  }));
