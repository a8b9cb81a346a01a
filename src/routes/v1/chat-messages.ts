/** The messages of a request of /v1, checked one by one so that a refusal names the place. It knows nothing of engines. */
import { type Static, Type as t } from "@sinclair/typebox";
import type { ChatMessage, ToolCall } from "../../chat/engine.ts";
import { maybe } from "./completion-fields.ts";
import { BadFieldError } from "./openai-error.ts";

const longestText = 10_000_000;
const text = t.String({ minLength: 0, maxLength: longestText });

const Part = t.Object({
  type: t.String({
    minLength: 1,
    maxLength: 40,
    "x-takes": {
      type: "string",
      enum: ["text", "input_text", "output_text", "refusal", "image_url", "input_image"],
    },
  }),
  text: maybe(text),
  refusal: maybe(text),
  image_url: maybe(t.Union([text, t.Object({ url: text })])),
});
type Part = Static<typeof Part>;

const RequestMessage = t.Object({
  role: t.String({
    minLength: 1,
    maxLength: 20,
    "x-takes": { type: "string", enum: ["system", "developer", "user", "assistant", "tool"] },
  }),
  content: maybe(t.Union([text, t.Array(Part, { minItems: 0, maxItems: 1000 })])),
  tool_calls: maybe(
    t.Array(
      t.Object({
        id: t.String({ minLength: 1, maxLength: 200 }),
        type: t.Optional(t.String({ maxLength: 40 })),
        function: t.Object({ name: t.String({ minLength: 1, maxLength: 64 }), arguments: text }),
      }),
      { minItems: 0, maxItems: 128 },
    ),
  ),
  tool_call_id: maybe(t.String({ minLength: 0, maxLength: 200 })),
});
type RequestMessage = Static<typeof RequestMessage>;

export const RequestMessages = t.Array(RequestMessage, { minItems: 1, maxItems: 5000 });

/** @throws BadFieldError naming the message */
export function messagesFrom(messages: readonly RequestMessage[]): readonly ChatMessage[] {
  const all = messages.map((message, index) => messageFrom(message, `messages[${index}]`));
  // Many templates know one system message only, the first.
  const opening = all.findIndex(({ role }) => role !== "system");
  const system = all.slice(0, opening < 0 ? all.length : opening);
  if (opening < 0)
    throw new BadFieldError("messages", "must hold more than instructions: a user's message is missing.");
  const content = system.map((message) => message.content).join("\n\n");
  return [...(system.length === 0 ? [] : [{ role: "system" as const, content }]), ...all.slice(opening)];
}

function messageFrom(message: RequestMessage, place: string): ChatMessage {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: textIn(message, place) };
    case "user":
      return userMessage(message, place);
    case "assistant": {
      const toolCalls = (message.tool_calls ?? []).map(({ id, function: called }, index) =>
        checkedCall({ id, ...called }, `${place}.tool_calls[${index}]`),
      );
      const content = message.content == null ? "" : textIn(message, place);
      return { role: "assistant", content, ...(toolCalls.length === 0 ? {} : { toolCalls }) };
    }
    case "tool": {
      if (!message.tool_call_id)
        throw new BadFieldError(`${place}.tool_call_id`, "is missing: it says which call this answers.");
      return { role: "tool", content: textIn(message, place), toolCallId: message.tool_call_id };
    }
    default:
      throw new BadFieldError(`${place}.role`, "must be system, developer, user, assistant or tool.");
  }
}

function userMessage(message: RequestMessage, place: string): ChatMessage {
  if (!Array.isArray(message.content)) return { role: "user", content: textIn(message, place) };
  const images = message.content.flatMap((part, index) => imageIn(part, `${place}.content[${index}]`));
  const content = message.content.map((part, index) =>
    isImage(part) ? "" : textOf(part, `${place}.content[${index}]`),
  );
  return { role: "user", content: content.join(""), ...(images.length === 0 ? {} : { images }) };
}

/** Only pictures that are sent along: to fetch one would be a connection that nobody configured. */
function imageIn(part: Part, place: string): string[] {
  if (!isImage(part)) return [];
  const url = typeof part.image_url === "string" ? part.image_url : part.image_url?.url;
  if (url !== undefined && /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+$/.test(url))
    return [url];
  throw new BadFieldError(
    `${place}.image_url`,
    "must be a data URL of a PNG, JPEG, WebP or GIF: nothing is fetched from elsewhere.",
  );
}

const isImage = ({ type }: Part) => type === "image_url" || type === "input_image";

const textParts = new Set(["text", "input_text", "output_text", "refusal"]);

function textIn({ content }: Pick<RequestMessage, "content">, place: string): string {
  if (typeof content === "string") return content;
  if (content == null) throw new BadFieldError(`${place}.content`, "is missing.");
  return content.map((part, index) => textOf(part, `${place}.content[${index}]`)).join("");
}

function textOf(part: Part, place: string): string {
  if (isImage(part))
    throw new BadFieldError(`${place}.type`, "must be text: pictures can be seen in a user's message alone.");
  if (!textParts.has(part.type))
    throw new BadFieldError(`${place}.type`, "must be text or image_url: nothing else can be read.");
  return part.text ?? part.refusal ?? "";
}

/** What a model is shown as its own call must be JSON, as it was. */
export function checkedCall(call: ToolCall, place: string): ToolCall {
  try {
    if (call.arguments.trim() !== "") JSON.parse(call.arguments);
  } catch {
    throw new BadFieldError(`${place}.function.arguments`, "must be JSON.");
  }
  return call;
}
