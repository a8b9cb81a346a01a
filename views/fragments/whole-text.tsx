/** Below a text of which a page shows the beginning. */
import { safeTr } from "../safe-tr.ts";

export const WholeText = ({ messageId }: { messageId: string }) => (
  <p class="note whole-text">
    {safeTr`This is the beginning.`}{" "}
    <a href={`/messages/${messageId}/text`}>{safeTr`Show all as plain text`}</a>
  </p>
);
