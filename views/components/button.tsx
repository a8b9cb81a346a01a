/** What is pressed: a button of a form, or a link that looks like one. */
import { Icon, type IconName } from "../icons.tsx";

interface Look {
  readonly label: string;
  readonly kind?: "primary" | "quiet" | "danger";
  readonly size?: "small";
  readonly icon?: IconName;
  /** Its name where that says more than its label. */
  readonly name?: string;
}

interface ButtonProps extends Look {
  readonly type?: "submit" | "button";
  /** What the form is told. */
  readonly send?: { readonly name: string; readonly value: string };
  readonly disabled?: boolean;
}

const classOf = ({ kind, size }: Look) => ["button", kind, size];

const Content = ({ label, icon }: Look) => (
  <>
    {icon === undefined ? "" : <Icon name={icon} />}
    <span safe>{label}</span>
  </>
);

export const Button = ({ type = "submit", send, disabled = false, name, ...look }: ButtonProps) => (
  <button
    type={type}
    class={classOf(look)}
    disabled={disabled}
    aria-label={name}
    {...(send === undefined ? {} : send)}
  >
    <Content {...look} />
  </button>
);

/** @param to an address of this program */
export const LinkButton = ({ to, name, ...look }: Look & { readonly to: string }) => (
  <a class={classOf(look)} href={to} aria-label={name}>
    <Content {...look} />
  </a>
);
