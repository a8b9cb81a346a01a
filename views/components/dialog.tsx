/** A window over the page, from below on a phone. A popover: it opens, and closes with Esc, without a script. */

import type { PropsWithChildren } from "@kitajs/html";
import { tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";

interface Props {
  readonly id: string;
  readonly title: string;
  /** More classes. */
  readonly class?: string;
}

export const Dialog = ({ id, title, class: more, children }: PropsWithChildren<Props>) => (
  <section id={id} class={["dialog", more]} popover="auto" aria-label={title}>
    <header>
      <h2 safe>{title}</h2>
      <button
        type="button"
        class="icon-button"
        popovertarget={id}
        popovertargetaction="hide"
        aria-label={tr`Close`}
      >
        <Icon name="close" />
      </button>
    </header>
    {children}
  </section>
);

/** Opens a dialog. */
export const DialogButton = ({ opens, label }: { opens: string; label: string }) => (
  <button type="button" class="button" popovertarget={opens} safe>
    {label}
  </button>
);
