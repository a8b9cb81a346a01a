/** How an answer was made, as a page: for browsers without scripts, and to be linked to. */
import { Receipt } from "../fragments/receipt.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, ReceiptProps } from "../props.ts";

export const ReceiptPage = ({ asset, receipt }: { asset: AssetUrl; receipt: ReceiptProps }) => {
  const { id, conversationId, messageId } = receipt.generation;
  return (
    <Layout
      title={`How this answer was made · ${productName}`}
      asset={asset}
      skipTo={{ id: "receipt", label: "the receipt" }}
    >
      <TopBar />
      <main id="receipt" class="reading receipt" tabindex="-1">
        <h1>How this answer was made</h1>
        <p>
          <a href={`/c/${conversationId}?at=${messageId}#answer-${id}`}>Back to the answer</a>
        </p>
        <Receipt {...receipt} />
      </main>
    </Layout>
  );
};
