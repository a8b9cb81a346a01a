/** The fields of a form that says what is remembered. */
import { safeTr } from "../safe-tr.ts";

interface Props {
  readonly subject: string;
  readonly text: string;
  readonly rows: number;
}

export const MemoryFields = ({ subject, text, rows }: Props) => (
  <>
    <label>
      {safeTr`a subject¦About`}
      <input class="input" name="key" value={subject} maxlength={500} required dir="auto" />
    </label>
    <label>
      {safeTr`Text`}
      <textarea class="input" name="value" rows={`${rows}`} maxlength={20_000} required dir="auto" safe>
        {`\n${text}`}
      </textarea>
    </label>
  </>
);
