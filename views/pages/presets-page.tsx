/** The presets: a list, and the form of one. */
import { tr } from "../../src/texts/reader-language.ts";
import { Empty } from "../components/empty.tsx";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { Rows } from "../components/rows.tsx";
import { Select } from "../components/select.tsx";
import { Page } from "../frame.tsx";
import { Icon } from "../icons.tsx";
import type { PresetFormProps, PresetRowProps } from "../preset-props.ts";
import type { FrameProps, NoticeProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface ListProps extends FrameProps {
  readonly presets: readonly PresetRowProps[];
  readonly notice: NoticeProps | null;
  readonly isReadOnly: boolean;
}

export const PresetsPage = ({ presets, notice, isReadOnly, ...frame }: ListProps) => (
  <Page
    {...frame}
    title={tr`Presets`}
    heading={tr`Presets`}
    kind="settings"
    here="/settings"
    class="reading"
    skipToLabel={tr`the presets`}
  >
    <p class="lead">{safeTr`Instructions, model, sampling and memory under a name. Begin a chat with one: it keeps the values, even if you change the preset later.`}</p>
    {notice === null ? "" : <Notice {...notice} />}
    {presets.length === 0 ? (
      <Empty icon="settings" title={tr`You have no presets yet.`}>
        <p class="note">{safeTr`Make one here, or save the values of a conversation by its menu.`}</p>
      </Empty>
    ) : (
      <Rows label={tr`Presets`}>
        {presets.map((preset) => (
          <Row preset={preset} isReadOnly={isReadOnly} />
        ))}
      </Rows>
    )}
    {isReadOnly ? (
      ""
    ) : (
      <p class="preset-actions">
        <a class="button primary" href="/presets/new">
          <Icon name="plus" />
          <span>{safeTr`New preset`}</span>
        </a>
      </p>
    )}
  </Page>
);

const Row = ({
  preset: { id, name, words },
  isReadOnly,
}: {
  preset: PresetRowProps;
  isReadOnly: boolean;
}) => (
  <li>
    <div class="preset-row">
      <strong dir="auto" safe>
        {name}
      </strong>
      <small dir="auto" safe>
        {words}
      </small>
    </div>
    <div class="preset-actions">
      <a
        class="button small"
        href={`/?${new URLSearchParams({ preset: id })}`}
        aria-label={tr`New chat with ${name}`}
      >
        {safeTr`New chat`}
      </a>
      {isReadOnly ? (
        ""
      ) : (
        <>
          <a class="button small" href={`/presets/${id}`} aria-label={tr`Edit ${name}`}>
            {safeTr`Edit`}
          </a>
          <form method="post" action={`/presets/${id}`}>
            <button
              type="submit"
              class="button small"
              name="do"
              value="delete"
              aria-label={tr`Delete ${name}`}
            >
              {safeTr`Delete`}
            </button>
          </form>
        </>
      )}
    </div>
  </li>
);

export const PresetPage = ({ form, ...frame }: FrameProps & { readonly form: PresetFormProps }) => {
  const title = form.id === null ? tr`New preset` : tr`Edit preset`;
  return (
    <Page
      {...frame}
      title={title}
      heading={title}
      kind="settings"
      here="/settings"
      class="reading"
      skipToLabel={tr`the preset`}
    >
      <p class="lead">{safeTr`What you leave empty is as in your settings.`}</p>
      {form.problem === null ? "" : <Notice text={form.problem.message} tone="problem" />}
      <form class="preset-form" method="post" action={`/presets/${form.id ?? "new"}`} aria-label={title}>
        <Field
          id="preset-name"
          label={tr`Name`}
          name="name"
          value={form.name}
          required
          maxlength={80}
          {...problemOf(form, "name")}
        />
        <Instructions form={form} />
        <Select
          id="preset-model"
          label={tr`Model`}
          name="model"
          options={modelsOf(form)}
          value={form.model}
        />
        <div class="preset-numbers">
          <Value form={form} name="temperature" label={tr`Temperature`} hint={tr`From 0 to 2`} />
          <Value form={form} name="top_p" label={tr`Top p`} hint={tr`From 0 to 1`} />
          <Value form={form} name="max_tokens" label={tr`Length in tokens`} hint={tr`At least 1`} />
          <Value
            form={form}
            name="recall"
            label={tr`Memories for a question`}
            hint={tr`From 0 (off) to 20`}
          />
        </div>
        <p class="preset-actions">
          <button type="submit" class="button primary">
            {safeTr`Save`}
          </button>
          <a class="button" href="/presets">
            {safeTr`Cancel`}
          </a>
        </p>
      </form>
    </Page>
  );
};

type FormPart = { readonly form: PresetFormProps };

const Instructions = ({ form }: FormPart) => (
  <p class="form-field">
    <label for="preset-instructions">{safeTr`Instructions`}</label>
    <textarea
      id="preset-instructions"
      class="input"
      name="instructions"
      rows="5"
      maxlength={20_000}
      dir="auto"
      aria-describedby="preset-instructions-words"
      aria-invalid={form.problem?.field === "instructions" ? "true" : undefined}
      safe
    >
      {`\n${form.instructions}`}
    </textarea>
    <small id="preset-instructions-words">{safeTr`In place of those of your settings.`}</small>
  </p>
);

const modelsOf = ({ model, models }: PresetFormProps) => [
  { value: "", label: tr`The one that answers` },
  ...[...new Set([...models, ...(model === "" ? [] : [model])])].map((id) => ({ value: id, label: id })),
];

interface ValueProps extends FormPart {
  readonly name: keyof PresetFormProps["usual"];
  readonly label: string;
  readonly hint: string;
}

/** A text, so that a comma or point is taken alike. */
const Value = ({ form, name, label, hint }: ValueProps) => (
  <Field
    id={`preset-${name}`}
    label={label}
    name={name}
    value={form[name]}
    placeholder={tr`As in your settings: ${form.usual[name]}`}
    hint={hint}
    maxlength={20}
    {...problemOf(form, name)}
  />
);

const problemOf = ({ problem }: PresetFormProps, field: string) =>
  problem?.field === field ? { problem: problem.message } : {};
