/** A field that suggests what is known already, and takes anything else too. The browser's own list: no script. */
import type { Option } from "./select.tsx";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly options: readonly Option[];
  readonly value?: string;
  readonly placeholder?: string;
}

export const Combobox = ({ id, label, name, options, value = "", placeholder }: Props) => (
  <p class="form-field">
    <label for={id} safe>
      {label}
    </label>
    <input
      id={id}
      name={name}
      class="input"
      value={value}
      list={`${id}-list`}
      autocomplete="off"
      placeholder={placeholder}
    />
    <datalist id={`${id}-list`}>
      {options.map((option) => (
        <option value={option.value} safe>
          {option.label}
        </option>
      ))}
    </datalist>
  </p>
);
