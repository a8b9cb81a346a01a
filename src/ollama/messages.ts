/** The messages and tools of Ollama's requests as the program has them, checked so that a refusal names the place. */
import type { ChatMessage, MessagePart, Tool } from "../chat/engine.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { checkedCall } from "../dialects/sent-messages.ts";
import { BadFieldError } from "../http/openai-error.ts";
import type { Message, Tool as SentTool } from "./shapes.ts";

/**
 * Calls need no ids: results answer them in their order, or by the tool's name.
 * @throws BadFieldError naming the message
 */
export function messagesFrom(messages: readonly Message[]): readonly ChatMessage[] {
  let count = 0;
  let open: { readonly id: string; readonly name: string }[] = [];
  return messages.map((message, index) => {
    const place = `messages[${index}]`;
    const { role, content, tool_calls: sent } = message;
    const said = content ?? "";
    switch (role) {
      case "system":
        return { role, content: said };
      case "user":
        return { role, ...withImages(said, message.images ?? [], `${place}.images`) };
      case "assistant": {
        const toolCalls = (sent ?? []).map(({ id, function: { name, arguments: given } }, at) => {
          const call = { id: id || `call_${++count}`, name, arguments: jsonOf(given) };
          return checkedCall(call, `${place}.tool_calls[${at}].function.arguments`);
        });
        open = [...toolCalls];
        return { role, content: said, ...(toolCalls.length === 0 ? {} : { toolCalls }) };
      }
      case "tool": {
        const { tool_call_id: id, tool_name: name } = message;
        const answered =
          open.find((call) => call.id === id) ?? open.find((call) => call.name === name) ?? open[0];
        open = open.filter((call) => call !== answered);
        return { role, content: said, toolCallId: id || (answered?.id ?? `call_${Math.max(1, count)}`) };
      }
      default:
        throw new BadFieldError(`${place}.role`, "must be system, user, assistant or tool.");
    }
  });
}

const jsonOf = (given: unknown) => (typeof given === "string" ? given : JSON.stringify(given ?? {}));

export function withImages(
  content: string,
  images: readonly string[],
  place: string,
): Pick<ChatMessage, "content" | "parts"> {
  if (images.length === 0) return { content };
  const parts: MessagePart[] = images.map((image, index) => ({
    type: "image",
    url: pictureIn(image, `${place}[${index}]`),
  }));
  return { content, parts: content === "" ? parts : [{ type: "text", text: content }, ...parts] };
}

/** The first bytes of each kind, in base64. */
const beginnings = [
  ["iVBORw0K", "image/png"],
  ["/9j/", "image/jpeg"],
  ["R0lGOD", "image/gif"],
  ["UklGR", "image/webp"],
] as const;

function pictureIn(image: string, place: string): string {
  const data = image.replace(/^data:image\/[a-z]+;base64,/, "");
  const type = beginnings.find(([beginning]) => data.startsWith(beginning))?.[1];
  if (type === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(data))
    throw new BadFieldError(place, "must be base64 of a PNG, JPEG, WebP or GIF.");
  return `data:${type};base64,${data}`;
}

export const toolsFrom = (tools: readonly SentTool[], ignored: IgnoredFields): readonly Tool[] =>
  tools.flatMap(({ type, function: described }, index) => {
    const place = `tools[${index}]`;
    if (type != null && type !== "" && type !== "function") {
      ignored.note(`${place}.type=${type}`);
      return [];
    }
    if (described == null) throw new BadFieldError(`${place}.function`, "is missing.");
    const { name, description, parameters } = described;
    return [{ name, parameters: parameters ?? {}, ...(description == null ? {} : { description }) }];
  });
