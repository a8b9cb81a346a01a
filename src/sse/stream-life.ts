/**
 * How a stream reply ends, for those who count streams. The key is the reply's body, which stays the same whatever wraps it,
 * so that routes need not pass anything on.
 */

/** The content of the stream, as a label. */
export type StreamKind = "events" | "pieces" | "file" | "socket";

/** done: all was sent; left: its reader went; stalled: its reader took nothing and was dropped; broken: its source threw. */
export type StreamEnd = "done" | "left" | "stalled" | "broken";

export interface StreamLife {
  readonly kind: StreamKind;
  /** Resolves once; it never rejects. */
  readonly ended: Promise<StreamEnd>;
}

const lives = new WeakMap<ReadableStream, StreamLife>();

/** @returns reports how it ended; further calls do nothing */
export function streamBegun(body: ReadableStream, kind: StreamKind): (end: StreamEnd) => void {
  const { promise, resolve } = Promise.withResolvers<StreamEnd>();
  lives.set(body, { kind, ended: promise });
  return resolve;
}

/** @returns undefined for a reply that is no stream */
export const lifeOf = ({ body }: Response): StreamLife | undefined =>
  body === null ? undefined : lives.get(body);
