/** Deletes everything that is a user's: says how much it is, and asks for words that nobody types by mistake. */
import type { OwnCounts } from "../../src/store/own-data.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Field } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import type { DataProps } from "../props.ts";

export const Wipe = ({ data: { own, wiped }, isReadOnly }: { data: DataProps; isReadOnly: boolean }) => (
  <Card id="wipe" title="Delete everything">
    {wiped !== null && "counts" in wiped ? (
      <div data-wiped>
        <Notice text={`Deleted for good: ${inWords(wiped.counts)}.`} />
      </div>
    ) : (
      ""
    )}
    <p class="note" safe>
      {`Deletes all that is yours, for good: ${inWords(own)}. Logins and keys stay. Copies in the folder of snapshots stay until newer ones replace them. There is no way back: export first.`}
    </p>
    <details class="disclosure" open={wiped !== null && "problem" in wiped}>
      <summary>Delete everything</summary>
      <form method="post" action="/settings/data/wipe" class="account-form danger">
        <Field
          id="wipe-confirm"
          name="confirm"
          label="Type “delete everything” to confirm"
          required
          maxlength={100}
          autocapitalize="none"
          spellcheck="false"
          disabled={isReadOnly}
          {...(wiped !== null && "problem" in wiped ? { problem: wiped.problem } : {})}
        />
        <p class="form-actions">
          <Button label="Delete everything for good" kind="danger" disabled={isReadOnly} />
        </p>
      </form>
    </details>
  </Card>
);

const nouns: readonly (readonly [key: keyof OwnCounts, one: string, many: string])[] = [
  ["conversations", "conversation", "conversations"],
  ["memories", "memory", "memories"],
  ["files", "file", "files"],
  ["facts", "computed figure", "computed figures"],
  ["settings", "changed setting", "changed settings"],
];

function inWords(counts: OwnCounts): string {
  const parts = nouns.map(([key, one, many]) => {
    const said = `${counts[key]} ${counts[key] === 1 ? one : many}`;
    return key === "conversations" && counts.in_trash > 0
      ? `${said} (${counts.in_trash} in the trash)`
      : said;
  });
  return new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
}
