/**
 * The figures of one answer, each with how it is known. Sources are the user's own words and files up to the question, what
 * they noted themselves and was recalled for it, and the facts that were logged before a figure. Never a source: what a model
 * wrote, in this answer or an earlier one, in a summary, or in a memory of an exchange. It knows nothing of HTTP or of HTML.
 */
import { classifyFigures, type Figure } from "../finance/numbers/classify-figures.ts";
import { ClosedSentences } from "../finance/numbers/closed-sentences.ts";
import type { FigureSources, Quote } from "../finance/numbers/sources.ts";
import type { Store } from "../store/database.ts";
import type { QuotedPassage } from "../store/documents.ts";
import type { PlacedFact } from "../store/facts.ts";
import type { AttachedFile } from "../store/files.ts";
import type { Generation, ToolResult } from "../store/schema.ts";
import {
  type Citation,
  type CitedPlace,
  citationsIn,
  joinedTexts,
  misquotationsIn,
  placeAt,
} from "./citations.ts";

export interface FigureDeps {
  readonly facts: Pick<Store["facts"], "ofGeneration">;
  readonly files: Pick<Store["files"], "ofMessages" | "textOf">;
  readonly documents: Pick<Store["documents"], "ofMessages">;
  readonly memories: Pick<Store["memories"], "get">;
  readonly messages: Pick<Store["messages"], "ancestors">;
  readonly tokenLog: Pick<Store["tokenLog"], "read">;
}

export interface AnswerFigures {
  /** In the order of the log. */
  readonly facts: readonly PlacedFact[];
  /** How much of the text, from its beginning, is the card of the desk; 0: it has none. In UTF-16 units. */
  readonly cardLength: number;
  /**
   * @param text all of the answer, or whole blocks of it
   * @param options `from`: where it begins in the answer; `isWhole`: nothing can follow that belongs to it
   * @returns the figures in order, with offsets in `text`
   */
  figuresIn(text: string, options: { readonly from: number; readonly isWhole: boolean }): readonly Figure[];
  /** Where the text cites the passages that it was given, in order, and what it quotes wrongly; none without passages. */
  citationsIn(text: string): readonly Citation[];
  /** Where a quoted figure stands in a document; null: it stands elsewhere. */
  placeOf(figure: Figure): CitedPlace | null;
  /** Another program's tool that gave a quoted figure; null: it stands elsewhere. */
  toolOf(figure: Figure): string | null;
}

/** How far back the user's words are a source, in messages of either side. */
export const longestPath = 200;

/**
 * @param generation one of a chat: what a client of /v1 asks for is not classified
 * @param said the user's words up to the question, oldest first; left out: read when they are needed
 */
export function answerFigures(
  { facts, files, documents, memories, messages, tokenLog }: FigureDeps,
  { id, questionId, receipt, writers }: Pick<Generation, "id" | "questionId" | "receipt" | "writers">,
  said: () => readonly Quote[] = () =>
    quotesOf(
      { files, documents },
      messages.ancestors(questionId, longestPath).filter(({ role }) => role === "user"),
    ),
): AnswerFigures {
  const placed = once(() => facts.ofGeneration(id));
  const noted = () =>
    (receipt?.memories ?? []).flatMap(({ id, key, value }) => {
      const memory = memories.get(id);
      return memory?.kind === "fact" && value !== undefined ? [{ where: "", text: `${key}: ${value}` }] : [];
    });
  /** Of other programs' tools: only an answer that called has its log read. */
  const results = once(() =>
    (receipt?.toolCalls ?? 0) === 0
      ? []
      : tokenLog
          .read(id, 0)
          .flatMap(({ toolResult }) =>
            toolResult?.from === undefined || toolResult.failed
              ? []
              : [{ ...quoteOfResult(id, toolResult), from: toolResult.from }],
          ),
  );
  const quotes = once(() => [...noted(), ...said(), ...results()]);
  const classified = classifierOf(() => ({
    facts: placed().map(({ fact, textOffset }) => ({ fact, at: textOffset })),
    quotes: quotes(),
  }));
  const told = once(() => documents.ofMessages([questionId]).get(questionId) ?? []);
  const cardLength = once(() => {
    const [desk, next] = writers;
    const card = desk?.engine === "desk" ? tokenLog.read(id, 0, next?.fromToken) : [];
    return card.reduce((length, { card, text }) => length + (card ? text.length : 0), 0);
  });
  return {
    get facts() {
      return placed();
    },
    get cardLength() {
      return cardLength();
    },
    citationsIn(text) {
      const passages = told();
      if (passages.length === 0) return [];
      const sources = [...joinedTexts(passages), ...quotes().map((quote) => quote.text)];
      return [...citationsIn(text, passages), ...misquotationsIn(text, sources)];
    },
    toolOf: ({ source }) => results().find(({ where }) => where === source?.where)?.from ?? null,
    placeOf({ source }) {
      const quote = quotes().find(({ where }) => where === source?.where);
      const passage = quote === undefined ? undefined : passageOf.get(quote);
      return passage === undefined || source === undefined ? null : placeAt(passage, source.start);
    },
    figuresIn(text, { from, isWhole }) {
      // The number by which a passage is cited is no figure.
      const cited = citationsIn(text, told());
      const figures = classified(text, { from, isWhole }).filter(
        ({ start, end }) => !cited.some((citation) => citation.start < end && start < citation.end),
      );
      // A card with facts proves its figures by them.
      return placed().length > 0 ? figures : withLimits(figures, cardLength() - from);
    },
  };
}

