/** A short text in a frame: what something belongs to, or a filter that is a link. */
import { Icon, type IconName } from "../icons.tsx";

interface Props {
  readonly label: string;
  readonly icon?: IconName;
  /** An address of this program. */
  readonly to?: string;
  readonly isCurrent?: boolean;
}

export const Chip = ({ label, icon, to, isCurrent = false }: Props) => {
  const content = (
    <>
      {icon === undefined ? "" : <Icon name={icon} />}
      <span dir="auto" safe>
        {label}
      </span>
    </>
  );
  return to === undefined ? (
    <span class="chip">{content}</span>
  ) : (
    <a class="chip" href={to} aria-current={isCurrent ? "true" : undefined}>
      {content}
    </a>
  );
};
