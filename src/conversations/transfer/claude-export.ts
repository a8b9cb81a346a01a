/**
 * Reads conversations.json of Claude's data export: `[{uuid, name, created_at, updated_at, chat_messages: [{uuid,
 * parent_message_uuid?, sender: "human" | "assistant", text, content: [{type, …}], attachments, files, created_at}]}]`. There
 * is no published description: this is what the files hold.
 */
import { madeInSteps } from "../../loop/made-in-steps.ts";
import { dateIn, fieldOf, isListIn, listIn, textIn } from "./foreign-json.ts";
import type { ForeignFormat, ImportedNode, ImportedPart } from "./imported-conversation.ts";

export const claudeExport: ForeignFormat = {
  name: "claude",
  recognises: (entry) => isListIn(entry, "chat_messages"),
  *read(entry) {
    const nodes = yield* madeInSteps(listIn(entry, "chat_messages"), nodeOf);
    return {
      originalId: textIn(entry, "uuid") ?? "",
      title: textIn(entry, "name") ?? "",
      createdAt: dateIn(entry, "created_at"),
      updatedAt: dateIn(entry, "updated_at"),
      nodes: inARow(nodes),
      shownId: textIn(entry, "current_leaf_message_uuid") ?? nodes.at(-1)?.id ?? null,
      pinned: fieldOf(entry, "is_starred") === true,
      archived: false,
      folder: "",
    };
  },
};

/** Exports name no parents: each message follows the one before, unless one of them says otherwise. */
function inARow(nodes: readonly ImportedNode[]): readonly ImportedNode[] {
  if (nodes.some(({ parentId }) => parentId !== null)) return nodes;
  return nodes.map((node, index) => ({ ...node, parentId: nodes[index - 1]?.id ?? null }));
}

function nodeOf(message: unknown, index: number): ImportedNode {
  const content = listIn(message, "content").flatMap(partOf);
  const plain = textIn(message, "text") ?? "";
  const said: readonly ImportedPart[] = content.length > 0 || plain === "" ? content : [{ text: plain }];
  const files = [...listIn(message, "attachments"), ...listIn(message, "files")].map((file) => ({
    text: `[file: ${(textIn(file, "file_name") ?? "").replaceAll(/[\s[\]]+/g, " ").trim() || "attachment"}]`,
  }));
  const sender = textIn(message, "sender");
  const parts = [...said, ...files];
  const role = sender === "human" ? "user" : sender === "assistant" ? "assistant" : null;
  return {
    id: textIn(message, "uuid") ?? String(index),
    parentId: textIn(message, "parent_message_uuid"),
    role: parts.length === 0 ? null : role,
    parts,
    createdAt: dateIn(message, "created_at"),
    model: textIn(message, "model"),
  };
}

function partOf(part: unknown): readonly ImportedPart[] {
  switch (textIn(part, "type")) {
    case "text":
      return textPart(textIn(part, "text"));
    case "thinking":
      return textPart(textIn(part, "thinking")).map((each) => ({ ...each, reasoning: true as const }));
    case "tool_use": {
      const name = textIn(part, "name") ?? "tool";
      const call = {
        id: textIn(part, "id") ?? "",
        name,
        arguments: JSON.stringify(fieldOf(part, "input") ?? {}),
      };
      return [{ text: "", toolCall: call }];
    }
    case "image":
      return [{ text: "[image]" }];
    default:
      return [];
  }
}

const textPart = (text: string | null): readonly ImportedPart[] =>
  text === null || text === "" ? [] : [{ text }];
