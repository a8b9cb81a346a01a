/** What was deleted and can still be restored, or be deleted for good. */
import { Empty } from "../components/empty.tsx";
import { Notice } from "../components/notice.tsx";
import { Page } from "../frame.tsx";
import type { DeletedProps, FrameProps, ShownDates } from "../props.ts";

interface Props extends FrameProps {
  readonly deleted: readonly DeletedProps[];
  readonly dates: ShownDates;
  /** How long the trash keeps a conversation. */
  readonly keptDays: number;
  /** What was done just now. */
  readonly done?: string | undefined;
}

export const TrashPage = ({ deleted, dates, keptDays, done, ...frame }: Props) => (
  <Page
    {...frame}
    title="Deleted"
    heading="Deleted conversations"
    lead={`Deleted for good after ${keptDays === 1 ? "a day" : `${keptDays} days`}.`}
    kind="library"
    here={null}
    id="deleted"
    class="reading"
    skipToLabel="what was deleted"
  >
    {done === undefined ? "" : <Notice text={done} />}
    {deleted.length === 0 ? <Empty icon="trash" title="Trash is empty." /> : <EmptyTrash />}
    <ul class="rows deleted-list">
      {deleted.map((conversation) => (
        <Deleted {...conversation} dates={dates} />
      ))}
    </ul>
  </Page>
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
