/**
 * The questions that wait for the answer before them, above the form to ask with. public/js/live-thread.js compares
 * `data-state` with the server's, and asks for it again.
 */
import { tr } from "../../src/texts/reader-language.ts";
import { Tip } from "../components/icon-button.tsx";
import { Icon } from "../icons.tsx";
import type { QueueProps } from "../queue-props.ts";
import { safeTr } from "../safe-tr.ts";
import { Partial } from "./partial.tsx";

const queueId = "queue";

export const Queue = ({ queue }: { queue: QueueProps | null }) => (
  <div id={queueId} data-state={queue?.state ?? ""}>
    {queue === null || queue.questions.length === 0 ? "" : <Waiting queue={queue} />}
  </div>
);

export const QueueInPlace = ({ queue }: { queue: QueueProps | null }) => (
  <Partial target={`#${queueId}`} swap="outerHTML">
    <Queue queue={queue} />
  </Partial>
);

const Waiting = ({ queue }: { queue: QueueProps }) => (
  <>
    {queue.isHeld ? (
      <p class="hint">{safeTr`The queue is paused. Send a question now, or ask something else.`}</p>
    ) : (
      ""
    )}
    <ol class="queue" aria-label={tr`Next questions`}>
      {queue.questions.map(({ id, text }, index) => (
        <li class="queued">
          <span class="queued-place" safe>
            {index === 0 ? tr`Next` : `${index + 1}.`}
          </span>
          <p class="text" dir="auto" safe>
            {text}
          </p>
          <Edit action={`/c/${queue.conversationId}/queue/${id}`} id={id} text={text} limit={queue.limit} />
          <Actions action={`/c/${queue.conversationId}/queue/${id}`} />
        </li>
      ))}
    </ol>
  </>
);

const Actions = ({ action }: { action: string }) => (
  <form
    class="queued-actions"
    method="post"
    action={action}
    hx-post={action}
    hx-swap="none"
    hx-sync="this:drop"
  >
    <button type="submit" name="do" value="remove" class="icon-button small" aria-label={tr`Remove`}>
      <Icon name="close" />
      <Tip label={tr`Remove`} at="end" />
    </button>
    <button type="submit" name="do" value="send" class="button quiet small" aria-label={tr`Send now`}>
      <Icon name="send" />
      <span class="label">{safeTr`Send now`}</span>
    </button>
  </form>
);

interface EditProps {
  readonly action: string;
  readonly id: string;
  readonly text: string;
  readonly limit: number;
}

/** It stays open, with what is typed, while the rest of the queue changes: its id is another once its text is. */
const Edit = ({ action, id, text, limit }: EditProps) => (
  <details class="queued-edit" id={`edit-${id}-${Bun.hash(text).toString(36)}`} hx-preserve="true">
    <summary class="icon-button small" aria-label={tr`Edit`}>
      <Icon name="edit" />
      <Icon name="close" />
      <Tip label={tr`Edit`} at="end" />
    </summary>
    <form class="edit-form" method="post" action={action} hx-post={action} hx-swap="none" hx-sync="this:drop">
      <label class="visually-hidden" for={`queued-${id}`}>
        {safeTr`Edit your question`}
      </label>
      <textarea
        id={`queued-${id}`}
        class="input"
        name="text"
        rows="2"
        required
        data-limit={limit}
        dir="auto"
        aria-describedby={`queued-${id}-length`}
        safe
      >
        {text}
      </textarea>
      <p id={`queued-${id}-length`} class="question-length" role="status"></p>
      <p class="form-actions">
        <button type="submit" name="do" value="edit" class="button primary">
          {safeTr`Save`}
        </button>
      </p>
    </form>
  </details>
);
