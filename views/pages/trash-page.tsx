/** What was deleted and can still be brought back. */
import { Sidebar } from "../fragments/conversation-list.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, ConversationLink, SidebarProps } from "../props.ts";

interface Props {
  readonly asset: AssetUrl;
  readonly sidebar: SidebarProps;
  readonly deleted: readonly ConversationLink[];
}

export const TrashPage = ({ asset, sidebar, deleted }: Props) => (
  <Layout
    title={`Deleted · ${productName}`}
    asset={asset}
    skipTo={{ id: "deleted", label: "what was deleted" }}
    withSidebar
  >
    <TopBar />
    <Sidebar {...sidebar} />
    <main id="deleted" class="reading" tabindex="-1">
      <h1>Deleted conversations</h1>
      <p class="note">Deleted for good after 30 days.</p>
      {deleted.length === 0 ? <p>Trash is empty.</p> : ""}
      <ul class="deleted-list">
        {deleted.map(({ id, title }) => (
          <li>
            <span dir="auto" safe>
              {title}
            </span>
            <form method="post" action={`/c/${id}/restore`}>
              <button type="submit" class="button" aria-label={`Restore: ${title}`}>
                Restore
              </button>
            </form>
          </li>
        ))}
      </ul>
    </main>
  </Layout>
);
