/**
 * Dictation into the form to ask: a button, and above the form what becomes of a recording. public/js/dictation.js shows them where
 * the browser can record.
 */
import { tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";

export const DictationButton = () => (
  <button
    type="button"
    id="dictate"
    class="attach icon-button"
    aria-label={tr`Dictate`}
    aria-pressed="false"
    hidden
  >
    <Icon name="microphone" />
  </button>
);

export const Dictation = () => (
  <>
    <div
      id="dictation"
      class="dictation"
      hidden
      data-recording={tr`Recording. Press again to end.`}
      data-sending={tr`Your words are being written down.`}
      data-done={tr`Your words are in the question.`}
      data-denied={tr`The browser keeps the microphone from this page. Allow it beside the address, and press again.`}
      data-missing={tr`There is no microphone. Connect one, and press again.`}
      data-unusable={tr`The microphone cannot be used. Close what else uses it, and press again.`}
      data-unreached={tr`The assistant cannot be reached. Try again in a moment.`}
    >
      <p></p>
      <span class="dictation-time"></span>
      <button type="button" class="button small" data-dictation="again">
        {safeTr`Try again`}
      </button>
      <button type="button" class="button small quiet" data-dictation="cancel">
        {safeTr`Cancel`}
      </button>
    </div>
    <p class="visually-hidden" role="status" data-dictation-news></p>
  </>
);
