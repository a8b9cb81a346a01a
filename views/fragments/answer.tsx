/**
 * One answer in each of its states. While it streams, its finished blocks and its open last block are apart:
 * the stream appends to the first and swaps only the second. At the end the whole but its blocks is morphed.
 */
import { tr } from "../../src/texts/reader-language.ts";
import type { AnswerProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { AnswerFooter } from "./answer-footer.tsx";
import { AnswerStatus } from "./answer-status.tsx";
import { CardChart } from "./card-chart.tsx";
import { Caution } from "./caution.tsx";
import { StopForm } from "./stop-form.tsx";
import { Thought, thoughtId } from "./thought.tsx";
import { ToolCalls, toolCallsId } from "./tool-calls.tsx";
import { WholeText } from "./whole-text.tsx";

export const answerId = (id: string) => `answer-${id}`;
export const blocksId = (id: string) => `blocks-${id}`;
export const cautionId = (id: string) => `caution-${id}`;
export const tailId = (id: string) => `tail-${id}`;
export const paceId = (id: string) => `pace-${id}`;
export const statusId = (id: string) => `status-${id}`;

interface Props {
  readonly answer: AnswerProps;
  /** It ended just now, so it settles in gently. */
  readonly fresh?: boolean;
  /** The page has all of its blocks: htmx leaves them as they are. */
  readonly keepsBlocks?: boolean;
}

export const Answer = ({ answer, fresh = false, keepsBlocks = false }: Props) =>
  answer.state === "queued" || answer.state === "running" ? (
    <StreamingAnswer answer={answer} />
  ) : (
    <EndedAnswer answer={answer} fresh={fresh} keepsBlocks={keepsBlocks} />
  );

const StreamingAnswer = ({ answer }: { answer: AnswerProps }) => {
  const { safeBlocks, safeTail } = answer.rendered;
  return (
    <article
      id={answerId(answer.id)}
      class="message assistant streaming"
      aria-label={tr`Answer`}
      aria-busy="true"
    >
      <StopForm id={answer.id} />
      <AnswerHeading />
      <AnswerCaution answer={answer} />
      <div class="thought-place" id={thoughtId(answer.id)}>
        {answer.thought === null ? "" : <Thought id={answer.id} thought={answer.thought} />}
      </div>
      <div id={toolCallsId(answer.id)}>
        <ToolCalls calls={answer.calls} />
      </div>
      <div class="prose">
        <div class="blocks" id={blocksId(answer.id)}>
          {safeBlocks}
        </div>
        <div class="tail" id={tailId(answer.id)}>
          {safeTail}
        </div>
      </div>
      <p class="status" id={statusId(answer.id)}>
        {answer.text === "" && answer.thought === null ? <AnswerStatus progress={null} /> : ""}
      </p>
      <p class="pace" id={paceId(answer.id)}></p>
      <p class="note connection-note">{safeTr`The connection was lost. Trying again…`}</p>
      {answer.unstreamed ? <PolledSource id={answer.id} /> : <StreamSource answer={answer} />}
      <noscript>
        <a class="button quiet" href={`/c/${answer.conversationId}?stream=html#end`}>
          {safeTr`Show it being written`}
        </a>
      </noscript>
    </article>
  );
};

const EndedAnswer = ({ answer, fresh, keepsBlocks }: Required<Props>) => {
  const { safeBlocks, isCut } = answer.rendered;
  return (
    <article
      id={answerId(answer.id)}
      class={["message", "assistant", answer.state, fresh && "fresh"]}
      aria-label={tr`Answer`}
      tabindex="-1"
      data-ended={String(answer.endedAt)}
    >
      <AnswerHeading />
      <AnswerCaution answer={answer} />
      <div class="thought-place" id={thoughtId(answer.id)}>
        {answer.thought === null ? "" : <Thought id={answer.id} thought={answer.thought} />}
      </div>
      <div id={toolCallsId(answer.id)}>
        <ToolCalls calls={answer.calls} />
      </div>
      <div class="prose">
        <div
          class="blocks"
          id={blocksId(answer.id)}
          {...(keepsBlocks ? { "hx-morph-skip-children": "" } : {})}
        >
          {keepsBlocks ? "" : safeBlocks}
        </div>
        {keepsBlocks ? <div class="tail" id={tailId(answer.id)}></div> : ""}
      </div>
      {answer.chart === null ? "" : <CardChart chart={answer.chart} />}
      {isCut ? <WholeText messageId={answer.messageId} /> : ""}
      <AnswerFooter answer={answer} />
    </article>
  );
};

/** For screen readers: from answer to answer, and above the headings that a model writes. */
export const AnswerHeading = () => <h2 class="visually-hidden">{safeTr`Answer`}</h2>;

/** Its place stays, so that a stream can fill it when another engine takes over. */
const AnswerCaution = ({ answer }: { answer: AnswerProps }) => (
  <div class="caution-place" id={cautionId(answer.id)}>
    {answer.isTiny && !(answer.state === "failed" && answer.text === "") ? <Caution /> : ""}
  </div>
);

/** Opens the stream; public/js/stream-fallback.js asks for `data-answer` instead when nothing comes through. */
const StreamSource = ({ answer }: { answer: AnswerProps }) => (
  <div
    class="stream-source"
    data-answer={`${wholeAnswerUrl(answer.id)}?wait=0`}
    hx-sse:connect={`/generations/${answer.id}/html?after=${answer.cursor}`}
    hx-sse:close="end"
    hx-swap="none"
  ></div>
);

/** Asks again when a reply got lost; while one is awaited, it asks for no other. */
const PolledSource = ({ id }: { id: string }) => (
  <p
    class="note stream-source"
    hx-get={`${wholeAnswerUrl(id)}?wait=1`}
    hx-trigger="load, every 5s"
    hx-sync="this:drop"
    hx-target="closest article"
    hx-swap="outerHTML"
  >
    {safeTr`Streaming is not available here: the answer is shown at once when it is complete.`}
  </p>
);

const wholeAnswerUrl = (id: string) => `/generations/${id}/answer`;