/** @param sources with offsets in the answer @returns a classifier of its parts, which reads a growing part again and again */
export function classifierOf(sources: () => FigureSources): AnswerFigures["figuresIn"] {
  let last: ReturnType<typeof partFrom> | null = null;
  const partFrom = (from: number) => {
    const { facts, quotes } = sources();
    const placed = facts.map(({ fact, at }) => ({ fact, at: at - from }));
    return { from, sources: { facts: placed, quotes }, closed: new ClosedSentences() };
  };
  return (text, { from, isWhole }) => {
    if (last?.from !== from) last = partFrom(from);
    return classifyFigures(text, last.sources, isWhole ? {} : { isWhole, closed: last.closed });
  };
}

/**
 * A card that refuses inputs, or asks for some, names limits and examples. The log says that the program wrote it: what a
 * calculator allows is known from its own inputs. The user's words that it repeats are quoted as everywhere.
 */
const withLimits = (figures: readonly Figure[], cardEnd: number): readonly Figure[] =>
  figures.map((figure) =>
    figure.class === "unsupported" && figure.end <= cardEnd
      ? { ...figure, class: "convention", words: limitWords }
      : figure,
  );
const limitWords = "A limit or an example of the calculator's own inputs.";

/**
 * Whether facts or the user's words have every figure of a text, and it has at least one. What is merely usual is no source here:
 * nobody has stated it.
 * @param at where in the answer the text would stand
 */
export function hasSources({ figuresIn }: AnswerFigures, text: string, at: number): boolean {
  const figures = figuresIn(text, { from: at, isWhole: true });
  return (
    figures.length > 0 && figures.every((figure) => figure.class === "quoted" || figure.class === "computed")
  );
}

/** What is not asked for is not read. */
function once<T>(read: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: read() };
    return found.value;
  };
}

/** The classifier reads each quote once: the same message is the same quote. */
const quotes = new Map<string, Quote>();
const mostQuotes = 2_000;

/** The words of questions, and of the files and passages that they have: as much of them as a model has read. */
export function quotesOf(
  { files, documents }: Pick<FigureDeps, "files" | "documents">,
  questions: readonly { readonly id: string; readonly content: string }[],
): readonly Quote[] {
  const ids = questions.map(({ id }) => id);
  const attached = files.ofMessages(ids);
  const told = documents.ofMessages(ids);
  return questions.flatMap(({ id, content }) => [
    quoteOf(id, id, content),
    ...(attached.get(id) ?? []).flatMap((file) =>
      file.readCharacters === null || file.readCharacters === 0
        ? []
        : [quoteOfFile(files, file, file.readCharacters)],
    ),
    ...(told.get(id) ?? []).map(quoteOfPassage),
  ]);
}

/** The text of a file never changes: it is read from the database once. */
function quoteOfFile(
  files: FigureDeps["files"],
  { id, messageId }: AttachedFile,
  readCharacters: number,
): Quote {
  const key = `${messageId}/${id}`;
  const known = quotes.get(key);
  if (known?.text.length === readCharacters) return known;
  return quoteOf(key, messageId, files.textOf(id).slice(0, readCharacters));
}

const passageOf = new WeakMap<Quote, QuotedPassage>();

/** A passage never changes: it is read once, whatever questions have it. */
function quoteOfPassage(passage: QuotedPassage): Quote {
  const where = `document:${passage.documentId}:${passage.number}`;
  const quote = quoteOf(where, where, passage.text);
  passageOf.set(quote, passage);
  return quote;
}

const quoteOfResult = (generationId: string, { id, content }: ToolResult): Quote => {
  const where = `tool:${generationId}:${id}`;
  return quoteOf(where, where, content);
};

function quoteOf(key: string, where: string, text: string): Quote {
  const known = quotes.get(key);
  if (known?.text === text) return known;
  if (quotes.size >= mostQuotes) quotes.clear();
  const quote = { where, text };
  quotes.set(key, quote);
  return quote;
}
