/** A field of a form with its name above it, and what must be known of it below. */

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly type?: "text" | "password";
  readonly value?: string;
  readonly autocomplete: "username" | "current-password" | "new-password" | "off";
  readonly hint?: string;
  readonly minlength?: number;
  readonly maxlength: number;
  readonly autofocus?: boolean;
}

export const FormField = ({ id, label, hint, type = "text", value = "", ...rest }: Props) => (
  <p class="form-field">
    <label for={id} safe>
      {label}
    </label>
    <input
      id={id}
      class="input"
      type={type}
      value={value}
      required
      autocapitalize="none"
      spellcheck="false"
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      {...rest}
    />
    {hint === undefined ? (
      ""
    ) : (
      <small id={`${id}-hint`} safe>
        {hint}
      </small>
    )}
  </p>
);

export const passwordLengths = { minlength: 12, maxlength: 200 } as const;
