/** A state in a word, with a sign beside it: nobody has to tell colours apart. */
import { Icon, type IconName } from "../icons.tsx";

interface Props {
  readonly label: string;
  readonly tone?: "good" | "info" | "warning" | "problem";
  readonly icon?: IconName;
}

export const Badge = ({ label, tone, icon }: Props) => (
  <span class={["badge", tone]}>
    {icon === undefined ? "" : <Icon name={icon} />}
    <span safe>{label}</span>
  </span>
);
