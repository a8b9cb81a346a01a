/**
 * An answer that is written into the page itself as it arrives, for browsers without JavaScript. The page ends
 * at the slot until the answer has ended; CSS hides each piece once a later one supersedes it.
 */
import { renderMarkdown } from "../markdown.ts";
import type { AnswerProps } from "../props.ts";
import { answerId } from "./answer.tsx";
import { AnswerFooter } from "./answer-footer.tsx";
import { AnswerStatus, type Progress } from "./answer-status.tsx";
import { StopForm } from "./stop-form.tsx";
import { Question } from "./turn.tsx";

/** Cannot be forged: in every text `<` is escaped. */
export const answerSlot = "<!--answer-->";

export const OpenTurn = ({ question, answer }: { question: string; answer: AnswerProps }) => (
  <>
    <Question text={question} />
    <article id={answerId(answer.id)} class="message assistant streaming written" aria-label="Answer">
      <StopForm id={answer.id} />
      <div class="pieces">{answerSlot as "safe"}</div>
    </article>
  </>
);

export const StatusPiece = ({ progress }: { progress: Progress | null }) => (
  <p class="status">
    <AnswerStatus progress={progress} />
  </p>
);

/** Opens the block that holds the plain text; what follows until `plainTextEnd` is escaped text. */
export const plainTextStart = '<div class="plain">';
export const plainTextEnd = "</div>";

/** For an answer that is not complete yet when its page ends. */
export const InterruptedPiece = ({ conversationId }: { conversationId: string }) => (
  <p class="note interrupted">
    The connection was lost; nothing of the answer is.{" "}
    <a href={`/c/${conversationId}?stream=html#end`}>Show the rest</a>
  </p>
);

/** The finished answer, which takes the place of its plain text. */
export const RenderedPiece = ({ answer }: { answer: AnswerProps }) => {
  const safeBlocks = renderMarkdown(answer.text);
  return (
    <div class="rendered">
      <div class="prose">{safeBlocks}</div>
      <AnswerFooter answer={answer} />
    </div>
  );
};
