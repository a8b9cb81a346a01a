/** How an answer was made, as a page: for browsers without scripts, and to be linked to. */
import { Receipt } from "../fragments/receipt.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps, ReceiptProps } from "../props.ts";

export const ReceiptPage = ({ receipt, ...frame }: FrameProps & { receipt: ReceiptProps }) => {
  const { id, conversationId, messageId } = receipt.generation;
  return (
    <Page
      {...frame}
      title="How this answer was made"
      kind="chat"
      here="/"
      id="receipt"
      class="reading receipt"
      skipToLabel="the receipt"
      actions={
        <a class="button" href={`/c/${conversationId}?at=${messageId}#answer-${id}`}>
          Back to the answer
        </a>
      }
    >
      <Receipt {...receipt} />
    </Page>
  );
};
