/** An answer whose unsure words are underlined; the box takes the lines away and brings them back. */
interface Props {
  readonly count: number;
  readonly safeBlocks: string;
}

export const UnsureWords = ({ count, safeBlocks }: Props) => (
  <>
    <p class="unsure-words note">
      {count === 0 ? (
        "The model was sure of every word."
      ) : (
        <label>
          <input type="checkbox" checked autocomplete="off" />
          <span safe>{count === 1 ? "Underline 1 unsure word" : `Underline ${count} unsure words`}</span>
        </label>
      )}
    </p>
    {safeBlocks}
  </>
);
