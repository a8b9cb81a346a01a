/** A field of a form with its name above it, and below what must be known of it or why it was refused. */

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly type?: "text" | "password" | "search" | "number";
  readonly value?: string;
  readonly placeholder?: string;
  readonly hint?: string;
  /** Why what was typed was refused. */
  readonly problem?: string;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly autocapitalize?: "none";
  readonly spellcheck?: "false";
  readonly minlength?: number;
  readonly maxlength?: number;
  readonly autofocus?: boolean;
  /** The id of a datalist. */
  readonly list?: string;
}

export const Field = ({ id, label, hint, problem, type = "text", ...rest }: Props) => (
  <p class="form-field">
    <label for={id} safe>
      {label}
    </label>
    <input
      id={id}
      class="input"
      type={type}
      autocomplete="off"
      aria-describedby={hint === undefined && problem === undefined ? undefined : `${id}-words`}
      aria-invalid={problem === undefined ? undefined : "true"}
      {...rest}
    />
    <Words id={`${id}-words`} hint={hint} problem={problem} />
  </p>
);

interface WordsProps {
  readonly id: string;
  readonly hint: string | undefined;
  readonly problem: string | undefined;
}

const Words = ({ id, hint, problem }: WordsProps) => {
  if (problem !== undefined)
    return (
      <small id={id} class="field-problem" safe>
        {problem}
      </small>
    );
  if (hint === undefined) return "";
  return (
    <small id={id} safe>
      {hint}
    </small>
  );
};
