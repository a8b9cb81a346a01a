/** The form of an instrument's specification, with the way back to the program's own. */
import { tr, translated } from "../../src/texts/reader-language.ts";
import type { FieldProps, InstrumentProps } from "../finance-props.ts";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { InputFields, Suggestions } from "../fragments/input-field.tsx";
import { safeTr } from "../safe-tr.ts";

interface Props extends DeskFrameProps {
  /** null: a new one. */
  readonly instrument: InstrumentProps | null;
  readonly form: readonly FieldProps[];
  readonly done?: string | undefined;
  readonly isReadOnly: boolean;
}

export const InstrumentPage = ({ instrument, form, done, isReadOnly, ...frame }: Props) => {
  const title = instrument === null ? tr`Add an instrument` : instrument.symbol;
  const fields = instrument === null ? form : form.filter(({ name }) => name !== "symbol");
  return (
    <DeskFrame {...frame} title={title} lead={instrument?.name} here={null}>
      {instrument === null ? "" : <Origin {...instrument} />}
      {done === undefined ? (
        ""
      ) : (
        <p class="notice" role="status" safe>
          {done}
        </p>
      )}
      <form
        class="calculator-form instrument-form"
        method="post"
        action={`/instruments/${instrument?.symbol ?? "add"}`}
        aria-label={tr`Specification`}
      >
        <InputFields fields={fields} />
        <Suggestions fields={fields} instruments={[]} />
        {isReadOnly ? (
          ""
        ) : (
          <p class="card-actions">
            <button type="submit" class="button primary">
              {instrument === null ? safeTr`Add` : safeTr`Save`}
            </button>
            <a class="button" href="/instruments">
              {safeTr`Cancel`}
            </a>
          </p>
        )}
      </form>
      {instrument?.isOwn && !isReadOnly ? <Reset {...instrument} /> : ""}
    </DeskFrame>
  );
};

const Origin = ({ source, isOwn }: InstrumentProps) => (
  <p class="note" safe>
    {isOwn ? tr`This specification is yours.` : tr`Source: ${translated(source)}`}
  </p>
);

const Reset = ({ symbol, hasDefault }: InstrumentProps) => (
  <form method="post" action={`/instruments/${symbol}`}>
    <button type="submit" class="button" name="do" value="reset">
      {hasDefault ? safeTr`Back to the default` : safeTr`Remove`}
    </button>
  </form>
);
