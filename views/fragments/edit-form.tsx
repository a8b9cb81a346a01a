/** Edits a question. It takes the place of the question until it is sent or cancelled. */

import type { EditProps } from "../edit-props.ts";
import { safeTr } from "../safe-tr.ts";

export const EditForm = ({ edit }: { edit: EditProps }) => (
  <form
    class="edit-form"
    method="post"
    action={`/messages/${edit.messageId}/edit`}
    hx-post={`/messages/${edit.messageId}/edit`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    <input type="hidden" name="key" value={edit.key} />
    <label class="visually-hidden" for={`edit-${edit.messageId}`}>
      {safeTr`Edit your question`}
    </label>
    <textarea
      class="input"
      id={`edit-${edit.messageId}`}
      name="text"
      rows="3"
      required
      autofocus
      data-limit={edit.limit}
      dir="auto"
      aria-describedby={`edit-${edit.messageId}-length`}
      safe
    >
      {edit.text}
    </textarea>
    <p id={`edit-${edit.messageId}-length`} class="question-length" role="status"></p>
    {edit.problem === undefined ? (
      ""
    ) : (
      <p class="composer-problem" role="alert" safe>
        {edit.problem}
      </p>
    )}
    <p class="note">{safeTr`The earlier version stays available.`}</p>
    <p class="form-actions">
      <button type="submit" class="button primary">
        {safeTr`Ask`}
      </button>
      <a
        class="button"
        href={`/c/${edit.conversationId}?at=${edit.messageId}#m-${edit.messageId}`}
        data-put-away=""
      >
        {safeTr`Cancel`}
      </a>
    </p>
  </form>
);
