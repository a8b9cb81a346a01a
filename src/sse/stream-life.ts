/**
 * What becomes of a reply that is a stream, for those who count streams. It is known by the reply's body, which stays the
 * same whatever is put around it, so that routes need not pass anything on.
 */

/** What it holds; told from outside, in labels. */
export type StreamKind = "events" | "pieces" | "file" | "socket";

/** done: all was sent; left: its reader went; stalled: its reader took nothing and was dropped; broken: its source threw. */
export type StreamEnd = "done" | "left" | "stalled" | "broken";

export interface StreamLife {
  readonly kind: StreamKind;
  /** Resolves once; it never rejects. */
  readonly ended: Promise<StreamEnd>;
}

const lives = new WeakMap<ReadableStream, StreamLife>();

/** @returns what tells how it ended; more than once is as good as once */
export function streamBegun(body: ReadableStream, kind: StreamKind): (end: StreamEnd) => void {
  const { promise, resolve } = Promise.withResolvers<StreamEnd>();
  lives.set(body, { kind, ended: promise });
  return resolve;
}

/** @returns undefined for a reply that is no stream */
export const lifeOf = ({ body }: Response): StreamLife | undefined =>
  body === null ? undefined : lives.get(body);
