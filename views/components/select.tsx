/** One of a few choices. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly options: readonly Option[];
  readonly value?: string;
  readonly disabled?: boolean;
  readonly autofocus?: boolean;
}

export const Select = ({ id, label, name, options, value, disabled = false, autofocus = false }: Props) => (
  <p class="form-field">
    <label for={id} safe>
      {label}
    </label>
    <select id={id} name={name} class="input" disabled={disabled} autofocus={autofocus}>
      {options.map((option) => (
        <option value={option.value} selected={option.value === value} safe>
          {option.label}
        </option>
      ))}
    </select>
  </p>
);
