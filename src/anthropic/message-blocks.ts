/** The messages of a request of /v1/messages as the program has them, checked one by one so that a refusal names the place. */
import type { ChatMessage, MessagePart, ToolCall } from "../chat/engine.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { BadFieldError } from "../http/openai-error.ts";
import type { Block, CountRequest, InnerBlock, Message } from "./message-shapes.ts";

/**
 * A line with which a coding agent begins its instructions. It counts requests, so that with it no prompt would begin as the
 * one before it: nothing of the cache could be used again.
 */
const changingLine = /^x-anthropic-billing-header:/;

/** @throws BadFieldError naming the place */
export function messagesFrom(
  { system, messages }: Pick<CountRequest, "system" | "messages">,
  ignored: IgnoredFields,
): readonly ChatMessage[] {
  const read = messages.flatMap((message, index) => messagesOf(message, `messages[${index}]`, ignored));
  return [...systemFrom(system), ...read];
}

function systemFrom(system: CountRequest["system"]): readonly ChatMessage[] {
  if (system == null) return [];
  const texts = typeof system === "string" ? [system] : system.map(({ text }) => text ?? "");
  const kept = texts.filter((text) => text !== "" && !changingLine.test(text));
  return kept.length === 0 ? [] : [{ role: "system", ...partsOf(kept.map(textPart)) }];
}

function messagesOf(
  { role, content }: Message,
  place: string,
  ignored: IgnoredFields,
): readonly ChatMessage[] {
  const blocks: readonly Block[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  const within = (index: number) => `${place}.content[${index}]`;
  switch (role) {
    case "user":
      return userMessages(blocks, within, ignored);
    case "assistant":
      return [assistantMessage(blocks, within, ignored)];
    case "system":
      return [{ role, ...partsOf(blocks.flatMap((block, at) => textsIn(block, within(at), ignored))) }];
    default:
      throw new BadFieldError(`${place}.role`, "must be user or assistant.");
  }
}

/** Results of tools are messages of their own. What the user says beside them follows, whichever came first. */
function userMessages(
  blocks: readonly Block[],
  within: (index: number) => string,
  ignored: IgnoredFields,
): readonly ChatMessage[] {
  const results: ChatMessage[] = [];
  const parts: MessagePart[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.type !== "tool_result") {
      parts.push(...partsIn(block, within(index), ignored));
      continue;
    }
    const { message, pictures } = resultIn(block, within(index), ignored);
    results.push(message);
    parts.push(...pictures);
  }
  if (parts.length === 0 && results.length > 0) return results;
  return [...results, { role: "user", ...partsOf(parts) }];
}

/** Pictures of a result follow as the user's: that is where models look for them. */
function resultIn(block: Block, place: string, ignored: IgnoredFields) {
  if (!block.tool_use_id)
    throw new BadFieldError(`${place}.tool_use_id`, "is missing: it says which call this answers.");
  const { content, is_error: isError } = block;
  const parts =
    content == null || typeof content === "string"
      ? [textPart(content ?? "")]
      : content.flatMap((inner, at) => partsIn(inner, `${place}.content[${at}]`, ignored));
  const said = joined(parts);
  const text = isError === true && !/^error/i.test(said) ? `Error: ${said}` : said;
  const message: ChatMessage = { role: "tool", content: text, toolCallId: block.tool_use_id };
  return { message, pictures: parts.filter(({ type }) => type === "image") };
}

function assistantMessage(
  blocks: readonly Block[],
  within: (index: number) => string,
  ignored: IgnoredFields,
): ChatMessage {
  const toolCalls: ToolCall[] = [];
  const parts: MessagePart[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.type === "tool_use") toolCalls.push(callIn(block, within(index)));
    // A thought is no part of what was said: templates leave out those of earlier turns.
    else if (block.type !== "thinking" && block.type !== "redacted_thinking")
      parts.push(...textsIn(block, within(index), ignored));
  }
  return { role: "assistant", ...partsOf(parts), ...(toolCalls.length === 0 ? {} : { toolCalls }) };
}

function callIn({ id, name, input }: Block, place: string): ToolCall {
  if (!id) throw new BadFieldError(`${place}.id`, "is missing.");
  if (!name) throw new BadFieldError(`${place}.name`, "is missing.");
  return { id, name, arguments: JSON.stringify(input ?? {}) };
}

function textsIn(block: InnerBlock, place: string, ignored: IgnoredFields): readonly MessagePart[] {
  if (block.type === "image")
    throw new BadFieldError(`${place}.type`, "must be text: pictures can be seen in a user's message alone.");
  return partsIn(block, place, ignored);
}

/** @returns none for what runs at Anthropic's alone */
function partsIn(block: InnerBlock, place: string, ignored: IgnoredFields): readonly MessagePart[] {
  switch (block.type) {
    case "text":
      return [textPart(block.text ?? "")];
    case "image":
      return [pictureIn(block, place)];
    case "document":
      return [textPart(documentIn(block, place))];
    case "search_result":
      return [textPart([block.title ?? "", ...innerTexts(block.content)].filter(Boolean).join("\n"))];
    case "tool_result":
    case "tool_use":
      throw new BadFieldError(`${place}.type`, `must not be ${block.type} in a message of this role.`);
    default:
      ignored.note(`${place}.type=${block.type}`);
      return [];
  }
}

const mediaTypes = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

/** Only pictures that are sent along: to fetch one would be a connection that nobody configured. */
function pictureIn({ source }: InnerBlock, place: string): MessagePart {
  if (source == null || typeof source === "string" || source.type !== "base64")
    throw new BadFieldError(
      `${place}.source.type`,
      "must be base64, with a PNG, JPEG, WebP or GIF: nothing is fetched from elsewhere.",
    );
  const type = source.media_type === "image/jpg" ? "image/jpeg" : (source.media_type ?? "");
  if (!mediaTypes.has(type))
    throw new BadFieldError(
      `${place}.source.media_type`,
      "must be image/png, image/jpeg, image/webp or image/gif.",
    );
  const data = source.data ?? "";
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data))
    throw new BadFieldError(`${place}.source.data`, "must be base64.");
  return { type: "image", url: `data:${type};base64,${data}` };
}

function documentIn({ source, title }: InnerBlock, place: string): string {
  if (source == null || typeof source === "string" || source.type !== "text")
    throw new BadFieldError(
      `${place}.source.type`,
      "must be text: no model here reads files. Attach a PDF in a chat, or send its text.",
    );
  return [title ?? "", source.data ?? ""].filter(Boolean).join("\n");
}

const innerTexts = (content: unknown): readonly string[] =>
  Array.isArray(content)
    ? content.flatMap((block: unknown) =>
        typeof block === "object" && block !== null && "text" in block && typeof block.text === "string"
          ? [block.text]
          : [],
      )
    : [];

const textPart = (text: string): MessagePart => ({ type: "text", text });

const joined = (parts: readonly MessagePart[]) =>
  parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");

/** Below each other, as the other dialects have them, too. */
function partsOf(parts: readonly MessagePart[]): Pick<ChatMessage, "content" | "parts"> {
  const isOneText = parts.length < 2 && parts.every(({ type }) => type === "text");
  return isOneText ? { content: joined(parts) } : { content: joined(parts), parts };
}
