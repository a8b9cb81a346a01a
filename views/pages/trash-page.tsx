/** What was deleted and can still be restored, or be deleted for good. */
import { tr } from "../../src/texts/reader-language.ts";
import { Empty } from "../components/empty.tsx";
import { Notice } from "../components/notice.tsx";
import { Page } from "../frame.tsx";
import type { DeletedProps, FrameProps, ShownDates } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

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
    title={tr`Deleted`}
    heading={tr`Deleted conversations`}
    lead={keptDays === 1 ? tr`Deleted for good after a day.` : tr`Deleted for good after ${keptDays} days.`}
    kind="library"
    here={null}
    id="deleted"
    class="reading"
    skipToLabel={tr`what was deleted`}
  >
    {done === undefined ? "" : <Notice text={done} />}
    {deleted.length === 0 ? <Empty icon="trash" title={tr`Trash is empty.`} /> : <EmptyTrash />}
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
    <summary>{safeTr`Empty trash`}</summary>
    <form method="post" action="/trash/empty" class="account-form danger">
      <p>{safeTr`All conversations here, and what was remembered of them, are deleted for good.`}</p>
      <p class="form-actions">
        <button type="submit" class="button">
          {safeTr`Delete all for good`}
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
        {daysLeft === 1
          ? tr`Deleted ${dates.dateOf(deletedAt)}, 1 day left`
          : tr`Deleted ${dates.dateOf(deletedAt)}, ${daysLeft} days left`}
      </small>
    </div>
    <div class="deleted-actions">
      <form method="post" action={`/c/${id}/restore`}>
        <button type="submit" class="button" aria-label={tr`Restore: ${title}`}>
          {safeTr`Restore`}
        </button>
      </form>
      <details class="disclosure">
        <summary aria-label={tr`Delete now: ${title}`}>{safeTr`Delete now`}</summary>
        <form method="post" action={`/c/${id}/erase`}>
          <button type="submit" class="button" aria-label={tr`Delete for good: ${title}`}>
            {safeTr`Delete for good`}
          </button>
        </form>
      </details>
    </div>
  </li>
);
