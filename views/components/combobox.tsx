/** A field that suggests what is known already, and takes anything else too. The browser's own list: no script. */
import { Field } from "./field.tsx";
import type { Option } from "./select.tsx";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly options: readonly Option[];
  readonly value?: string;
  readonly placeholder?: string;
}

export const Combobox = ({ options, value = "", ...field }: Props) => (
  <>
    <Field value={value} list={`${field.id}-list`} {...field} />
    <datalist id={`${field.id}-list`}>
      {options.map((option) => (
        <option value={option.value} safe>
          {option.label}
        </option>
      ))}
    </datalist>
  </>
);
