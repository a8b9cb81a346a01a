/** What was found for a text: conversations by their title, then those in which it was said. */
import type { SearchHit } from "../../views/props.ts";
import { withoutMarkup } from "../generations/without-markup.ts";
import type { LibraryPort } from "./page-ports.ts";

const mostHits = 40;
/** Shorter ones match nearly everything. */
const mostTitles = 10;

export function searchProps(library: LibraryPort, text: string): readonly SearchHit[] {
  const titled = library.searchTitles(text, mostTitles);
  const said = library.search(text, mostHits);
  const found = new Set(said.map(({ conversationId }) => conversationId));
  return [
    ...titled
      .filter(({ id }) => !found.has(id))
      .map(({ id, title, updatedAt }) => ({ id, title, updatedAt, messageId: null, excerpt: [] })),
    ...said.map(({ conversationId, messageId, title, excerpt }) => ({
      updatedAt: library.get(conversationId)?.updatedAt ?? 0,
      id: conversationId,
      title,
      messageId,
      excerpt: withoutMarkup(excerpt).split(markers),
    })),
  ];
}

/** What the search puts around a hit: `hitStart` and `hitEnd` of src/store/search-messages.ts. */
const markers = /[\uFDD0\uFDD1]/;
