/** A thing of its own, in a frame. */
import type { PropsWithChildren } from "@kitajs/html";

interface Props {
  readonly id: string;
  readonly title: string;
  /** Stands at the end of the title's line. */
  readonly aside?: JSX.Element;
}

export const Card = ({ id, title, aside, children }: PropsWithChildren<Props>) => (
  <section class="card" aria-labelledby={id}>
    <header class="card-head">
      <h2 id={id} dir="auto" safe>
        {title}
      </h2>
      {aside === undefined ? "" : (aside as "safe")}
    </header>
    {children}
  </section>
);

/** A card that is a link as a whole. @param to an address of this program */
export const LinkCard = ({ title, words, to }: { title: string; words: string; to: string }) => (
  <a class="card" href={to}>
    <strong safe>{title}</strong>
    <span class="note" safe>
      {words}
    </span>
  </a>
);
