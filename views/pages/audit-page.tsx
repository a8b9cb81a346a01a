/** Who did what that matters to the safety of the program, for admins. */
import { tr, translated } from "../../src/texts/reader-language.ts";
import type { AuditEntryProps } from "../audit-props.ts";
import { AccountFrame } from "../fragments/account-frame.tsx";
import type { FrameProps, ShownDates } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

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
  <AccountFrame {...frame} title={tr`Audit log`}>
    <p>
      {safeTr`Logins, keys, users, changes of models and deletions, the newest first.`}{" "}
      <a href="/api/audit">{safeTr`All of it as JSON`}</a>
    </p>
    {entries.length === 0 ? <p>{safeTr`No entries yet.`}</p> : <Entries entries={entries} dates={dates} />}
    <nav class="form-actions" aria-label={tr`Pages of the log`}>
      {isOlder ? (
        <a class="button" href="/audit">
          {safeTr`The newest`}
        </a>
      ) : (
        ""
      )}
      {olderThan === null ? (
        ""
      ) : (
        <a class="button" href={`/audit?before=${olderThan}`}>
          {safeTr`Older`}
        </a>
      )}
    </nav>
  </AccountFrame>
);

/** In the place of the name with which a login was tried. */
const nobodyKnown = "an unknown name";

const Entries = ({ entries, dates }: Pick<AuditPageProps, "entries" | "dates">) => (
  <section class="table-box" aria-label={tr`Audit log`} tabindex="0">
    <table class="audit">
      <thead>
        <tr>
          <th scope="col">{safeTr`When`}</th>
          <th scope="col">{safeTr`Who`}</th>
          <th scope="col">{safeTr`What`}</th>
          <th scope="col">{safeTr`To what`}</th>
          <th scope="col">{safeTr`From`}</th>
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
            <td safe>{entry.actor === "" ? tr`not logged in` : entry.actor}</td>
            <td safe>{translated(entry.action.replaceAll("-", " "))}</td>
            <td safe>{entry.target === nobodyKnown ? tr`an unknown name` : entry.target}</td>
            <td safe>{entry.address === "" ? tr`this machine` : entry.address}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
