/** Turns stored rows into what the views are given. */
import type { AnswerProps, ThoughtProps, TurnProps } from "../../views/props.ts";
import type { ToolCallProps } from "../../views/tool-call-props.ts";
import type { AnswerFigures } from "../generations/answer-figures.ts";
import { canContinue } from "../generations/continue-answer.ts";
import type { Outcome } from "../generations/generation-update.ts";
import { thoughtOf } from "../generations/written-text.ts";
import { WorkSlices } from "../loop/work-slices.ts";
import type { Generation, Writer } from "../store/schema.ts";
import type { OwnFiles } from "../workspace/files.ts";
import type { OwnProposals } from "../workspace/proposals.ts";
import type { OwnRatings } from "../workspace/ratings.ts";
import type { OwnSeriesFigures } from "../workspace/series-figures.ts";
import { type Calendar, calendarOf } from "./calendar.ts";
import { cardChart } from "./fact-chart.ts";
import type { ConversationsPort, GenerationsPort } from "./page-ports.ts";
import { type PageBudget, pageBudget, renderedSoFar, renderedText, shownLength } from "./rendered-texts.ts";
import { toolCallsOf } from "./tool-calls.ts";

/** What is needed to show an answer. */
export interface AnswerDeps {
  readonly generations: GenerationsPort;
  /** Whether a model is too small for its figures to be relied upon; left out: none is. */
  readonly isTinyModel?: (writing: Pick<Writer, "model"> & Partial<Writer>) => boolean;
  /** How an answer's figures are known; left out, or null: they are not marked. */
  readonly figuresOf?: (generation: Generation) => AnswerFigures | null;
  /** Left out: there are no series. */
  readonly seriesFigures?: Pick<OwnSeriesFigures, "place" | "chart">;
  /** Left out: this machine's. */
  readonly calendar?: Pick<Calendar, "zone">;
  /** What the reader thinks of answers; left out: nothing. */
  readonly ratings?: Pick<OwnRatings, "of">;
  /** What questions have attached; left out: nothing. */
  readonly files?: Pick<OwnFiles, "ofMessages">;
  /** What is proposed to be remembered of questions; left out: nothing. */
  readonly proposals?: Pick<OwnProposals, "ofMessages">;
}

type ThreadEntry = ReturnType<ConversationsPort["thread"]>[number];

/** What the texts of one page share: their time, and how much of them is shown. */
interface PageWork {
  readonly slices: WorkSlices;
  readonly budget: PageBudget;
}

const pageWork = (): PageWork => ({ slices: new WorkSlices(), budget: pageBudget() });

/** An answer as it stands now. */
export function answerNow(
  deps: AnswerDeps,
  generation: Generation,
  siblings: readonly string[],
  work?: PageWork,
): Promise<AnswerProps> {
  const { generations } = deps;
  return answerProps(deps, generation, generations.textSoFar(generation.id), siblings, work);
}

/** An answer that has just ended: the outcome is newer than the row it began with. */
export function answerAtEnd(
  deps: AnswerDeps,
  generation: Generation,
  outcome: Outcome,
  siblings: readonly string[],
): Promise<AnswerProps> {
  const { generations } = deps;
  const { endedAt = null, receipt = null } = generations.get(generation.id) ?? {};
  const text = generations.textSoFar(generation.id);
  return answerProps(deps, { ...generation, ...outcome, endedAt, receipt }, text, siblings);
}

/**
 * An answer out of a thread. The text of one that has ended stands in its message: its log, which is many times as
 * long, is not read, and is counted only where the count says something.
 */
function answerInThread(
  deps: AnswerDeps,
  { message, siblings }: ThreadEntry,
  generation: Generation,
  work: PageWork,
): Promise<AnswerProps> {
  const { generations } = deps;
  if (isUnfinished(generation)) return answerNow(deps, generation, siblings, work);
  const isPlain = generation.state === "done" && generation.finishReason !== "length";
  const countMatters = !isPlain || generation.writers.length > 1;
  const cursor = countMatters ? generations.tokenCount(generation.id) : Number.MAX_SAFE_INTEGER;
  return answerProps(deps, generation, { text: message.content, cursor }, siblings, work);
}

async function answerProps(
  deps: AnswerDeps,
  generation: Generation,
  { text, cursor }: { readonly text: string; readonly cursor: number },
  siblings: readonly string[],
  work: PageWork = pageWork(),
): Promise<AnswerProps> {
  const known = deps.figuresOf?.(generation) ?? null;
  const { counts = null, ...rendered } = isUnfinished(generation)
    ? { ...(await renderedSoFar(text, known, work)), counts: null }
    : await renderedText(generation.id, text, known, work);
  return {
    id: generation.id,
    conversationId: generation.conversationId,
    messageId: generation.messageId,
    siblings,
    state: generation.state,
    text,
    rendered,
    thought: thoughtSoFar(deps, generation, text),
    calls: calledSoFar(deps, generation),
    figures: known === null ? null : counts,
    chart: isUnfinished(generation) ? null : await chartOf(deps, known),
    cursor,
    writers: shownWriters(generation, cursor),
    rating: deps.ratings?.of(generation.messageId) ?? null,
    memoriesUsed: generation.receipt?.memories.length ?? 0,
    isTiny: isTiny(deps, generation),
    // The desk decodes nothing.
    tokensPerSecond: generation.timings?.decodePerSecond || null,
    cut: generation.finishReason === "length",
    canContinue: text !== "" && canContinue(generation, cursor),
    error: generation.error,
    endedAt: generation.endedAt,
  };
}

