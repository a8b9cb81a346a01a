/** One question to two models, or with two settings: the form, and both answers beside each other. Whole without any script. */

import { tr, translated } from "../../src/texts/reader-language.ts";
import type { ComparedAnswer, ComparedProps, CompareFormProps, SideFields } from "../compare-props.ts";
import { Button, LinkButton } from "../components/button.tsx";
import { Select } from "../components/select.tsx";
import { Announcer } from "../fragments/announcer.tsx";
import { Answer } from "../fragments/answer.tsx";
import { FormProblem, ReloadNote } from "../fragments/form-notes.tsx";
import { CopyForm } from "../fragments/message-tools.tsx";
import { PresetChips } from "../fragments/preset-chips.tsx";
import { Question } from "../fragments/turn.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

export const answerNames = ["First answer", "Second answer"] as const;

export const CompareFormPage = ({ form, ...frame }: FrameProps & { readonly form: CompareFormProps }) => (
  <Page
    {...frame}
    title={tr`Side by side`}
    kind="answers"
    here="/compare"
    id="compare"
    skipToLabel={tr`the question`}
    lead={tr`One question, two answers: two models, or one model with other settings. Keep the better one.`}
  >
    <form class="compare-form" method="post" action="/compare">
      <input type="hidden" name="key" value={form.key} />
      {form.preset === null ? "" : <input type="hidden" name="preset" value={form.preset.id} />}
      <FormProblem problem={form.problem} />
      <PresetChips presets={form.presets} chosen={form.preset} isTemporary={false} at="/compare" />
      <p class="form-field">
        <label for="compare-text">{safeTr`Question`}</label>
        <textarea
          id="compare-text"
          class="input"
          name="text"
          rows="3"
          required
          maxlength={form.limit}
          dir="auto"
          autofocus
          safe
        >
          {form.text}
        </textarea>
      </p>
      <div class="versions">
        <Side side={form.sides[0]} at={0} models={form.models} />
        <Side side={form.sides[1]} at={1} models={form.models} />
      </div>
      <p>
        <Button label={tr`Ask both`} kind="primary" icon="columns" />
      </p>
    </form>
  </Page>
);

interface SideProps {
  readonly side: SideFields;
  readonly at: 0 | 1;
  readonly models: readonly string[];
}

const Side = ({ side, at, models }: SideProps) => {
  const id = (field: string) => `side-${at}-${field}`;
  return (
    <fieldset class="card">
      <legend safe>{translated(answerNames[at])}</legend>
      <Select
        id={id("model")}
        name={`model_${at}`}
        label={tr`Model`}
        value={side.model}
        options={[
          { value: "auto", label: tr`The running model` },
          ...models.map((model) => ({ value: model, label: model })),
        ]}
      />
      <p class="form-field">
        <label for={id("temperature")}>{safeTr`Temperature`}</label>
        <input
          id={id("temperature")}
          class="input"
          type="number"
          name={`temperature_${at}`}
          min="0"
          max="2"
          step="0.05"
          value={side.temperature}
          required
          aria-describedby={id("words")}
        />
        <small id={id("words")}>{safeTr`0 is strict, 2 is free.`}</small>
      </p>
      <Select
        id={id("memory")}
        name={`memory_${at}`}
        label={tr`Memory`}
        value={side.memory ? "on" : "off"}
        options={[
          { value: "on", label: tr`Use what is remembered` },
          { value: "off", label: tr`Without memory` },
        ]}
      />
      <p class="form-field">
        <label for={id("instructions")}>{safeTr`Instructions`}</label>
        <textarea
          id={id("instructions")}
          class="input"
          name={`instructions_${at}`}
          rows="4"
          maxlength={20_000}
          dir="auto"
          safe
        >
          {side.instructions}
        </textarea>
      </p>
    </fieldset>
  );
};

export const ComparedPage = ({ compared, ...frame }: FrameProps & { readonly compared: ComparedProps }) => {
  const { answers, conversationId, question, versions } = compared;
  const running = answers.filter(({ answer: { state } }) => state === "queued" || state === "running");
  return (
    <Page
      {...frame}
      title={tr`Side by side`}
      kind="answers"
      here="/compare"
      id="compare"
      skipToLabel={tr`the answers`}
      actions={<LinkButton label={tr`Open conversation`} to={`/c/${conversationId}#end`} icon="chat" />}
    >
      <div id="composer-note" role="alert"></div>
      <div class="compared-question">
        <Question question={question} />
      </div>
      {running.length === 0 ? "" : <ReloadNote to={`/compare/${answers[0].answer.messageId}`} />}
      <div class="versions">
        {answers.map((each, at) => (
          <Version {...each} name={translated(answerNames[at] ?? "")} />
        ))}
      </div>
      {running.length > 1 ? <StopBoth of={answers[0].answer.messageId} /> : ""}
      {versions > 2 ? (
        <p class="note" safe>{tr`This question has ${versions} answers. The conversation shows them all.`}</p>
      ) : (
        ""
      )}
      <CopyForm copyKey={compared.copyKey} />
      <Announcer />
    </Page>
  );
};

const Version = ({ answer, settings, name }: ComparedAnswer & { readonly name: string }) => (
  <section class="version card" aria-label={name}>
    <header class="version-head">
      <p class="version-settings">
        {settings.map((setting) => (
          <span class="badge" safe>
            {setting}
          </span>
        ))}
      </p>
    </header>
    <Answer answer={answer} />
    <form class="pick" method="post" action={`/compare/${answer.messageId}`}>
      <Button
        label={tr`Continue with this one`}
        icon="check"
        name={tr`Continue with this one: ${name}`}
        send={{ name: "do", value: "pick" }}
      />
    </form>
  </section>
);

const StopBoth = ({ of }: { readonly of: string }) => (
  <form class="stop-both" method="post" action={`/compare/${of}`}>
    <Button label={tr`Stop both`} icon="stopped" send={{ name: "do", value: "stop" }} />
  </form>
);
