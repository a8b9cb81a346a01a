/** How an answer was made, as a page: for browsers without scripts, and to be linked to. */
import { tr } from "../../src/texts/reader-language.ts";
import { Receipt } from "../fragments/receipt.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import type { ReceiptProps } from "../receipt-props.ts";
import { safeTr } from "../safe-tr.ts";

export const ReceiptPage = ({ receipt, ...frame }: FrameProps & { receipt: ReceiptProps }) => {
  const { id, conversationId, messageId } = receipt.generation;
  return (
    <Page
      {...frame}
      title={tr`How this answer was made`}
      kind="chat"
      here="/"
      id="receipt"
      class="reading receipt"
      skipToLabel={tr`the receipt`}
      actions={
        <a class="button" href={`/c/${conversationId}?at=${messageId}#answer-${id}`}>
          {safeTr`Back to the answer`}
        </a>
      }
    >
      <Receipt {...receipt} />
    </Page>
  );
};
