/**
 * The path of a conversation that is shown as a Markdown document, its texts to the letter but for a "[?]" after each figure
 * that nothing proves, a message at a time. A piece may be empty: others may have their turn there.
 */
import { figureSummary, withQuestionMarks } from "../../finance/numbers/question-marks.ts";
import type { AnswerFigures } from "../../generations/answer-figures.ts";
import type { Conversation, Generation } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { closingFence } from "./closing-fence.ts";
import { isUnfinished, modelsOf, type ShownMessage, shownMessages } from "./shown-messages.ts";

export function* markdownOf(
  reading: StoreSnapshot,
  conversation: Conversation,
): Generator<string, void, undefined> {
  yield `# ${onOneLine(conversation.title)}`;
  for (const shown of shownMessages(reading, conversation))
    yield shown === null ? "" : `\n\n${sectionOf(shown)}${filesOf(shown)}${ratingOf(shown)}`;
  yield "\n";
}

/** Under a question the names of its files: they are not in the document. */
function filesOf({ files }: ShownMessage): string {
  const names = files.map(({ name }) => onOneLine(name));
  return names.length === 0 ? "" : `\n\n*Files: ${names.join(", ")}.*`;
}

const ratingOf = ({ rating }: ShownMessage) => (rating === null ? "" : `\n\n*Rated ${rating}.*`);

function sectionOf({ message, generation, text, figures: known }: ShownMessage): string {
  const time = timeOf(message.createdAt);
  if (message.role === "user") return `## You, ${time}\n\n${closed(text)}`;
  if (generation === null) return `## Assistant, ${time}\n\n${closed(text)}`;
  const heading = `## Assistant (${onOneLine(modelsOf(generation).join(", "))}), ${time}`;
  if (known === null) return [heading, ...noteOn(generation)].join("\n\n");
  const figures = known.figuresIn(text, { from: 0, isWhole: true });
  const body = closed(withQuestionMarks(text, figures));
  return [heading, body, ...noteOn(generation), ...sourcesOf(known, figures), ...citedIn(known, text)].join(
    "\n\n",
  );
}

/** What the numbers between brackets cite. */
function citedIn(known: AnswerFigures, text: string): string[] {
  const cited = known.citationsIn(text).flatMap(({ start, end, place }) => {
    const number = /\d+/.exec(text.slice(start, end))?.[0];
    return place === undefined || number === undefined ? [] : [[Number(number), place] as const];
  });
  const lines = [...new Map(cited)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, { name, page, cells, number: passage }]) => {
      const where = page === null ? (cells ?? `passage ${passage}`) : `page ${page}`;
      return `- [${number}] ${onOneLine(name)}, ${onOneLine(where)}`;
    });
  return lines.length === 0 ? [] : [lines.join("\n")];
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

function noteOn(generation: Generation): string[] {
  if (isUnfinished(generation)) return ["*This answer was not finished yet.*"];
  if (generation.state === "stopped") return ["*This answer was stopped.*"];
  if (generation.state === "failed") return ["*This answer was broken off.*"];
  return generation.finishReason === "length" ? ["*This answer was cut at its length limit.*"] : [];
}

const timeOf = (milliseconds: number) =>
  `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** As a heading shows it: signs of Markdown stand for themselves. */
const onOneLine = (text: string) =>
  text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[\\`*_[\]<>#&~|]/g, "\\$&");
