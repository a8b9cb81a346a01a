/** A field of a login's forms: what it asks for is required, and taken to the letter. */
import { Field } from "../components/field.tsx";

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

export const FormField = ({ value = "", ...rest }: Props) => (
  <Field value={value} required autocapitalize="none" spellcheck="false" {...rest} />
);

export const passwordLengths = { minlength: 12, maxlength: 200 } as const;
