/** What a search found, as a page: for browsers without scripts. */
import { tr } from "../../src/texts/reader-language.ts";
import { SearchForm } from "../fragments/search-form.tsx";
import { SearchHits } from "../fragments/search-hits.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps, SearchHit, ShownDates } from "../props.ts";

interface Props extends FrameProps {
  readonly hits: readonly SearchHit[];
  readonly query: string;
  readonly dates: ShownDates;
}

export const SearchPage = ({ hits, query, dates, ...frame }: Props) => (
  <Page
    {...frame}
    title={tr`Search`}
    kind="library"
    here={null}
    id="found"
    class="reading"
    skipToLabel={tr`what was found`}
    withoutSearch
  >
    <SearchForm id="search-again" action="/search" label={tr`Search in all conversations`} query={query} />
    <ol class="conversation-list">
      <SearchHits hits={hits} query={query} dates={dates} />
    </ol>
  </Page>
);
