/**
 * The path of a conversation that is shown as a Markdown document, its texts to the letter but for a "[?]" after each figure
 * that nothing proves.
 */
import { figureSummary, withQuestionMarks } from "../../finance/numbers/question-marks.ts";
import type { AnswerFigures } from "../../generations/answer-figures.ts";
import type { ArchiveConversation, ArchiveGeneration, ArchiveMessage } from "./archive-format.ts";
import { closingFence } from "./closing-fence.ts";
import { visibleText } from "./visible-text.ts";

/**
 * @param path the messages that are shown, oldest first
 * @param figuresOf how the figures of an answer are known
 */
export function markdownOf(
  conversation: ArchiveConversation,
  path: readonly { readonly id: string }[],
  figuresOf: (generation: ArchiveGeneration) => AnswerFigures,
): string {
  const messages = new Map(conversation.messages.map((message) => [message.id, message]));
  const newest = new Map(conversation.generations.map((generation) => [generation.messageId, generation]));
  const sections = path.flatMap(({ id }) => {
    const message = messages.get(id);
    return message === undefined ? [] : [sectionOf(message, newest.get(id), figuresOf)];
  });
  return [`# ${onOneLine(conversation.title)}`, ...sections].join("\n\n").concat("\n");
}

function sectionOf(
  message: ArchiveMessage,
  generation: ArchiveGeneration | undefined,
  figuresOf: (generation: ArchiveGeneration) => AnswerFigures,
): string {
  const time = timeOf(message.createdAt);
  if (message.role === "user") return `## You, ${time}\n\n${closed(message.content)}`;
  if (generation === undefined) return `## Assistant, ${time}\n\n${closed(message.content)}`;
  const text = isUnfinished(generation) ? visibleText(generation.tokens) : message.content;
  const heading = `## Assistant (${onOneLine(writersOf(generation))}), ${time}`;
  if (text === "") return [heading, ...noteOn(generation)].join("\n\n");
  const known = figuresOf(generation);
  const figures = known.figuresIn(text, { from: 0, isWhole: true });
  const body = closed(withQuestionMarks(text, figures));
  return [heading, body, ...noteOn(generation), ...sourcesOf(known, figures)].join("\n\n");
}

/** Else a block of code that an answer had begun when it was cut would swallow all that follows. */
function closed(text: string): string {
  const fence = closingFence(text);
  return fence === null ? text : `${text}\n${fence}`;
}

/** How many figures are known; then what was computed, with the numbers in its formula. */
function sourcesOf({ facts }: AnswerFigures, figures: ReturnType<AnswerFigures["figuresIn"]>): string[] {
  const summary = figureSummary(figures);
  const lines = facts.map(
    ({ fact: { id, label, value, unit, formula } }) =>
      `- ${label}: ${value ?? "undefined"}${unit === null ? "" : ` ${unit}`} = ${formula.steps} (${formula.id} ${formula.version}, ${id})`,
  );
  return [...(summary === null ? [] : [`*${summary}.*`]), ...(lines.length === 0 ? [] : [lines.join("\n")])];
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
