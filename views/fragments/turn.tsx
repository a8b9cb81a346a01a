/** A question and its answer. The question is shown as it was typed. */
import type { TurnProps } from "../props.ts";
import { Answer } from "./answer.tsx";

export const Turn = ({ turn }: { turn: TurnProps }) => (
  <>
    <Question text={turn.question} />
    {turn.answer === null ? "" : <Answer answer={turn.answer} />}
  </>
);

export const Question = ({ text }: { text: string }) => (
  <article class="message user" aria-label="Your question">
    <p class="text" safe>
      {text}
    </p>
  </article>
);

/** The page's first heading, which only screen readers need: people see the title in the list. */
export const ThreadHeading = ({ title }: { title: string }) => (
  <h1 class="visually-hidden" safe>
    {title}
  </h1>
);
