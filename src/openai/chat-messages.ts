/** The messages of a request of /v1, checked one by one so that a refusal names the place. It knows nothing of engines. */
import { type Static, Type as t } from "@sinclair/typebox";
import type { ChatMessage, MessagePart, PictureDetail, ToolCall } from "../chat/engine.ts";
import { maybe } from "../dialects/maybe.ts";
import { checkedCall } from "../dialects/sent-messages.ts";
import { BadFieldError } from "../http/openai-error.ts";

const longestText = 10_000_000;
const text = t.String({ minLength: 0, maxLength: longestText });

const details = ["auto", "low", "high", "original"] as const satisfies readonly PictureDetail[];
const detail = maybe(t.String({ maxLength: 20, "x-takes": { type: "string", enum: [...details] } }));

export const Part = t.Object({
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
  image_url: maybe(t.Union([text, t.Object({ url: text, detail })])),
  detail,
});
export type Part = Static<typeof Part>;

const calledName = t.String({ minLength: 1, maxLength: 64 });

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
        function: maybe(t.Object({ name: calledName, arguments: text })),
        custom: maybe(t.Object({ name: calledName, input: text }, { "x-hidden": true })),
      }),
      { minItems: 0, maxItems: 128 },
    ),
  ),
  tool_call_id: maybe(t.String({ minLength: 0, maxLength: 200 })),
  // Of the time before tools.
  function_call: maybe(t.Object({ name: calledName, arguments: text }, { "x-hidden": true })),
  name: maybe(t.String({ maxLength: 200, "x-hidden": true })),
});
export type RequestMessage = Static<typeof RequestMessage>;

export const RequestMessages = t.Array(RequestMessage, { minItems: 1, maxItems: 5000 });

/** @throws BadFieldError naming the message */
export function messagesFrom(messages: readonly RequestMessage[]): readonly ChatMessage[] {
  let oldCalls = 0;
  return messages.map((message, index) => {
    const place = `messages[${index}]`;
    // One call at a time, without an id: what follows it is its result.
    if (message.role === "function")
      return {
        role: "tool",
        ...textsIn(message.content, `${place}.content`),
        toolCallId: oldCallId(oldCalls),
      };
    const read = messageFrom(message, place);
    if (message.role !== "assistant" || message.function_call == null) return read;
    oldCalls += 1;
    const called = { id: oldCallId(oldCalls), ...message.function_call };
    const call = checkedCall(called, `${place}.function_call.arguments`);
    return { ...read, toolCalls: [...(read.toolCalls ?? []), call] };
  });
}

const oldCallId = (count: number) => `call_${count}`;

/** @param place of the message in the request */
export function messageFrom(message: RequestMessage, place: string): ChatMessage {
  const { role, content, tool_calls, tool_call_id } = message;
  const within = `${place}.content`;
  switch (role) {
    case "system":
    case "developer":
      return { role: "system", ...textsIn(content, within) };
    case "user":
      return { role, ...contentIn(content, within, pictureIn) };
    case "assistant": {
      const toolCalls = (tool_calls ?? []).map((sent, index) =>
        callFrom(sent, `${place}.tool_calls[${index}]`),
      );
      const said = content == null ? { content: "" } : textsIn(content, within);
      return { role, ...said, ...(toolCalls.length === 0 ? {} : { toolCalls }) };
    }
    case "tool": {
      if (!tool_call_id)
        throw new BadFieldError(`${place}.tool_call_id`, "is missing: it says which call this answers.");
      return { role, ...textsIn(content, within), toolCallId: tool_call_id };
    }
    default:
      throw new BadFieldError(`${place}.role`, "must be system, developer, user, assistant or tool.");
  }
}

type SentCall = NonNullable<RequestMessage["tool_calls"]>[number];

/** A call of a tool that takes a text is shown as one that has an input. */
function callFrom({ id, function: called, custom }: SentCall, place: string): ToolCall {
  if (called != null) return checkedCall({ id, ...called }, `${place}.function.arguments`);
  if (custom == null) throw new BadFieldError(`${place}.function`, "is missing.");
  return customCall(id, custom.name, custom.input);
}

export const customCall = (id: string, name: string, input: string): ToolCall => ({
  id,
  name,
  arguments: JSON.stringify({ input }),
});

/** @param place of the content itself */
export const textsIn = (content: RequestMessage["content"], place: string) =>
  contentIn(content, place, (_, part) => {
    throw new BadFieldError(`${part}.type`, "must be text: pictures can be seen in a user's message alone.");
  });

function contentIn(
  content: RequestMessage["content"],
  place: string,
  picture: (part: Part, place: string) => MessagePart,
): Pick<ChatMessage, "content" | "parts"> {
  if (typeof content === "string") return { content };
  if (content == null) throw new BadFieldError(place, "is missing.");
  const parts = content.map((part, index) =>
    isPicture(part) ? picture(part, `${place}[${index}]`) : textIn(part, `${place}[${index}]`),
  );
  // Below each other, as vLLM's chat input has them, too.
  const joined = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  const isOneText = parts.length < 2 && parts.every(({ type }) => type === "text");
  return isOneText ? { content: joined } : { content: joined, parts };
}

const isPicture = ({ type }: Part) => type === "image_url" || type === "input_image";

/** Only pictures that are sent along: to fetch one would be a connection that nobody configured. */
function pictureIn(part: Part, place: string): MessagePart {
  const { image_url: image } = part;
  const isObject = typeof image === "object" && image !== null;
  const { url, detail } = isObject ? image : { url: image, detail: part.detail };
  const [head = ""] = /^data:image\/(?:png|jpe?g|webp|gif);base64,(?=[A-Za-z0-9+/=]+$)/.exec(url ?? "") ?? [];
  if (url == null || head === "")
    throw new BadFieldError(
      `${place}.image_url`,
      "must be a data URL of a PNG, JPEG, WebP or GIF: nothing is fetched from elsewhere.",
    );
  const known = details.find((each) => each === detail);
  if (detail != null && known === undefined)
    throw new BadFieldError(
      `${place}${isObject ? ".image_url" : ""}.detail`,
      "must be auto, low, high or original.",
    );
  return {
    type: "image",
    // Many programs call it so; no engine does.
    url: head.startsWith("data:image/jpg") ? `data:image/jpeg;base64,${url.slice(head.length)}` : url,
    ...(known === undefined ? {} : { detail: known }),
  };
}

const textParts = new Set(["text", "input_text", "output_text", "refusal"]);

function textIn(part: Part, place: string): MessagePart {
  if (!textParts.has(part.type))
    throw new BadFieldError(`${place}.type`, "must be text or image_url: nothing else can be read.");
  return { type: "text", text: part.text ?? part.refusal ?? "" };
}
