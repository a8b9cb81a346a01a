/**
 * Reads a conversation that LibreChat exports: `{conversationId, title, options: {model}, messages}`, where a message is
 * `{messageId, parentMessageId, text, content: [{type, …}], isCreatedByUser, createdAt, model}` and holds those that follow
 * it as `children`, or stands beside them in one list.
 * @see https://github.com/danny-avila/LibreChat/blob/main/client/src/hooks/Conversations/useExportConversation.ts
 */
import { madeInSteps } from "../../loop/made-in-steps.ts";
import { dateIn, fieldOf, isListIn, listIn, textIn } from "./foreign-json.ts";
import type { ForeignFormat, ImportedNode, ImportedPart } from "./imported-conversation.ts";

export const libreChatExport: ForeignFormat = {
  name: "librechat",
  recognises: (entry) => textIn(entry, "conversationId") !== null && isListIn(entry, "messages"),
  *read(entry) {
    const model = textIn(fieldOf(entry, "options"), "model");
    const placed = yield* allMessages(listIn(entry, "messages"));
    const nodes = yield* madeInSteps(placed, (each) => nodeOf(each, model));
    return {
      originalId: textIn(entry, "conversationId") ?? "",
      title: textIn(entry, "title") ?? "",
      createdAt: dateIn(entry, "createdAt"),
      updatedAt: dateIn(entry, "updatedAt"),
      nodes,
      shownId: nodes.at(-1)?.id ?? null,
      pinned: false,
      archived: fieldOf(entry, "isArchived") === true,
      folder: "",
    };
  },
};

interface Placed {
  readonly message: unknown;
  readonly id: string;
  readonly parentId: string | null;
}

/** Each with its place, those that follow a message behind it. */
function* allMessages(roots: readonly unknown[]): Generator<void, readonly Placed[], undefined> {
  const placed: Placed[] = [];
  const next = roots.map((message) => ({ message, above: null as string | null })).reverse();
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    const { message, above } = at;
    const id = textIn(message, "messageId") ?? String(placed.length);
    placed.push({ message, id, parentId: above ?? textIn(message, "parentMessageId") });
    for (const child of listIn(message, "children").toReversed()) next.push({ message: child, above: id });
    yield;
  }
  return placed;
}

function nodeOf({ message, id, parentId }: Placed, model: string | null): ImportedNode {
  const content = listIn(message, "content").flatMap(partOf);
  const plain = textIn(message, "text") ?? "";
  const parts: readonly ImportedPart[] = content.length > 0 || plain === "" ? content : [{ text: plain }];
  const isAsked = fieldOf(message, "isCreatedByUser") === true;
  return {
    id,
    parentId,
    role: parts.length === 0 ? null : isAsked ? "user" : "assistant",
    parts,
    createdAt: dateIn(message, "createdAt"),
    model: isAsked ? null : (textIn(message, "model") ?? model),
  };
}

function partOf(part: unknown): readonly ImportedPart[] {
  switch (textIn(part, "type")) {
    case "text":
      return textPart(textIn(part, "text") ?? textIn(fieldOf(part, "text"), "value"));
    case "think":
      return textPart(textIn(part, "think")).map((each) => ({ ...each, reasoning: true as const }));
    case "tool_call": {
      const call = fieldOf(part, "tool_call");
      const [id, name, args] = ["id", "name", "args"].map((field) => textIn(call, field));
      const given = args ?? JSON.stringify(fieldOf(call, "args") ?? {});
      return [{ text: "", toolCall: { id: id ?? "", name: name ?? "tool", arguments: given } }];
    }
    case "image_file":
    case "image_url":
      return [{ text: "[image]" }];
    default:
      return [];
  }
}

const textPart = (text: string | null): readonly ImportedPart[] =>
  text === null || text === "" ? [] : [{ text }];