/** Of the first figure over a series, where the answer has a card. */
async function chartOf(
  { seriesFigures, calendar = calendarOf() }: AnswerDeps,
  known: AnswerFigures | null,
): Promise<AnswerProps["chart"]> {
  if (seriesFigures === undefined || known === null || known.facts.length === 0) return null;
  if (known.cardLength === 0) return null;
  const facts = known.facts.map(({ fact }) => fact);
  return await cardChart(seriesFigures, facts, calendar.zone);
}

/**
 * The thought of an answer that has ended is read when it is opened: the timings say that there is one. Of one that came to no
 * end of its own they are not known, and the log is looked at.
 */
function thoughtSoFar(
  { generations }: AnswerDeps,
  generation: Generation,
  text: string,
): ThoughtProps | null {
  const { id, state, timings } = generation;
  const milliseconds = timings?.thinkingMs ?? null;
  if (state === "done")
    return timings?.thinkingMs === undefined ? null : { text: null, isOver: true, milliseconds };
  const thought = thoughtOf(generations.tokens(id, 0));
  if (thought === "") return null;
  const isOver = text !== "" || !isUnfinished(generation);
  return { text: isUnfinished(generation) ? thought : null, isOver, milliseconds };
}

/** The log of an answer that has ended is read only where the receipt says that there was a call. */
function calledSoFar({ generations }: AnswerDeps, generation: Generation): readonly ToolCallProps[] {
  const { id, state, receipt } = generation;
  const isOver = !isUnfinished(generation);
  // The receipt counts what was called when the first call has its result.
  const mayBeCalled = receipt?.toolCalls !== undefined || (receipt?.tools !== undefined && state !== "done");
  return !isOver || mayBeCalled ? toolCallsOf(generations.tokens(id, 0), isOver, id) : [];
}

/** While nobody has written anything: by the model that was asked for. */
export function isTiny(
  { generations, isTinyModel }: AnswerDeps,
  { id, state, model, writers }: Generation,
): boolean {
  if (isTinyModel === undefined) return false;
  const isWritten = state === "queued" || state === "running";
  const wrote = isWritten ? (generations.get(id)?.writers ?? writers) : writers;
  return wrote.length === 0 ? isTinyModel({ model }) : wrote.some(isTinyModel);
}

/**
 * Who wrote something, each change once; the engine's name is needed only where there was more than one.
 * @param tokenCount how many entries the log has
 */
function shownWriters({ writers, model }: Generation, tokenCount: number): readonly string[] {
  const wrote = writers.filter(
    ({ fromToken }, index) => fromToken < (writers[index + 1]?.fromToken ?? tokenCount),
  );
  const engines = new Set(wrote.map(({ engine }) => engine));
  const names = wrote.map((writer) =>
    engines.size > 1 ? `${writer.model} (${writer.engine})` : writer.model,
  );
  const changes = names.filter((name, index) => name !== names[index - 1]);
  // "auto" is no author: no model has been found for it yet.
  return changes.length > 0 ? changes : [writers.at(-1)?.model ?? model].filter((name) => name !== "auto");
}

/** Pairs each question of a thread with its answer. The newest come first to what a page may show. */
export async function turnsOf(
  thread: readonly ThreadEntry[],
  deps: AnswerDeps,
): Promise<readonly TurnProps[]> {
  const work = pageWork();
  const turns: TurnProps[] = [];
  let answer: AnswerProps | null = null;
  const ids = thread.map(({ message }) => message.id);
  const attached = deps.files?.ofMessages(ids);
  const proposed = deps.proposals?.ofMessages(ids);
  for (const entry of thread.toReversed()) {
    const { message, generation, siblings } = entry;
    if (message.role === "user") {
      const text = message.content.slice(0, shownLength(message.content, work.budget));
      const isCut = text.length < message.content.length;
      turns.push({
        question: {
          ...{ id: message.id, text, isCut, siblings },
          files: attached?.get(message.id) ?? [],
          proposals: proposed?.get(message.id) ?? [],
        },
        answer,
      });
      answer = null;
    } else if (generation !== null) answer ??= await answerInThread(deps, entry, generation, work);
  }
  return turns.reverse();
}

export const isUnfinished = ({ state }: { readonly state: Generation["state"] }) =>
  state === "queued" || state === "running";
