/** A field of a calculator's form: its name above, the unit beside it, below what must be known of it, and why it was refused. */
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { choiceIn } from "../../src/texts/say.ts";
import type { FieldKind, FieldProps } from "../finance-props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props extends FieldProps {
  /** The first one that was refused: where the reader is to go on. */
  readonly isFirstProblem: boolean;
}

export const InputFields = ({ fields }: { fields: readonly FieldProps[] }) => {
  const first = fields.find(({ problem }) => problem !== null);
  return (
    <>
      {fields.map((field) => (
        <InputField {...field} isFirstProblem={field === first} />
      ))}
    </>
  );
};

const InputField = (field: Props) => {
  const { name, title, unit, hint, isRequired, isOneOf, problem, kind } = field;
  const id = `field-${name}`;
  return (
    <div class={`input-field${kind.type === "lines" ? " wide" : ""}`}>
      <label for={id}>
        <span safe>{title}</span>
        {isRequired ? "" : <small safe>{` ${isOneOf ? tr`one is needed` : tr`optional`}`}</small>}
      </label>
      <span class="input-with-unit">
        <Control {...field} />
        {unit === null ? (
          ""
        ) : (
          <span class="input-unit" id={`${id}-unit`} safe>
            {unit}
          </span>
        )}
      </span>
      {problem === null ? (
        ""
      ) : (
        <p class="input-problem" id={`${id}-problem`} role="alert" dir="auto" safe>
          {problem}
        </p>
      )}
      {hint === null ? (
        ""
      ) : (
        <small id={`${id}-hint`} safe>
          {hint}
        </small>
      )}
    </div>
  );
};

const describedBy = ({ name, unit, hint, problem }: FieldProps): string | undefined => {
  const parts = [unit === null ? "" : "unit", problem === null ? "" : "problem", hint === null ? "" : "hint"];
  const ids = parts.filter(Boolean).map((part) => `field-${name}-${part}`);
  return ids.length === 0 ? undefined : ids.join(" ");
};

const Control = (field: Props) => {
  const { name, kind, value, isRequired, isFirstProblem, problem, placeholder } = field;
  const common = {
    id: `field-${name}`,
    name,
    required: isRequired,
    autofocus: isFirstProblem,
    "aria-invalid": problem === null ? undefined : "true",
    "aria-describedby": describedBy(field),
  };
  if (kind.type === "choice") return <Choice {...{ common, kind, value, isRequired }} />;
  if (kind.type === "lines")
    return (
      <textarea
        {...common}
        rows="4"
        dir="auto"
        spellcheck="false"
        placeholder={placeholder ?? undefined}
        safe
      >
        {value}
      </textarea>
    );
  const text = {
    ...common,
    value,
    placeholder: placeholder ?? undefined,
    autocomplete: "off" as const,
    spellcheck: "false",
    dir: "auto",
  };
  switch (kind.type) {
    case "number":
      return <input {...text} type="text" inputmode={kind.isWhole ? "numeric" : "decimal"} maxlength={60} />;
    case "date":
      return <input {...common} type="date" value={value} />;
    case "text":
      return (
        <input
          {...text}
          type="text"
          maxlength={200}
          autocapitalize={kind.list === null ? undefined : "characters"}
          list={kind.list ?? undefined}
        />
      );
    default:
      return kind satisfies never;
  }
};

interface ChoiceProps {
  readonly common: Readonly<Record<string, string | boolean | undefined>> & { readonly name: string };
  readonly kind: Extract<FieldKind, { type: "choice" }>;
  readonly value: string;
  readonly isRequired: boolean;
}

const Choice = ({ common, kind: { choices, otherwise }, value, isRequired }: ChoiceProps) => (
  <select {...common}>
    {otherwise !== null ? (
      <option value="" selected={value === ""} safe>
        {tr`${wordsOf(common.name, otherwise)} (default)`}
      </option>
    ) : isRequired ? (
      <option value="" selected={value === ""} disabled hidden>
        {safeTr`Choose`}
      </option>
    ) : (
      <option value="" selected={value === ""}>
        {safeTr`not stated`}
      </option>
    )}
    {choices
      .filter((choice) => choice !== otherwise || value === choice)
      .map((choice) => (
        <option value={choice} selected={value === choice} safe>
          {wordsOf(common.name, choice)}
        </option>
      ))}
  </select>
);

const wordsOf = (input: string, choice: string) =>
  choiceIn(input, choice, languageOfReader()).replaceAll("-", " ");

/** ISO 4217, and two coins; others may be typed. */
const currencies =
  "USD EUR GBP JPY CHF AUD CAD NZD CNY HKD SGD SEK NOK DKK PLN CZK HUF TRY ZAR MXN BRL INR KRW BTC ETH".split(
    " ",
  );

/** What fields suggest. */
export const Suggestions = ({
  fields,
  instruments,
}: {
  readonly fields: readonly FieldProps[];
  readonly instruments: readonly { readonly symbol: string; readonly name: string }[];
}) => {
  const uses = (list: string) => fields.some(({ kind }) => kind.type === "text" && kind.list === list);
  return (
    <>
      {uses("currencies") ? (
        <datalist id="currencies">
          {currencies.map((code) => (
            <option value={code}></option>
          ))}
        </datalist>
      ) : (
        ""
      )}
      {uses("instruments") ? (
        <datalist id="instruments">
          {instruments.map(({ symbol, name }) => (
            <option value={symbol} safe>
              {name}
            </option>
          ))}
        </datalist>
      ) : (
        ""
      )}
    </>
  );
};
