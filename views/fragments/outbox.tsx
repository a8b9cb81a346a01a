/** Questions that wait in the browser until the assistant can be reached: public/js/outbox.js fills the list. */
import { tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";

export const Outbox = () => (
  <div id="outbox" class="outbox" hidden>
    <p class="note" id="outbox-words" role="status">
      {safeTr`Sent when the assistant can be reached again:`}
    </p>
    <ol aria-labelledby="outbox-words"></ol>
    <template>
      <li>
        <Icon name="clock" />
        <span class="text" dir="auto"></span>
        <button type="button" class="icon-button small" data-outbox="edit" aria-label={tr`Edit`}>
          <Icon name="edit" />
        </button>
        <button type="button" class="icon-button small" data-outbox="remove" aria-label={tr`Remove`}>
          <Icon name="close" />
        </button>
        <small class="field-problem" dir="auto"></small>
      </li>
    </template>
  </div>
);
