/** Below a text of which a page shows the beginning. */

export const WholeText = ({ messageId }: { messageId: string }) => (
  <p class="note whole-text">
    This is the beginning. <a href={`/messages/${messageId}/text`}>Show all as plain text</a>
  </p>
);
