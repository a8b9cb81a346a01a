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
      <p class="note">They are kept for 30 days, then removed for good.</p>
      {deleted.length === 0 ? <p>Nothing was deleted.</p> : ""}
      <ul class="deleted-list">
        {deleted.map(({ id, title }) => (
          <li>
            <span dir="auto" safe>
              {title}
            </span>
            <form method="post" action={`/c/${id}/restore`}>
              <button type="submit" class="button" aria-label={`Bring back: ${title}`}>
                Bring back
              </button>
            </form>
          </li>
        ))}
      </ul>
    </main>
  </Layout>
);
