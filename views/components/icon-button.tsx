/** A button that has only an icon. Its name is a tooltip too, with the key that does the same. */
import { Icon, type IconName } from "../icons.tsx";

interface TipProps {
  readonly label: string;
  /** As on the keyboard: "C". */
  readonly keys?: string;
  /** Where it stands, so that it stays in its surroundings. */
  readonly at?: "start" | "end" | undefined;
}

/** Stands in a button or link with the class `icon-button` or `tool`. */
export const Tip = ({ label, keys, at }: TipProps) => (
  <span class={["tip", at === undefined ? false : `at-${at}`]}>
    <span safe>{label}</span>
    {keys === undefined ? "" : <span aria-hidden="true" safe>{`\u00a0\u00a0${keys}`}</span>}
  </span>
);

interface Props extends TipProps {
  readonly icon: IconName;
  readonly size?: "small";
  readonly disabled?: boolean;
}

export const IconButton = ({ icon, size, disabled = false, ...tip }: Props) => (
  <button type="button" class={["icon-button", size]} aria-disabled={disabled ? "true" : undefined}>
    <Icon name={icon} />
    <Tip {...tip} />
  </button>
);
