/**
 * An answer as a stream of htmx partials: finished blocks are appended, the open block is swapped. A frame's id
 * is the cursor after it. What a frame appends follows from the text before and after it alone, so a reader that
 * comes back with its last cursor gets exactly what it lacks. What keeps the next token away is news in frames without
 * an id. It knows nothing of SSE's wire format.
 */

import Html from "@kitajs/html";
import { Announcement, Spoken } from "../../views/fragments/announcer.tsx";
import {
  Answer,
  answerId,
  blocksId,
  cautionId,
  paceId,
  statusId,
  tailId,
} from "../../views/fragments/answer.tsx";
import { AnswerStatus } from "../../views/fragments/answer-status.tsx";
import { Caution } from "../../views/fragments/caution.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import {
  answerNowId,
  Thought,
  thoughtId,
  thoughtTextId,
  thoughtWords,
  thoughtWordsId,
} from "../../views/fragments/thought.tsx";
import { ToolCalls, toolCallsId } from "../../views/fragments/tool-calls.tsx";
import { toHtml } from "../../views/to-html.ts";
import { textOf, thoughtOf } from "../generations/written-text.ts";
import { WorkSlices } from "../loop/work-slices.ts";
import type { Generation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { AnswerPace } from "./answer-pace.ts";
import { type AnswerDeps, answerAtEnd, isTiny } from "./answer-props.ts";
import { coalesce } from "./coalesce-updates.ts";
import { type Figures, finishedBlocks, inCard, lengthOfFinished, openBlock } from "./rendered-texts.ts";
import { SpokenSentences } from "./spoken-sentences.ts";
import { toolCallsOf } from "./tool-calls.ts";

export interface AnswerFrame {
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
}

/** The event after which a reader does not come back (`hx-sse:close`). */
const endEvent = "end";

/** Milliseconds between two frames: short, but longer while a long open block is sent again and again. */
const frameInterval = (openLength: number) => 100 + openLength / 40;

/**
 * @param after how many tokens of the log the reader has already seen
 * @param siblings the ids of the answers beside it and its own
 */
export async function* answerFrames(
  deps: AnswerDeps,
  generation: Generation,
  after: number,
  signal: AbortSignal,
  siblings: readonly string[] = [generation.messageId],
): AsyncGenerator<AnswerFrame, void, undefined> {
  const { generations } = deps;
  const { id } = generation;
  const seenTokens = generations.tokens(id, 0).slice(0, after);
  const seen = textOf(seenTokens);
  let hasThought = thoughtOf(seenTokens) !== "";
  const figuresNow = (): Figures => deps.figuresOf?.(generations.get(id) ?? generation) ?? null;
  let figures = figuresNow();
  /** Where the open block begins. */
  let at = await lengthOfFinished(seen, figures);
  let open = seen.slice(at);
  let begun = seen !== "";
  /** The answer's status line holds something. */
  let saysSomething = !begun && !hasThought;
  /** The page shows already that a tiny model writes; another engine may take over in mid-answer. */
  let isCautioned = isTiny(deps, generation);
  const pace = new AnswerPace(generation.createdAt);
  const spoken = new SpokenSentences(at, open);
  let isFirst = true;
  const say = (pieces: readonly string[]) => {
    if (pieces.length === 0) return "";
    const safePieces = toHtml(<Spoken pieces={pieces} isFirst={isFirst} />);
    isFirst = false;
    return safePieces;
  };

  // At once, whatever the state: the reader learns that frames come through.
  yield { data: status(id, saysSomething ? <AnswerStatus progress={null} /> : "") };

  for await (const batch of coalesce(generations.follow(id, after, signal), () =>
    frameInterval(open.length),
  )) {
    const { text, progress } = batch;
    const safeCalls = batch.hasCalls ? callsFrame(deps, id) : "";
    // What a tool gave may be cited from here on.
    if (batch.hasCalls) figures = figuresNow();
    const safeThought = safeCalls + thoughtFrame(id, batch, { hasThought, begun });
    hasThought ||= batch.thought !== "";
    begun ||= text !== "";
    const silence = saysSomething && (text !== "" || safeThought !== "") ? status(id, "") : "";
    const news = progress === null ? silence : status(id, <AnswerStatus progress={progress} begun={begun} />);
    if (text !== "") {
      // The card is written with the first text, when the desk is known to be the writer.
      if (at === 0 && open === "") figures = figuresNow();
      open += text;
      const finished = await lengthOfFinished(open, at === 0 ? figures : null);
      const data = await textFrame(id, open, { at, finished, figures });
      open = open.slice(finished);
      at += finished;
      const safeSaid = say(spoken.next(text, at, open));
      const isTinyNow =
        !isCautioned && [...(batch.writers ?? [])].some((writer) => deps.isTinyModel?.(writer));
      isCautioned ||= isTinyNow;
      const safeNews = news + (isTinyNow ? caution(id) : "") + safeThought;
      yield { id: String(batch.cursor), data: safeNews + data + safeSaid };
    } else if (safeThought !== "") {
      yield { id: String(batch.cursor), data: news + safeThought };
    } else if (news !== "") {
      // Without an id: a reader that comes back needs no progress.
      yield { data: news };
    }
    if (news !== "") saysSomething = progress !== null;
    const told = batch.cursor === null || batch.outcome !== null ? null : pace.told(batch.cursor);
    if (told !== null) yield { data: paceFrame(id, told) };
    if (batch.outcome !== null) {
      const answer = await answerAtEnd(deps, generation, batch.outcome, siblings);
      // A reader that has had the end has its last blocks, too.
      const hasEnded = after > batch.outcome.tokenCount;
      const rest = hasEnded ? "" : await textFrame(id, open, { at, finished: open.length, figures });
      const safeSaid = hasEnded ? "" : say(spoken.end());
      const safeEnd = safeSaid + endFrame(answer, batch.outcome.state);
      yield { id: String(batch.outcome.tokenCount + 1), data: rest + safeEnd };
      yield { event: endEvent, data: batch.outcome.state };
      return;
    }
  }
}

/** For a reader of an answer that does not exist (any more): it must not come back for ever. */
export function* noAnswerFrames(id: string): Generator<AnswerFrame, void, undefined> {
  yield { data: status(id, tr`This answer no longer exists.`) };
  yield { event: endEvent, data: "gone" };
}

const status = (id: string, safeStatus: JSX.Element) =>
  toHtml(
    <Partial target={`#${statusId(id)}`} swap="innerHTML">
      {safeStatus}
    </Partial>,
  );

/** Without an id, as it follows from the reader's clock. */
const paceFrame = (id: string, text: string) =>
  toHtml(
    <Partial target={`#${paceId(id)}`} swap="innerHTML">
      {Html.escapeHtml(text)}
    </Partial>,
  );

/** Appended to what is there, which its reader may have opened; over when the answer's text begins. */
function thoughtFrame(
  id: string,
  { thought, text }: { readonly thought: string; readonly text: string },
  { hasThought, begun }: { readonly hasThought: boolean; readonly begun: boolean },
): string {
  const isOver = begun || text !== "";
  if (thought === "" && (!hasThought || begun || !isOver)) return "";
  if (!hasThought)
    return toHtml(
      <Partial target={`#${thoughtId(id)}`} swap="innerHTML">
        <Thought id={id} thought={{ text: thought, isOver, milliseconds: null }} />
      </Partial>,
    );
  return toHtml(
    <>
      {thought === "" ? (
        ""
      ) : (
        <Partial target={`#${thoughtTextId(id)}`} swap="beforeend">
          {Html.escapeHtml(thought)}
        </Partial>
      )}
      {isOver ? (
        <>
          <Partial target={`#${thoughtWordsId(id)}`} swap="innerHTML">
            {Html.escapeHtml(thoughtWords({ isOver, milliseconds: null }))}
          </Partial>
          <Partial target={`#${answerNowId(id)}`} swap="innerHTML">
            {""}
          </Partial>
        </>
      ) : (
        ""
      )}
    </>,
  );
}

/** All of them: there are few, and one that runs becomes one that has run. */
const callsFrame = ({ generations }: AnswerDeps, id: string) =>
  toHtml(
    <Partial target={`#${toolCallsId(id)}`} swap="innerHTML">
      <ToolCalls calls={toolCallsOf(generations.tokens(id, 0), false, id)} />
    </Partial>,
  );

const caution = (id: string) =>
  toHtml(
    <Partial target={`#${cautionId(id)}`} swap="innerHTML">
      <Caution />
    </Partial>,
  );

interface TextFrame {
  /** Where the text begins in the answer. */
  readonly at: number;
  /** How much of it is finished. */
  readonly finished: number;
  readonly figures: Figures;
}

async function textFrame(id: string, text: string, { at, finished, figures }: TextFrame): Promise<string> {
  const slices = new WorkSlices();
  const card = at === 0 ? Math.min(figures?.cardLength ?? 0, finished) : 0;
  const safeCard = card === 0 ? "" : inCard(await finishedBlocks(text.slice(0, card), 0, figures, slices));
  const safeProse = await finishedBlocks(text.slice(card, finished), at + card, figures, slices);
  const safeFinished = safeCard + safeProse;
  const rest = text.slice(finished);
  const safeOpen = rest === "" ? "" : await openBlock(rest, at + finished, figures, slices);
  return toHtml(
    <>
      {finished === 0 ? (
        ""
      ) : (
        <Partial target={`#${blocksId(id)}`} swap="beforeend">
          {safeFinished}
        </Partial>
      )}
      <Partial target={`#${tailId(id)}`} swap="innerHTML">
        {safeOpen}
      </Partial>
    </>,
  );
}

/** The blocks stay as they were appended: to write a long answer anew would hold the page up. */
const endFrame = (answer: Parameters<typeof Answer>[0]["answer"], state: "done" | "stopped" | "failed") =>
  toHtml(
    <>
      <Partial target={`#${answerId(answer.id)}`} swap="outerMorph">
        <Answer answer={answer} fresh keepsBlocks={!answer.rendered.isCut} />
      </Partial>
      <Announcement of={state} />
    </>,
  );
