/**
 * Reads conversations.json of OpenAI's data export. A conversation is
 * `{id, title, create_time, update_time, current_node, mapping: {[id]: {id, parent, children, message}}}`, a message
 * `{author: {role}, content: {content_type, parts}, create_time, metadata: {model_slug}}`, null at the root. There is no
 * published description: this is what the files hold.
 */
import { madeInSteps } from "../../loop/made-in-steps.ts";
import { entriesIn, fieldOf, listIn, textIn, timeIn } from "./foreign-json.ts";
import type { ForeignFormat, ImportedNode, ImportedPart } from "./imported-conversation.ts";
import { longerFence } from "./longer-fence.ts";

export const openaiExport: ForeignFormat = {
  name: "openai",
  recognises: (entry) => fieldOf(entry, "mapping") !== undefined,
  *read(entry) {
    return {
      originalId: textIn(entry, "id") ?? textIn(entry, "conversation_id") ?? "",
      title: textIn(entry, "title") ?? "",
      createdAt: timeIn(entry, "create_time"),
      updatedAt: timeIn(entry, "update_time"),
      nodes: yield* nodesOf(entriesIn(entry, "mapping")),
      shownId: textIn(entry, "current_node"),
      pinned: fieldOf(entry, "is_starred") === true,
      archived: fieldOf(entry, "is_archived") === true,
      folder: "",
    };
  },
};

/** In some files a node names its parent, in some only its children. */
function* nodesOf(
  entries: readonly (readonly [string, unknown])[],
): Generator<void, readonly ImportedNode[], undefined> {
  const parents = new Map<string, string>();
  for (const [id, node] of entries) {
    for (const child of listIn(node, "children")) if (typeof child === "string") parents.set(child, id);
    yield;
  }
  return yield* madeInSteps(entries, ([id, node]) => nodeOf(id, node, parents.get(id) ?? null));
}

function nodeOf(id: string, node: unknown, above: string | null): ImportedNode {
  const message = fieldOf(node, "message");
  const metadata = fieldOf(message, "metadata");
  const parts = partsOf(fieldOf(message, "content"));
  const isHidden = fieldOf(metadata, "is_visually_hidden_from_conversation") === true;
  const role = textIn(fieldOf(message, "author"), "role");
  return {
    id,
    parentId: textIn(node, "parent") ?? above,
    role: isHidden || parts.length === 0 ? null : role === "user" || role === "assistant" ? role : null,
    parts,
    createdAt: timeIn(message, "create_time"),
    model: textIn(metadata, "model_slug"),
  };
}

/** Of each kind of content what a reader saw. */
function partsOf(content: unknown): readonly ImportedPart[] {
  const kind = textIn(content, "content_type") ?? "text";
  switch (kind) {
    case "code": {
      const text = textIn(content, "text") ?? "";
      const language = /^[\w+#-]{1,30}$/.exec(textIn(content, "language") ?? "")?.[0] ?? "";
      const fence = longerFence(text);
      return text === "" ? [] : [{ text: `${fence}${language.replace("unknown", "")}\n${text}\n${fence}` }];
    }
    case "thoughts":
      return listIn(content, "thoughts").flatMap((thought) => {
        const text = textIn(thought, "content") ?? "";
        return text === "" ? [] : [{ text, reasoning: true as const }];
      });
    // "Thought for 5 seconds", and what a user had set for all conversations.
    case "reasoning_recap":
    case "user_editable_context":
      return [];
    default: {
      const texts = listIn(content, "parts").map(textOfPart);
      const plain = textIn(content, "text");
      const text = (plain === null ? texts : [...texts, plain]).filter((part) => part !== "").join("\n\n");
      return text === "" ? [] : [{ text }];
    }
  }
}

function textOfPart(part: unknown): string {
  if (typeof part === "string") return part;
  if (part === null) return "";
  const kind = textIn(part, "content_type") ?? "";
  if (kind === "audio_transcription") return textIn(part, "text") ?? "";
  const [shown] = /image|audio|video/.exec(kind) ?? ["attachment"];
  return `[${shown}]`;
}
