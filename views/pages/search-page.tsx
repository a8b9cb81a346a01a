/** What a search found, as a page: for browsers without scripts. */
import { Sidebar } from "../fragments/conversation-list.tsx";
import { SearchHits } from "../fragments/search-hits.tsx";
import { Layout, productName, TopBar } from "../layout.tsx";
import type { AssetUrl, SearchHit, SidebarProps } from "../props.ts";

interface Props {
  readonly asset: AssetUrl;
  readonly sidebar: SidebarProps;
  readonly hits: readonly SearchHit[];
  readonly query: string;
}

export const SearchPage = ({ asset, sidebar, hits, query }: Props) => (
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
      <search>
        <form class="search" action="/search">
          <label class="visually-hidden" for="search-again">
            Search in all conversations
          </label>
          <span class="field">
            <input
              id="search-again"
              type="search"
              name="q"
              value={query}
              maxlength={200}
              autocomplete="off"
            />
            <button type="submit" class="button">
              Search
            </button>
          </span>
        </form>
      </search>
      <ol class="conversation-list">
        <SearchHits hits={hits} query={query} />
      </ol>
    </main>
  </Layout>
);
