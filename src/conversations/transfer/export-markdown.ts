/**
 * The path of a conversation that is shown as a Markdown document, its texts to the letter but for a "[?]" after each figure
 * that nothing proves, a message at a time. A piece may be empty: others may have their turn there.
 */
import { figureSummary, withQuestionMarks } from "../../finance/numbers/question-marks.ts";
import {
  type AnswerFigures,
  answerFigures,
  longestPath,
  quotesOf,
} from "../../generations/answer-figures.ts";
import type { Conversation, Generation, Message } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { pathTo, thoseThere } from "../outlined-path.ts";
import { closingFence } from "./closing-fence.ts";
import { silently } from "./export-archive.ts";
import { visibleText } from "./visible-text.ts";

type Stored = StoreSnapshot["wholeConversations"];

export function* markdownOf(
  reading: StoreSnapshot,
  { id, title, leafId }: Conversation,
): Generator<string, void, undefined> {
  const { wholeConversations: stored } = reading;
  yield `# ${onOneLine(title)}`;
  const outline = yield* silently(stored.outline(id));
  const there = thoseThere(outline.messages);
  /** The user's last words. */
  const said: Message[] = [];
  for (const messageId of pathTo(outline, leafId)) {
    const message = there.has(messageId) ? stored.message(messageId) : undefined;
    if (message === undefined) continue;
    if (message.role === "user" && said.push(message) > longestPath / 2) said.shift();
    const figuresOf = (generation: Generation) =>
      answerFigures(reading, generation, () => quotesOf(reading.files, said));
    yield `\n\n${sectionOf(stored, message, figuresOf)}${filesOf(reading, message)}`;
  }
  yield "\n";
}

/** Under a question the names of its files: they are not in the document. */
function filesOf({ files }: StoreSnapshot, { id }: Message): string {
  const names = (files.ofMessages([id]).get(id) ?? []).map(({ name }) => onOneLine(name));
  return names.length === 0 ? "" : `\n\n*Files: ${names.join(", ")}.*`;
}

function sectionOf(
  stored: Stored,
  message: Message,
  figuresOf: (generation: Generation) => AnswerFigures,
): string {
  const time = timeOf(message.createdAt);
  if (message.role === "user") return `## You, ${time}\n\n${closed(message.content)}`;
  const generation = stored.newestGenerationOf(message.id);
  if (generation === undefined) return `## Assistant, ${time}\n\n${closed(message.content)}`;
  const text = isUnfinished(generation)
    ? [...stored.tokens(generation.id)].map(visibleText).join("")
    : message.content;
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
