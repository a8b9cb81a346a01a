/**
 * Reads the chats that Open WebUI exports: `{id, title, created_at, updated_at, pinned, archived, folder, chat: {title,
 * history: {currentId, messages: {[id]: {id, parentId, childrenIds, role, content, timestamp, model}}}}}`, in older ones
 * with a plain list, `chat.messages`.
 * @see https://github.com/open-webui/open-webui/blob/main/backend/open_webui/models/chats.py
 */
import { madeInSteps } from "../../loop/made-in-steps.ts";
import { partsOfDetails } from "./details-blocks.ts";
import { entriesIn, fieldOf, listIn, textIn, timeIn } from "./foreign-json.ts";
import type { ForeignFormat, ImportedNode } from "./imported-conversation.ts";

export const openWebuiExport: ForeignFormat = {
  name: "open-webui",
  recognises: (entry) => {
    const chat = fieldOf(entry, "chat");
    return typeof chat === "object" && chat !== null && !Array.isArray(chat);
  },
  *read(entry) {
    const chat = fieldOf(entry, "chat");
    const history = fieldOf(chat, "history");
    const branched = yield* madeInSteps(entriesIn(history, "messages"), ([id, message]) =>
      nodeOf(id, message),
    );
    const nodes = branched.length > 0 ? branched : yield* nodesInARow(listIn(chat, "messages"));
    return {
      originalId: textIn(entry, "id") ?? textIn(chat, "id") ?? "",
      title: textIn(entry, "title") ?? textIn(chat, "title") ?? "",
      createdAt: timeIn(entry, "created_at") ?? timeIn(chat, "timestamp"),
      updatedAt: timeIn(entry, "updated_at"),
      nodes,
      shownId: textIn(history, "currentId") ?? nodes.at(-1)?.id ?? null,
      pinned: fieldOf(entry, "pinned") === true,
      archived: fieldOf(entry, "archived") === true,
      folder: textIn(entry, "folder") ?? "",
    };
  },
};

/** A list, each message of which follows the one before. */
function nodesInARow(messages: readonly unknown[]): Generator<void, readonly ImportedNode[], undefined> {
  return madeInSteps(messages, (message, index) => ({
    ...nodeOf(String(index), message),
    parentId: index === 0 ? null : String(index - 1),
  }));
}

function nodeOf(id: string, message: unknown): ImportedNode {
  const role = textIn(message, "role");
  const text = textOf(message);
  return {
    id,
    parentId: textIn(message, "parentId"),
    role: text !== "" && (role === "user" || role === "assistant") ? role : null,
    // What a user typed is as it is.
    parts: role === "assistant" ? partsOfDetails(text) : [{ text }],
    createdAt: timeIn(message, "timestamp"),
    model: textIn(message, "model"),
  };
}

/** The content is a text, or a list of parts as in OpenAI's requests; files stand beside it. */
function textOf(message: unknown): string {
  const content = textIn(message, "content");
  const parts = content === null ? listIn(message, "content").map(textOfPart) : [content];
  const files = listIn(message, "files").map((file) =>
    textIn(file, "type") === "image" ? "[image]" : `[file${nameOf(file)}]`,
  );
  return [...parts, ...files].filter((part) => part !== "").join("\n\n");
}

function textOfPart(part: unknown): string {
  if (typeof part === "string") return part;
  const kind = textIn(part, "type") ?? "";
  if (kind === "text") return textIn(part, "text") ?? "";
  const [shown] = /image|audio|video/.exec(kind) ?? ["attachment"];
  return `[${shown}]`;
}

function nameOf(file: unknown): string {
  const name =
    textIn(file, "name")
      ?.replaceAll(/[\s[\]]+/g, " ")
      .trim() ?? "";
  return name === "" ? "" : `: ${name}`;
}
