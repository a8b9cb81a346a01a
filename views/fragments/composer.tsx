/**
 * The form to ask with: a plain form that htmx improves. Only its hidden fields are swapped after a question,
 * so that what is typed meanwhile is never lost.
 */
import type { EngineSummary } from "../../src/status/engine-summary.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import type { ComposerProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { AttachButton, ComposerFiles } from "./composer-files.tsx";
import { ContextMeter } from "./context-meter.tsx";
import { Dictation, DictationButton } from "./dictation.tsx";
import { ModelButton } from "./model-card.tsx";
import { Outbox } from "./outbox.tsx";

interface Props {
  readonly composer: ComposerProps;
  readonly engine: EngineSummary;
  /** Speech can be written down. */
  readonly dictates: boolean;
}

export const Composer = ({ composer, engine, dictates }: Props) => (
  <>
    <form
      id="composer"
      class="composer"
      method="post"
      action="/ask"
      hx-post="/ask"
      hx-swap="none"
      hx-sync="this:drop"
      data-composer=""
    >
      <div id="composer-fields" hidden>
        <ComposerFields composer={composer} />
      </div>
      <div id="composer-note" role="alert">
        <ComposerNote problem={composer.problem ?? null} />
      </div>
      <Outbox />
      <ComposerFiles files={composer.files ?? []} />
      {dictates ? <Dictation /> : ""}
      <div class="composer-box">
        <AttachButton />
        <label class="visually-hidden" for="question">
          {safeTr`Your question`}
        </label>
        <textarea
          id="question"
          name="text"
          rows="1"
          required
          data-limit={composer.limit}
          dir="auto"
          autofocus
          autocomplete="off"
          enterkeyhint="send"
          placeholder={tr`Ask about money or markets`}
          aria-describedby="composer-hint question-length"
          safe
        >
          {composer.text ?? ""}
        </textarea>
        {dictates ? <DictationButton /> : ""}
        {/* While an answer is written; public/js/composer.js shows it. */}
        <button type="button" class="send stop" aria-label={tr`Stop`} hidden>
          <Icon name="square" filled />
        </button>
        <button type="submit" class="send" aria-label={tr`Send`}>
          <Icon name="send" />
        </button>
      </div>
      <p id="question-length" class="question-length" role="status"></p>
    </form>
    <div class="composer-foot">
      <p id="composer-hint" class="hint">
        <span class="keys">{safeTr`Enter sends, Shift + Enter starts a new line, / shows commands.`} </span>
        <span class="composer-warning">{safeTr`Answers can be wrong: check figures before you act on them.`}</span>
      </p>
      <ModelButton engine={engine} conversationId={composer.conversationId} />
      <ContextMeter isNew={composer.conversationId === null} />
    </div>
  </>
);

export const ComposerFields = ({ composer }: { composer: ComposerProps }) => (
  <>
    <input type="hidden" name="key" value={composer.key} />
    {composer.isTemporary ? <input type="hidden" name="temporary" value="1" /> : ""}
    {(composer.documents ?? []).length === 0 ? (
      ""
    ) : (
      <input
        type="hidden"
        name="documents"
        value={(composer.documents ?? []).map(({ id }) => id).join(",")}
      />
    )}
    {(composer.tools ?? []).map(({ id }) => (
      <input type="hidden" name="tools" value={id} />
    ))}
    {composer.project == null ? "" : <input type="hidden" name="project" value={composer.project.id} />}
    {composer.preset == null ? "" : <input type="hidden" name="preset" value={composer.preset.id} />}
    {composer.conversationId === null ? (
      ""
    ) : (
      <input type="hidden" name="conversation_id" value={composer.conversationId} />
    )}
  </>
);

interface NoteProps {
  readonly problem: string | null;
  /** The error's code: public/js/busy-note.js takes away what has passed by itself. */
  readonly code?: string | undefined;
}

export const ComposerNote = ({ problem, code }: NoteProps) =>
  problem === null ? (
    ""
  ) : (
    <p class="composer-problem" data-code={code} dir="auto" safe>
      {problem}
    </p>
  );
