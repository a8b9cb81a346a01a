/**
 * The path of a conversation that is shown as a Markdown document, its texts to the letter, a message at a time. A piece may
 * be empty: others may have their turn there.
 */
import type { Conversation, Generation, Message } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { pathTo, thoseThere } from "../outlined-path.ts";
import { closingFence } from "./closing-fence.ts";
import { silently } from "./export-archive.ts";
import { visibleText } from "./visible-text.ts";

type Stored = StoreSnapshot["wholeConversations"];

export function* markdownOf(
  { wholeConversations: stored }: StoreSnapshot,
  { id, title, leafId }: Conversation,
): Generator<string, void, undefined> {
  yield `# ${onOneLine(title)}`;
  const outline = yield* silently(stored.outline(id));
  const there = thoseThere(outline.messages);
  for (const messageId of pathTo(outline, leafId)) {
    const message = there.has(messageId) ? stored.message(messageId) : undefined;
    if (message !== undefined) yield `\n\n${sectionOf(stored, message)}`;
  }
  yield "\n";
}

function sectionOf(stored: Stored, message: Message): string {
  const time = timeOf(message.createdAt);
  if (message.role === "user") return `## You, ${time}\n\n${closed(message.content)}`;
  const generation = stored.newestGenerationOf(message.id);
  if (generation === undefined) return `## Assistant, ${time}\n\n${closed(message.content)}`;
  const text = isUnfinished(generation)
    ? [...stored.tokens(generation.id)].map(visibleText).join("")
    : message.content;
  const heading = `## Assistant (${onOneLine(writersOf(generation))}), ${time}`;
  return [heading, ...(text === "" ? [] : [closed(text)]), ...noteOn(generation)].join("\n\n");
}

/** Else a block of code that an answer had begun when it was cut would swallow all that follows. */
function closed(text: string): string {
  const fence = closingFence(text);
  return fence === null ? text : `${text}\n${fence}`;
}

const isUnfinished = ({ state }: Generation) => state === "queued" || state === "running";

function noteOn(generation: Generation): string[] {
  if (isUnfinished(generation)) return ["*This answer was not finished yet.*"];
  if (generation.state === "stopped") return ["*This answer was stopped.*"];
  if (generation.state === "failed") return ["*This answer was broken off.*"];
  return generation.finishReason === "length" ? ["*This answer was cut at its length limit.*"] : [];
}

function writersOf({ writers, model }: Generation): string {
  const models = new Set(writers.map((writer) => writer.model));
  return models.size === 0 ? model : [...models].join(", ");
}

const timeOf = (milliseconds: number) =>
  `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** As a heading shows it: signs of Markdown stand for themselves. */
const onOneLine = (text: string) =>
  text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[\\`*_[\]<>#&~|]/g, "\\$&");
