/** The conversations of a folder, of the archive or all of them, as a page: for browsers without scripts. */
import { ConversationItems, Sidebar } from "../fragments/conversation-list.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, ListFilter, ListProps, SidebarProps } from "../props.ts";

interface Props {
  readonly asset: AssetUrl;
  readonly sidebar: SidebarProps;
  readonly list: ListProps;
}

export const ListPage = ({ asset, sidebar, list }: Props) => {
  const name = nameOf(list.filter);
  return (
    <Layout
      title={`${name} · ${productName}`}
      asset={asset}
      skipTo={{ id: "all", label: "the conversations" }}
      withSidebar
    >
      <TopBar />
      <Sidebar {...sidebar} />
      <main id="all" class="reading" tabindex="-1">
        <h1 safe>{name}</h1>
        <ol class="conversation-list">
          <ConversationItems {...list} />
        </ol>
      </main>
    </Layout>
  );
};

const nameOf = ({ folder, archived }: ListFilter) =>
  archived ? "Archived" : (folder ?? "All conversations");
