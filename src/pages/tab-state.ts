/**
 * What a tab tells of itself with each request of htmx (public/js/tab-state.js), so that a reply changes what the tab
 * shows and takes nothing away that the reader has scrolled to. All of it is a claim: used for display alone.
 */

/** How many turns it shows, of the conversation's end; null: it does not show the end. */
export function turnsShownBy(request: Request): number | null {
  return countIn(request, "turns-shown");
}

/** The id of the last element of its thread; '' for none. */
export const threadEndOf = (request: Request) => request.headers.get("thread-end") ?? "";

/** How many conversations its list shows. */
export function listLengthOf(request: Request): number {
  return countIn(request, "items-shown") ?? 0;
}

/** What its list is of, as a query; null while it shows what was searched for. */
export const listQueryOf = (request: Request) => request.headers.get("list-shown");

/** The conversation whose page it is; null for another page. */
export function conversationOf(request: Request): string | null {
  const address = request.headers.get("hx-current-url");
  if (address === null || !URL.canParse(address)) return null;
  return /^\/c\/([\w-]{1,100})$/.exec(new URL(address).pathname)?.[1] ?? null;
}

function countIn(request: Request, header: string): number | null {
  const text = request.headers.get(header);
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : null;
}
