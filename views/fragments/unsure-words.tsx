/** An answer whose unsure words are underlined; the box takes the lines away and brings them back. */
import { tr } from "../../src/texts/reader-language.ts";
import { safeTr } from "../safe-tr.ts";

interface Props {
  readonly count: number;
  readonly safeBlocks: string;
}

export const UnsureWords = ({ count, safeBlocks }: Props) => (
  <>
    <p class="unsure-words note">
      {count === 0 ? (
        safeTr`The model was sure of every word.`
      ) : (
        <label>
          <input type="checkbox" checked autocomplete="off" />
          <span safe>{count === 1 ? tr`Underline 1 unsure word` : tr`Underline ${count} unsure words`}</span>
        </label>
      )}
    </p>
    {safeBlocks}
  </>
);
