/** What a search found, as a page: for browsers without scripts. */
import { Sidebar } from "../fragments/conversation-list.tsx";
import { SearchForm } from "../fragments/search-form.tsx";
import { SearchHits } from "../fragments/search-hits.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, SearchHit, ShownDates, SidebarProps } from "../props.ts";

interface Props {
  readonly asset: AssetUrl;
  readonly sidebar: SidebarProps;
  readonly hits: readonly SearchHit[];
  readonly query: string;
  readonly dates: ShownDates;
}

export const SearchPage = ({ asset, sidebar, hits, query, dates }: Props) => (
  <Layout
    title={`Search · ${productName}`}
    asset={asset}
    skipTo={{ id: "found", label: "what was found" }}
    withSidebar
  >
    <TopBar />
    <Sidebar {...sidebar} withoutSearch />
    <main id="found" class="reading" tabindex="-1">
      <h1>Search</h1>
      <SearchForm id="search-again" action="/search" label="Search in all conversations" query={query} />
      <ol class="conversation-list">
        <SearchHits hits={hits} query={query} dates={dates} />
      </ol>
    </main>
  </Layout>
);
