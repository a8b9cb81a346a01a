/**
 * A reply of lines that come while an answer is written, with blanks in silence, so that no proxy takes it for dead. It knows
 * nothing of the content of lines.
 */
import { LivePieces } from "./live-pieces.ts";
import { mostAtOnce, pulledBody } from "./pulled-response.ts";

interface LiveLinesOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds of silence before a blank is sent. */
  readonly heartbeatMs?: number;
  readonly onDefect?: (error: unknown) => void;
}

/** @param lines each with its line end, or blanks before the next one; `return` is called once when the reader leaves */
export function liveLinesResponse(
  lines: AsyncIterable<string>,
  request: Request,
  { headers, heartbeatMs = 15_000, onDefect = console.error }: LiveLinesOptions = {},
): Response {
  const source = lines[Symbol.asyncIterator]();
  const pieces = new LivePieces(source, {
    silence: { beat: " ", intervalMs: heartbeatMs },
    most: mostAtOnce,
  });
  const body = pulledBody(pieces, {
    ...{ kind: "pieces", source, reader: request.signal, onDefect, stallMs: 60_000 },
  });
  return new Response(body, {
    headers: {
      ...headers,
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });
}
