/** Who did what that matters to the safety of the program, for admins. */
import { AccountFrame } from "../fragments/account-frame.tsx";
import type { AuditEntryProps, FrameProps, ShownDates } from "../props.ts";

interface AuditPageProps extends FrameProps {
  /** The newest first. */
  readonly entries: readonly AuditEntryProps[];
  readonly dates: ShownDates;
  /** Where older ones begin; null: these are the oldest. */
  readonly olderThan: number | null;
  /** These are not the newest. */
  readonly isOlder: boolean;
}

export const AuditPage = ({ entries, dates, olderThan, isOlder, ...frame }: AuditPageProps) => (
  <AccountFrame {...frame} title="Audit log">
    <p>
      Logins, keys, users, changes of models and deletions, the newest first.{" "}
      <a href="/api/audit">All of it as JSON</a>
    </p>
    {entries.length === 0 ? <p>No entries yet.</p> : <Entries entries={entries} dates={dates} />}
    <nav class="form-actions" aria-label="Pages of the log">
      {isOlder ? (
        <a class="button" href="/audit">
          The newest
        </a>
      ) : (
        ""
      )}
      {olderThan === null ? (
        ""
      ) : (
        <a class="button" href={`/audit?before=${olderThan}`}>
          Older
        </a>
      )}
    </nav>
  </AccountFrame>
);

const Entries = ({ entries, dates }: Pick<AuditPageProps, "entries" | "dates">) => (
  <section class="table-box" aria-label="Audit log" tabindex="0">
    <table class="audit">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">To what</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <td>
              <time datetime={new Date(entry.at).toISOString()} safe>
                {dates.momentOf(entry.at)}
              </time>
            </td>
            <td safe>{entry.actor === "" ? "not logged in" : entry.actor}</td>
            <td safe>{entry.action.replaceAll("-", " ")}</td>
            <td safe>{entry.target}</td>
            <td safe>{entry.address === "" ? "this machine" : entry.address}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
