/**
 * An answer that is written into the page itself as it arrives, for browsers without JavaScript. The page ends
 * at the slot until the answer has ended; CSS hides each piece once a later one supersedes it.
 */

import type { Progress } from "../../src/generations/generation-update.ts";
import { tr } from "../../src/texts/reader-language.ts";
import type { AnswerProps, QuestionProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { AnswerHeading, answerId } from "./answer.tsx";
import { AnswerFooter } from "./answer-footer.tsx";
import { AnswerStatus } from "./answer-status.tsx";
import { Caution } from "./caution.tsx";
import { StopForm } from "./stop-form.tsx";
import { ToolCalls } from "./tool-calls.tsx";
import { Question } from "./turn.tsx";
import { WholeText } from "./whole-text.tsx";

/** Cannot be forged: in every text `<` is escaped. */
export const answerSlot = "<!--answer-->";

export const OpenTurn = ({ question, answer }: { question: QuestionProps; answer: AnswerProps }) => (
  <>
    <Question question={question} />
    <article id={answerId(answer.id)} class="message assistant streaming written" aria-label={tr`Answer`}>
      <StopForm id={answer.id} />
      <AnswerHeading />
      <div class="pieces">
        {answer.isTiny ? <Caution /> : ""}
        {answerSlot as "safe"}
      </div>
    </article>
  </>
);

export const StatusPiece = ({ progress }: { progress: Progress | null }) => (
  <p class="status">
    <AnswerStatus progress={progress} />
  </p>
);

/**
 * Stands before what is still open while the browser reads on: Chromium 156 looks at `:has()` again when an element that was
 * added is closed, and would show what is superseded until then.
 */
const closed = "<wbr hidden>";

/** The block that holds the plain text, in pieces between which there may be news: each piece is escaped text. */
export const plainStart = `${closed}<div class="plain">`;
export const plainEnd = "</div>";
export const pieceStart = `${closed}<span>`;
export const pieceEnd = "</span>";

/** In mid-answer, inside the block of plain text; the next piece hides it. */
export const NewsPiece = ({ progress }: { progress: Progress }) => <AnswerStatus progress={progress} begun />;

/** For an answer that is not complete yet when its page ends. */
export const InterruptedPiece = ({ conversationId }: { conversationId: string }) => (
  <p class="note interrupted">
    {safeTr`The connection was lost; nothing of the answer is.`}{" "}
    <a href={`/c/${conversationId}?stream=html#end`}>{safeTr`Show the rest`}</a>
  </p>
);

/** The finished answer, which takes the place of its plain text. */
export const RenderedPiece = ({ answer }: { answer: AnswerProps }) => {
  const { safeBlocks, isCut } = answer.rendered;
  return (
    <div class="rendered">
      {answer.isTiny ? <Caution /> : ""}
      <ToolCalls calls={answer.calls} />
      <div class="prose">{safeBlocks}</div>
      {isCut ? <WholeText messageId={answer.messageId} /> : ""}
      <AnswerFooter answer={answer} />
    </div>
  );
};
