/**
 * The questions that wait for the answer before them, above the form to ask with. public/js/live-thread.js compares
 * `data-state` with the server's, and asks for it again.
 */
import { Tip } from "../components/icon-button.tsx";
import { Icon } from "../icons.tsx";
import type { QueueProps } from "../queue-props.ts";
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
    {queue.isHeld ? <p class="hint">The queue is paused. Send a question now, or ask something else.</p> : ""}
    <ol class="queue" aria-label="Next questions">
      {queue.questions.map(({ id, text }, index) => (
        <li class="queued">
          <span class="queued-place" safe>
            {index === 0 ? "Next" : `${index + 1}.`}
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
    <button type="submit" name="do" value="remove" class="icon-button small" aria-label="Remove">
      <Icon name="close" />
      <Tip label="Remove" at="end" />
    </button>
    <button type="submit" name="do" value="send" class="button quiet small" aria-label="Send now">
      <Icon name="send" />
      <span class="label">Send now</span>
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
    <summary class="icon-button small" aria-label="Edit">
      <Icon name="edit" />
      <Icon name="close" />
      <Tip label="Edit" at="end" />
    </summary>
    <form class="edit-form" method="post" action={action} hx-post={action} hx-swap="none" hx-sync="this:drop">
      <label class="visually-hidden" for={`queued-${id}`}>
        Edit your question
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
          Save
        </button>
      </p>
    </form>
  </details>
);
