/** The form of a search, on a page of its own: it works without scripts. */
import { safeTr } from "../safe-tr.ts";

interface Props {
  readonly id: string;
  readonly action: string;
  /** For screen readers. */
  readonly label: string;
  readonly query: string;
}

export const SearchForm = ({ id, action, label, query }: Props) => (
  <search>
    <form class="search" action={action}>
      <label class="visually-hidden" for={id} safe>
        {label}
      </label>
      <span class="field-row">
        <input
          id={id}
          class="input"
          type="search"
          name="q"
          value={query}
          placeholder={label}
          dir="auto"
          maxlength={200}
          autocomplete="off"
        />
        <button type="submit" class="button">
          {safeTr`Search`}
        </button>
      </span>
    </form>
  </search>
);
