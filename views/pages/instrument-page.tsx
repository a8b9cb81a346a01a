/** The form of an instrument's specification, with the way back to the program's own. */
import type { FieldProps, InstrumentProps } from "../finance-props.ts";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { InputFields, Suggestions } from "../fragments/input-field.tsx";

interface Props extends DeskFrameProps {
  /** null: a new one. */
  readonly instrument: InstrumentProps | null;
  readonly form: readonly FieldProps[];
  readonly done?: string | undefined;
  readonly isReadOnly: boolean;
}

export const InstrumentPage = ({ instrument, form, done, isReadOnly, ...frame }: Props) => {
  const title = instrument === null ? "Add an instrument" : instrument.symbol;
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
        aria-label="Specification"
      >
        <InputFields fields={fields} />
        <Suggestions fields={fields} instruments={[]} />
        {isReadOnly ? (
          ""
        ) : (
          <p class="card-actions">
            <button type="submit" class="button primary">
              {instrument === null ? "Add" : "Save"}
            </button>
            <a class="button" href="/instruments">
              Cancel
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
    {isOwn ? "This specification is yours." : `Source: ${source}`}
  </p>
);

const Reset = ({ symbol, hasDefault }: InstrumentProps) => (
  <form method="post" action={`/instruments/${symbol}`}>
    <button type="submit" class="button" name="do" value="reset">
      {hasDefault ? "Back to the default" : "Remove"}
    </button>
  </form>
);
