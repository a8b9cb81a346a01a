/** Several questions at once: the form, and a card for each. Whole without any script. */
import { tr } from "../../src/texts/reader-language.ts";
import type { BatchCardProps, BatchFormProps, BatchProps } from "../batch-props.ts";
import { Button, LinkButton } from "../components/button.tsx";
import { Progress } from "../components/progress.tsx";
import { Select } from "../components/select.tsx";
import { Announcer } from "../fragments/announcer.tsx";
import { Answer } from "../fragments/answer.tsx";
import { FormProblem, ReloadNote } from "../fragments/form-notes.tsx";
import { CopyForm } from "../fragments/message-tools.tsx";
import { Partial } from "../fragments/partial.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

const template = () =>
  [tr`What moves the price of [instrument]?`, tr`What are the main risks of trading [instrument]?`].join(
    "\n",
  );

export const BatchFormPage = ({ form, ...frame }: FrameProps & { readonly form: BatchFormProps }) => (
  <Page
    {...frame}
    title={tr`Several questions`}
    kind="answers"
    here="/batches"
    id="batch"
    skipToLabel={tr`the questions`}
    lead={tr`Each question becomes a conversation of its own. The answers are written on one page.`}
  >
    <form class="compare-form" method="post" action="/batches">
      <input type="hidden" name="id" value={form.id} />
      <input type="hidden" name="from" value={String(form.from)} />
      <FormProblem problem={form.problem} />
      {form.from === 0 ? "" : <a href={`/batches/${form.id}`}>{safeTr`Show the answers so far`}</a>}
      <p class="form-field">
        <label for="batch-questions">{safeTr`Questions, one per line`}</label>
        <textarea
          id="batch-questions"
          class="input"
          name="questions"
          rows="8"
          required
          dir="auto"
          autofocus
          aria-describedby="batch-words"
          safe
        >
          {form.questions}
        </textarea>
        <small
          id="batch-words"
          safe
        >{tr`At most ${form.most}. [instrument] is replaced by each of the instruments below.`}</small>
      </p>
      <p class="form-field">
        <label for="batch-instruments">{safeTr`Instruments`}</label>
        <input
          id="batch-instruments"
          class="input"
          type="text"
          name="instruments"
          value={form.instruments}
          placeholder="EURUSD, XAUUSD, SPX"
          maxlength={500}
          autocomplete="off"
        />
      </p>
      {form.presets.length === 0 ? (
        ""
      ) : (
        <Select
          id="batch-preset"
          label={tr`Preset`}
          name="preset"
          options={[
            { value: "", label: tr`preset¦None` },
            ...form.presets.map(({ id: value, name: label }) => ({ value, label })),
          ]}
          value={form.preset}
        />
      )}
      <p class="form-actions">
        <Button label={tr`Ask all`} kind="primary" icon="send" />
        <LinkButton
          label={tr`Market template`}
          to={`/batches?${new URLSearchParams({ questions: template(), instruments: "EURUSD, XAUUSD" })}`}
        />
      </p>
    </form>
    {form.recent.length === 0 ? "" : <Recent recent={form.recent} />}
  </Page>
);

const Recent = ({ recent }: Pick<BatchFormProps, "recent">) => (
  <section aria-labelledby="recent-batches">
    <h2 id="recent-batches">{safeTr`Recent`}</h2>
    <ul class="rows">
      {recent.map(({ id, title: first, count, when }) => (
        <li>
          <div>
            <a href={`/batches/${id}`} dir="auto" safe>
              {first}
            </a>
            <small safe>{count === 1 ? tr`1 question, ${when}` : tr`${count} questions, ${when}`}</small>
          </div>
        </li>
      ))}
    </ul>
  </section>
);

export const BatchPage = ({ batch, ...frame }: FrameProps & { readonly batch: BatchProps }) => (
  <Page
    {...frame}
    title={tr`Several questions`}
    kind="answers"
    here="/batches"
    id="batch"
    skipToLabel={tr`the answers`}
    actions={
      <>
        <LinkButton label={tr`Save as Markdown`} to={`/batches/${batch.id}/export`} icon="download" />
        <LinkButton label={tr`Ask more`} to="/batches" icon="plus" />
      </>
    }
  >
    <div id="composer-note" role="alert"></div>
    <BatchHead batch={batch} />
    {batch.ended === batch.cards.length ? "" : <ReloadNote to={`/batches/${batch.id}`} />}
    <div class="batch-cards">
      {batch.cards.map((card, at) => (
        <BatchCard card={card} at={at} />
      ))}
    </div>
    <CopyForm copyKey={batch.copyKey} />
    <Announcer />
  </Page>
);

const headId = "batch-head";

/** How far it is, and what can be done with all; while something is to come it asks for what has changed. */
const BatchHead = ({ batch: { id, cards, ended, unanswered, shown } }: { batch: BatchProps }) => (
  <div
    id={headId}
    class="batch-head"
    {...(ended === cards.length
      ? {}
      : {
          "hx-get": `/batches/${id}/news?shown=${shown}`,
          "hx-trigger": "every 2s",
          "hx-swap": "none",
          "hx-sync": "this:drop",
        })}
  >
    <p safe>{tr`${ended} of ${cards.length} done`}</p>
    <Progress label={tr`Answered`} value={cards.length === 0 ? 0 : ended / cards.length} />
    <form method="post" action={`/batches/${id}`}>
      {ended === cards.length ? (
        ""
      ) : (
        <Button label={tr`Stop all`} icon="stopped" send={{ name: "do", value: "stop" }} />
      )}
      {unanswered === 0 ? (
        ""
      ) : (
        <Button
          label={tr`Ask the failed and stopped again`}
          icon="retry"
          send={{ name: "do", value: "again" }}
        />
      )}
    </form>
  </div>
);

const cardId = (at: number) => `card-${at}`;

const BatchCard = ({ card: { question, answer, state }, at }: { card: BatchCardProps; at: number }) => (
  <section id={cardId(at)} class="version card" aria-labelledby={`${cardId(at)}-question`}>
    <header class="card-head">
      <h2 id={`${cardId(at)}-question`} dir="auto" safe>
        {question.text}
      </h2>
      <LinkButton
        label={tr`Open`}
        name={tr`Open conversation ${at + 1}`}
        kind="quiet"
        size="small"
        to={`/c/${answer.conversationId}#end`}
      />
    </header>
    {state === "waiting" ? <p class="note">{safeTr`Waits for its turn.`}</p> : <Answer answer={answer} />}
  </section>
);

/** The cards that are not as the page shows them, by their places. */
export const BatchNews = ({ batch, changed }: { batch: BatchProps; changed: readonly number[] }) => (
  <>
    {changed.map((at) => {
      const card = batch.cards[at];
      return card === undefined ? (
        ""
      ) : (
        <Partial target={`#${cardId(at)}`} swap="outerHTML">
          <BatchCard card={card} at={at} />
        </Partial>
      );
    })}
    <Partial target={`#${headId}`} swap="outerHTML">
      <BatchHead batch={batch} />
    </Partial>
  </>
);
