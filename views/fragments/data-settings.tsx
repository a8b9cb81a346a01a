/** What can be done with all of a user's data: bring it in, take it out, look into the trash. */
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Button, LinkButton } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Notice } from "../components/notice.tsx";
import type { DataProps, ImportedProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { Wipe } from "./wipe.tsx";

export const DataSettings = ({ data, isReadOnly }: { data: DataProps; isReadOnly: boolean }) => (
  <>
    {data.imported === null ? "" : <Imported imported={data.imported} />}
    <Card id="import" title={tr`Import`}>
      <p class="note">
        {safeTr`Conversations, memories and documents from an export of this program, or conversations of ChatGPT, Claude, Open WebUI or LibreChat. The same file twice adds nothing.`}
      </p>
      <form class="import-form" method="post" action="/settings/data/import" enctype="multipart/form-data">
        <label class="drop-zone">
          <span>{safeTr`Choose a file, or drop it here`}</span>
          <input type="file" name="file" accept=".json,.jsonl,.zip" required disabled={isReadOnly} />
        </label>
        <Button label={tr`Import`} kind="primary" disabled={isReadOnly} />
      </form>
    </Card>
    <Card id="export" title={tr`Export`}>
      <p class="note">
        {safeTr`All conversations that are not deleted, with their answers, the memories, and the documents with their files, in one file.`}
      </p>
      <p>
        <LinkButton to="/api/export" label={tr`Export everything`} icon="download" />
      </p>
    </Card>
    <Card id="trash" title={tr`Trash`}>
      <p class="note" safe>
        {`${keptFor(data.keptDays)} ${inTrash(data.deleted)}`}
      </p>
      <p>
        <LinkButton to="/trash" label={tr`Open the trash`} icon="trash" />
      </p>
    </Card>
    <Wipe data={data} isReadOnly={isReadOnly} />
  </>
);

const keptFor = (days: number) =>
  days === 1
    ? tr`Deleted conversations stay in the trash for a day, then they are erased.`
    : tr`Deleted conversations stay in the trash for ${days} days, then they are erased.`;

const inTrash = (count: number) => {
  if (count === 0) return tr`It is empty.`;
  return count === 1 ? tr`There is 1 now.` : tr`There are ${count} now.`;
};

const Imported = ({ imported }: { imported: ImportedProps }) => {
  if ("problem" in imported) return <Notice tone="problem" text={imported.problem} />;
  const { imported: added, skipped, refused, memories, documents } = imported.report;
  const said = [
    added.length === 1 ? tr`1 conversation imported` : tr`${added.length} conversations imported`,
    memories === 1 ? tr`1 memory added` : tr`${memories} memories added`,
    ...(documents === 0 ? [] : [documents === 1 ? tr`1 document added` : tr`${documents} documents added`]),
    ...(skipped.length === 0 ? [] : [tr`${skipped.length} skipped: here already`]),
    ...(refused.length === 0 ? [] : [tr`${refused.length} refused`]),
  ];
  return (
    <>
      <Notice tone={refused.length === 0 ? "done" : "warning"} text={`${said.join("; ")}.`} />
      {refused.length === 0 ? (
        ""
      ) : (
        <ul class="rows" aria-label={tr`Refused`}>
          {refused.map(({ title, reason }) => (
            <li>
              <div>
                <strong dir="auto" safe>
                  {title}
                </strong>
                <small safe>{translated(reason)}</small>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
