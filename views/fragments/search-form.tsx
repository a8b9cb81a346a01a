/** The form of a search, on a page of its own: it works without scripts. */

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
      <span class="field">
        <input id={id} type="search" name="q" value={query} maxlength={200} autocomplete="off" />
        <button type="submit" class="button">
          Search
        </button>
      </span>
    </form>
  </search>
);
