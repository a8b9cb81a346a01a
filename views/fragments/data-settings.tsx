/** What can be done with all of a user's data: bring it in, take it out, look into the trash. */
import { Button, LinkButton } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Notice } from "../components/notice.tsx";
import type { DataProps, ImportedProps } from "../props.ts";
import { Wipe } from "./wipe.tsx";

export const DataSettings = ({ data, isReadOnly }: { data: DataProps; isReadOnly: boolean }) => (
  <>
    {data.imported === null ? "" : <Imported imported={data.imported} />}
    <Card id="import" title="Import">
      <p class="note">
        Conversations and memories from an export of this program, or conversations of ChatGPT, Claude, Open
        WebUI or LibreChat. The same file twice adds nothing.
      </p>
      <form class="import-form" method="post" action="/settings/data/import" enctype="multipart/form-data">
        <label class="drop-zone">
          <span>Choose a file, or drop it here</span>
          <input type="file" name="file" accept=".json,.jsonl,.zip" required disabled={isReadOnly} />
        </label>
        <Button label="Import" kind="primary" disabled={isReadOnly} />
      </form>
    </Card>
    <Card id="export" title="Export">
      <p class="note">
        All conversations that are not deleted, with their answers, and the memories, in one file.
      </p>
      <p>
        <LinkButton to="/api/export" label="Export everything" icon="download" />
      </p>
    </Card>
    <Card id="trash" title="Trash">
      <p class="note" safe>
        {`Deleted conversations stay in the trash for ${data.keptDays} days, then they are erased. ${inTrash(data.deleted)}`}
      </p>
      <p>
        <LinkButton to="/trash" label="Open the trash" icon="trash" />
      </p>
    </Card>
    <Wipe data={data} isReadOnly={isReadOnly} />
  </>
);

const inTrash = (count: number) => {
  if (count === 0) return "It is empty.";
  return count === 1 ? "There is 1 now." : `There are ${count} now.`;
};

const Imported = ({ imported }: { imported: ImportedProps }) => {
  if ("problem" in imported) return <Notice tone="problem" text={imported.problem} />;
  const { imported: added, skipped, refused, memories } = imported.report;
  const said = [
    counted(added.length, "conversation", "imported"),
    counted(memories, "memory", "added"),
    ...(skipped.length === 0 ? [] : [`${skipped.length} skipped: here already`]),
    ...(refused.length === 0 ? [] : [`${refused.length} refused`]),
  ];
  return (
    <>
      <Notice tone={refused.length === 0 ? "done" : "warning"} text={`${said.join("; ")}.`} />
      {refused.length === 0 ? (
        ""
      ) : (
        <ul class="rows" aria-label="Refused">
          {refused.map(({ title, reason }) => (
            <li>
              <div>
                <strong dir="auto" safe>
                  {title}
                </strong>
                <small safe>{reason}</small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const plurals: Readonly<Record<string, string>> = { conversation: "conversations", memory: "memories" };
const counted = (count: number, noun: string, done: string) =>
  `${count} ${count === 1 ? noun : plurals[noun]} ${done}`;
