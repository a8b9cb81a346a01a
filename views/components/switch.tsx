/** A setting that is on or off: a button of a form, so that it works without a script. */
import { safeTr } from "../safe-tr.ts";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly isOn: boolean;
  /** The name that the form is sent under, with "on" or "off". */
  readonly name: string;
  readonly disabled?: boolean;
}

/** The row of a switch: what it is, what it does, and the switch itself. */
export const SwitchRow = ({ id, label, note, isOn, name, disabled = false }: Props) => (
  <>
    <span>
      <strong id={`${id}-label`} safe>
        {label}
      </strong>
      <span class="note" id={`${id}-note`} safe>
        {note}
      </span>
    </span>
    <button
      type="submit"
      class="switch"
      role="switch"
      aria-checked={isOn ? "true" : "false"}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-note`}
      name={name}
      value={isOn ? "off" : "on"}
      disabled={disabled}
    >
      <span aria-hidden="true">{isOn ? safeTr`On` : safeTr`Off`}</span>
    </button>
  </>
);
