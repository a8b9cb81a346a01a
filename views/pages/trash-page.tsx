/** What was deleted and can still be restored, or be deleted for good. */
import { Sidebar } from "../fragments/conversation-list.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, DeletedProps, ShownDates, SidebarProps } from "../props.ts";

interface Props {
  readonly asset: AssetUrl;
  readonly sidebar: SidebarProps;
  readonly deleted: readonly DeletedProps[];
  readonly dates: ShownDates;
  /** What was done just now. */
  readonly done?: string | undefined;
}

export const TrashPage = ({ asset, sidebar, deleted, dates, done }: Props) => (
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
      {done === undefined ? (
        ""
      ) : (
        <p class="form-done" role="status" safe>
          {done}
        </p>
      )}
      <p class="note">Deleted for good after 30 days.</p>
      {deleted.length === 0 ? <p>Trash is empty.</p> : <EmptyTrash />}
      <ul class="deleted-list">
        {deleted.map((conversation) => (
          <Deleted {...conversation} dates={dates} />
        ))}
      </ul>
    </main>
  </Layout>
);

/** Asks once more, without a script: the button that does it is folded away. */
const EmptyTrash = () => (
  <details class="disclosure">
    <summary>Empty trash</summary>
    <form method="post" action="/trash/empty" class="account-form danger">
      <p>All conversations here, and what was remembered of them, are deleted for good.</p>
      <p class="form-actions">
        <button type="submit" class="button">
          Delete all for good
        </button>
      </p>
    </form>
  </details>
);

const Deleted = ({ id, title, deletedAt, daysLeft, dates }: DeletedProps & Pick<Props, "dates">) => (
  <li>
    <div>
      <span dir="auto" safe>
        {title}
      </span>
      <small safe>
        {`Deleted ${dates.dateOf(deletedAt)}, ${daysLeft === 1 ? "1 day" : `${daysLeft} days`} left`}
      </small>
    </div>
    <div class="deleted-actions">
      <form method="post" action={`/c/${id}/restore`}>
        <button type="submit" class="button" aria-label={`Restore: ${title}`}>
          Restore
        </button>
      </form>
      <details class="disclosure">
        <summary aria-label={`Delete now: ${title}`}>Delete now</summary>
        <form method="post" action={`/c/${id}/erase`}>
          <button type="submit" class="button" aria-label={`Delete for good: ${title}`}>
            Delete for good
          </button>
        </form>
      </details>
    </div>
  </li>
);
