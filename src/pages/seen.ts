/** Notes what the reader of a page has seen. Nothing waits for it. */
import type { PagesDeps } from "./render-chat.tsx";

type SeeingDeps = Pick<PagesDeps, "library" | "isReadOnly" | "reportDefect">;

export function see({ library, isReadOnly, reportDefect }: SeeingDeps, conversationId: string): void {
  if (!isReadOnly) library.see(conversationId).catch(reportDefect);
}

/** The pieces of an answer: a reader that is there at the end has seen it. */
export async function* seenToEnd<Piece>(
  deps: SeeingDeps,
  conversationId: string,
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  reader: AbortSignal,
): AsyncGenerator<Piece, void, undefined> {
  // The question is known, however the reader leaves.
  see(deps, conversationId);
  yield* pieces;
  if (!reader.aborted) see(deps, conversationId);
}
