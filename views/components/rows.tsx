/** A list in a frame: of each row what it is, what is known of it, and what can be done with it. */
import type { PropsWithChildren } from "@kitajs/html";

export const Rows = ({ label, children }: PropsWithChildren<{ label: string }>) => (
  <ul class="rows" aria-label={label}>
    {children}
  </ul>
);

interface RowProps {
  readonly title: string;
  readonly words?: string;
}

/** Its children stand at the end. */
export const Row = ({ title, words, children }: PropsWithChildren<RowProps>) => (
  <li>
    <div>
      <strong dir="auto" safe>
        {title}
      </strong>
      {words === undefined ? "" : <small safe>{words}</small>}
    </div>
    {children ?? ""}
  </li>
);
