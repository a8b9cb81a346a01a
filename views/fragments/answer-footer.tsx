/** What stands under an answer that has ended: why it ended if not by itself, what wrote it, and what to do next. */

import type { PropsWithChildren } from "@kitajs/html";
import { toldAnew, tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import type { AnswerProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { FigureCount } from "./figure-count.tsx";
import { AfterField, AnswerTools } from "./message-tools.tsx";

type Props = { readonly answer: AnswerProps };

export const AnswerFooter = ({ answer }: Props) => (
  <footer class="message-footer">
    {answer.figures === null ? "" : <FigureCount counts={answer.figures} />}
    <Ending answer={answer} />
    {answer.unstreamed ? <p class="note">{safeTr`Shown at once: streaming is not available here.`}</p> : ""}
    <p class="written-by" hidden={answer.writers.length === 0}>
      <span safe>{writtenBy(answer.writers)}</span>
      {answer.tokensPerSecond === null ? (
        ""
      ) : (
        <span class="speed">{safeTr`${Math.round(answer.tokensPerSecond)} tokens/s`}</span>
      )}
    </p>
    <AnswerTools answer={answer} />
  </footer>
);

/** One that ended by itself needs no word. */
const Ending = ({ answer }: Props) => {
  if (answer.state === "failed")
    return answer.text === "" ? <Failed answer={answer} /> : <Interrupted answer={answer} />;
  if (answer.state === "stopped")
    return (
      <div class="note">
        <span>{safeTr`You stopped this answer.`}</span>
        <NextSteps answer={answer} />
      </div>
    );
  if (!answer.cut) return "";
  return (
    <div class="note">
      <span>
        {answer.canContinue
          ? safeTr`Stopped at the length limit.`
          : safeTr`This conversation is full. Start a new chat.`}
      </span>
      {answer.canContinue ? <NextSteps answer={answer} /> : ""}
    </div>
  );
};

const Failed = ({ answer }: Props) => (
  <div class="failure" role="alert" data-code={answer.error?.code}>
    <p safe>{problemOf(answer)}</p>
    <div class="next-steps">
      <RetryForm answer={answer} label={tr`Retry`} />
    </div>
  </div>
);

const Interrupted = ({ answer }: Props) => (
  <div class="failure" role="alert">
    <p>{safeTr`This answer was interrupted. What was written is kept.`}</p>
    <p class="note" safe>
      {problemOf(answer)}
    </p>
    <NextSteps answer={answer} primary />
  </div>
);

const problemOf = ({ error }: AnswerProps) =>
  error === null ? tr`The answer could not be completed.` : toldAnew(error.message);

const NextSteps = ({ answer, primary = false }: Props & { readonly primary?: boolean }) => (
  <div class="next-steps">
    {answer.canContinue ? <ContinueForm answer={answer} primary={primary} /> : ""}
    {answer.cut ? "" : <RetryForm answer={answer} label={tr`Ask again`} />}
  </div>
);

const RetryForm = ({ answer, label }: Props & { label: string }) => (
  <StepForm url={`/generations/${answer.id}/answer/retry`}>
    <AfterField answer={answer} />
    <button type="submit" class="button retry">
      <Icon name="retry" />
      <span safe>{label}</span>
    </button>
  </StepForm>
);

const ContinueForm = ({ answer: { id, cursor }, primary }: Props & { primary: boolean }) => (
  <StepForm url={`/generations/${id}/answer/continue`}>
    <input type="hidden" name="after" value={`${cursor}`} />
    <button type="submit" class={["button", "continue", primary && "primary"]}>
      <Icon name="continue" />
      <span>{safeTr`Continue`}</span>
    </button>
  </StepForm>
);

/** Works without any script; with htmx the answer is written on in its place. */
const StepForm = ({ url, children }: PropsWithChildren<{ url: string }>) => (
  <form method="post" action={url} hx-post={url} hx-swap="none" hx-sync="this:drop">
    {children}
  </form>
);

/** @returns "A", "Written by A, then B", "Written by A, then B, then A" */
const writtenBy = ([first = "", ...others]: readonly string[]) =>
  others.length === 0
    ? first
    : tr`Written by ${others.reduce((before, writer) => tr`${before}, then ${writer}`, first)}`;
