/** A question and its answer. The question is shown as it was typed. */
import { tr } from "../../src/texts/reader-language.ts";
import type { QuestionProps, TurnProps } from "../props.ts";
import { Answer } from "./answer.tsx";
import { FileChips } from "./file-chips.tsx";
import { QuestionTools } from "./message-tools.tsx";
import { ProposalChip } from "./proposals.tsx";
import { WholeText } from "./whole-text.tsx";

/** A longer question is folded, in characters and in lines. */
const longest = 1200;
const mostLines = 12;

export const questionId = (messageId: string) => `m-${messageId}`;

export const Turn = ({ turn }: { turn: TurnProps }) => (
  <>
    <Question question={turn.question} />
    {turn.answer === null ? "" : <Answer answer={turn.answer} />}
  </>
);

export const Question = ({ question }: { question: QuestionProps }) => (
  <article id={questionId(question.id)} class="message user" aria-label={tr`Your question`} tabindex="-1">
    <QuestionText text={question.text} />
    {question.isCut ? <WholeText messageId={question.id} /> : ""}
    <FileChips files={question.files ?? []} />
    {(question.proposals ?? []).map((proposal) => (
      <ProposalChip proposal={proposal} />
    ))}
    <QuestionTools question={question} />
  </article>
);

const QuestionText = ({ text }: { text: string }) => {
  const beginning = beginningOf(text);
  if (beginning === text)
    return (
      <p class="text" dir="auto" safe>
        {text}
      </p>
    );
  return (
    <details class="long">
      <summary>
        <span class="beginning" dir="auto" safe>{`${beginning}…`}</span>
        <span class="fold" aria-hidden="true"></span>
      </summary>
      <p class="text" dir="auto" safe>
        {text}
      </p>
    </details>
  );
};

/** The first lines, or the first words; all of it where no more than a few would be hidden. */
function beginningOf(text: string): string {
  const lines = text
    .split("\n", mostLines + 1)
    .slice(0, mostLines)
    .join("\n");
  const begun = lines.length <= longest ? lines : lines.slice(0, longest).replace(/\s+\S*$/, "");
  return text.length - begun.length < 200 ? text : begun.trimEnd();
}
