/** A question asked in other words, as a page: for browsers without scripts. */
import { EditForm } from "../fragments/edit-form.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, EditProps } from "../props.ts";

export const EditPage = ({ asset, edit }: { asset: AssetUrl; edit: EditProps }) => (
  <Layout
    title={`Edit a question · ${productName}`}
    asset={asset}
    skipTo={{ id: `edit-${edit.messageId}`, label: "the question" }}
  >
    <TopBar />
    <main class="reading">
      <h1>Edit question</h1>
      <EditForm edit={edit} />
    </main>
  </Layout>
);
