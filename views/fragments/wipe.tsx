/** Deletes everything that is a user's: says how much it is, and asks for words that nobody types by mistake. */
import type { OwnCounts } from "../../src/store/own-data.ts";
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import type { DataProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

/** The same in every language: src/workspace/wipe.ts checks them. */
const wipeWords = "delete everything";

export const Wipe = ({ data: { own, wiped }, isReadOnly }: { data: DataProps; isReadOnly: boolean }) => (
  <Card id="wipe" title={tr`Delete everything`}>
    {wiped !== null && "counts" in wiped ? (
      <div data-wiped>
        <Notice text={tr`Deleted for good: ${inWords(wiped.counts)}.`} />
      </div>
    ) : (
      ""
    )}
    <p class="note" safe>
      {tr`Deletes all that is yours, for good: ${inWords(own)}. Logins and keys stay. Copies in the folder of snapshots stay until newer ones replace them. There is no way back: export first.`}
    </p>
    <details class="disclosure" open={wiped !== null && "problem" in wiped}>
      <summary>{safeTr`Delete everything`}</summary>
      <form method="post" action="/settings/data/wipe" class="account-form danger">
        <Field
          id="wipe-confirm"
          name="confirm"
          label={tr`Type “${wipeWords}” to confirm`}
          required
          maxlength={100}
          autocapitalize="none"
          spellcheck="false"
          disabled={isReadOnly}
          {...(wiped !== null && "problem" in wiped ? { problem: wiped.problem } : {})}
        />
        <p class="form-actions">
          <Button label={tr`Delete everything for good`} kind="danger" disabled={isReadOnly} />
        </p>
      </form>
    </details>
  </Card>
);

function inWords({
  conversations,
  in_trash,
  memories,
  files,
  documents,
  projects,
  facts,
  series,
  settings,
}: OwnCounts): string {
  const parts = [
    conversationsInWords(conversations, in_trash),
    memories === 1 ? tr`1 memory` : tr`${memories} memories`,
    files === 1 ? tr`1 file` : tr`${files} files`,
    documents === 1 ? tr`1 document` : tr`${documents} documents`,
    projects === 1 ? tr`1 project` : tr`${projects} projects`,
    facts === 1 ? tr`1 computed figure` : tr`${facts} computed figures`,
    series === 1 ? tr`1 series of prices` : tr`${series} series of prices`,
    settings === 1 ? tr`1 changed setting` : tr`${settings} changed settings`,
  ];
  return new Intl.ListFormat(languageOfReader(), { type: "conjunction" }).format(parts);
}

function conversationsInWords(count: number, inTrash: number): string {
  if (inTrash === 0) return count === 1 ? tr`1 conversation` : tr`${count} conversations`;
  return count === 1
    ? tr`1 conversation (${inTrash} in the trash)`
    : tr`${count} conversations (${inTrash} in the trash)`;
}
