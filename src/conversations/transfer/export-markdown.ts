/** The path of a conversation that is shown as a Markdown document, its texts to the letter. */
import type { ArchiveConversation, ArchiveGeneration, ArchiveMessage } from "./archive-format.ts";
import { closingFence } from "./closing-fence.ts";
import { visibleText } from "./visible-text.ts";

/** @param path the messages that are shown, oldest first */
export function markdownOf(
  conversation: ArchiveConversation,
  path: readonly { readonly id: string }[],
): string {
  const messages = new Map(conversation.messages.map((message) => [message.id, message]));
  const newest = new Map(conversation.generations.map((generation) => [generation.messageId, generation]));
  const sections = path.flatMap(({ id }) => {
    const message = messages.get(id);
    return message === undefined ? [] : [sectionOf(message, newest.get(id))];
  });
  return [`# ${onOneLine(conversation.title)}`, ...sections].join("\n\n").concat("\n");
}

function sectionOf(message: ArchiveMessage, generation: ArchiveGeneration | undefined): string {
  const time = timeOf(message.createdAt);
  if (message.role === "user") return `## You, ${time}\n\n${closed(message.content)}`;
  if (generation === undefined) return `## Assistant, ${time}\n\n${closed(message.content)}`;
  const text = isUnfinished(generation) ? visibleText(generation.tokens) : message.content;
  const heading = `## Assistant (${onOneLine(writersOf(generation))}), ${time}`;
  return [heading, ...(text === "" ? [] : [closed(text)]), ...noteOn(generation)].join("\n\n");
}

/** Else a block of code that an answer had begun when it was cut would swallow all that follows. */
function closed(text: string): string {
  const fence = closingFence(text);
  return fence === null ? text : `${text}\n${fence}`;
}

const isUnfinished = ({ state }: ArchiveGeneration) => state === "queued" || state === "running";

function noteOn(generation: ArchiveGeneration): string[] {
  if (isUnfinished(generation)) return ["*This answer was not finished yet.*"];
  if (generation.state === "stopped") return ["*This answer was stopped.*"];
  if (generation.state === "failed") return ["*This answer was broken off.*"];
  return generation.finishReason === "length" ? ["*This answer was cut at its length limit.*"] : [];
}

function writersOf({ writers, model }: ArchiveGeneration): string {
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
