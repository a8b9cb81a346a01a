/** A tool of another program: what it says of itself, and the form of its arguments. */
import { tr } from "../../src/texts/reader-language.ts";
import { safeTr } from "../safe-tr.ts";
import type { ListedToolProps } from "../tool-server-props.ts";

export const ListedTool = ({ tool }: { tool: ListedToolProps }) => (
  <div>
    <strong dir="auto" safe>
      {tool.name}
    </strong>
    <small dir="auto" safe>
      {tool.description}
    </small>
    <small safe>{standing(tool)}</small>
    <details class="disclosure">
      <summary>{safeTr`Its arguments`}</summary>
      <code class="tool-call-given" dir="ltr" safe>
        {tool.schema}
      </code>
    </details>
  </div>
);

function standing({ problem, saysReadOnly, readsOnly }: ListedToolProps): string {
  if (problem === "gone") return tr`Its server offers it no more.`;
  if (problem === "schema") return tr`Not offered: the form of its arguments cannot be used.`;
  if (problem === "name") return tr`Not offered: its name cannot be used.`;
  if (readsOnly) return tr`It only reads.`;
  return saysReadOnly
    ? tr`Its server says that it only reads; no admin has accepted that.`
    : tr`It may write or send.`;
}
