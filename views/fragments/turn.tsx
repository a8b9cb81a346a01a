/** A question and its answer. The question is shown as it was typed. */
import type { QuestionProps, TurnProps } from "../props.ts";
import { Answer } from "./answer.tsx";
import { QuestionTools } from "./message-tools.tsx";
import { WholeText } from "./whole-text.tsx";

export const questionId = (messageId: string) => `m-${messageId}`;

export const Turn = ({ turn }: { turn: TurnProps }) => (
  <>
    <Question question={turn.question} />
    {turn.answer === null ? "" : <Answer answer={turn.answer} />}
  </>
);

export const Question = ({ question }: { question: QuestionProps }) => (
  <article id={questionId(question.id)} class="message user" aria-label="Your question" tabindex="-1">
    <p class="text" safe>
      {question.text}
    </p>
    {question.isCut ? <WholeText messageId={question.id} /> : ""}
    <QuestionTools question={question} />
  </article>
);
