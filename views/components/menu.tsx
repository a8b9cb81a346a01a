/** What can be done with a thing, folded behind a button. It opens without a script; public/js/menus.js closes it. */
import type { PropsWithChildren } from "@kitajs/html";
import { Icon, type IconName } from "../icons.tsx";
import { Tip } from "./icon-button.tsx";

interface Props {
  /** The name of the button. */
  readonly label: string;
  readonly icon?: IconName;
  /** On which side of the button it opens. */
  readonly side?: "up";
}

export const Menu = ({ label, icon = "more", side, children }: PropsWithChildren<Props>) => (
  <details class={["menu", side]}>
    <summary class="icon-button" aria-label={label}>
      <Icon name={icon} />
      <Tip label={label} />
    </summary>
    <div>{children}</div>
  </details>
);

interface ItemProps {
  readonly label: string;
  readonly icon: IconName;
  readonly isDanger?: boolean;
  /** What the form is told. */
  readonly send?: { readonly name: string; readonly value: string };
}

export const MenuItem = ({ label, icon, isDanger = false, send }: ItemProps) => (
  <button type="submit" class={isDanger ? "danger-item" : undefined} {...(send === undefined ? {} : send)}>
    <Icon name={icon} />
    <span safe>{label}</span>
  </button>
);
