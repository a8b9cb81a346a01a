/** Replies with a file for the browser to save, written as it is read. It knows nothing of the content. */

import { nextTurn } from "../sse/next-turn.ts";
import { type StreamEnd, streamBegun } from "../sse/stream-life.ts";

interface DownloadOptions {
  readonly type: string;
  readonly fileName: string;
  /** Called once: when all was sent, the reader has left, or the source threw. */
  readonly onEnd?: () => void;
  /** Milliseconds after which a reader that takes nothing is dropped. */
  readonly stallMs?: number;
}

/** Small pieces are sent together, up to about this many UTF-16 units, or as many as are made in this time. */
const mostTogether = 64 * 1024;
const mostMs = 4;

/**
 * The stream pulls, so a slow reader costs no memory. When the source throws, the connection is reset: a file that only
 * looks complete would be a loss that nobody notices.
 */
export function downloadResponse(
  pieces: Iterator<string>,
  { type, fileName, onEnd, stallMs = 60_000 }: DownloadOptions,
): Response {
  const encoder = new TextEncoder();
  let stall: Timer | undefined;
  let ended = false;
  const end = (how: StreamEnd) => {
    clearTimeout(stall);
    if (ended) return;
    ended = true;
    tellEnd(how);
    onEnd?.();
  };
  const waitForReader = (controller: ReadableStreamDefaultController) => {
    stall = setTimeout(() => {
      end("stalled");
      controller.error(new Error("The reader of a download took nothing for too long."));
    }, stallMs);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: waitForReader,
      async pull(controller) {
        clearTimeout(stall);
        try {
          let text = "";
          let done = false;
          // Without text a stream is not asked again.
          while (text === "" && !done) {
            // For a fast reader all of it would be made in one turn of the event loop, with its garbage.
            await nextTurn();
            if (ended) return;
            ({ text, done } = gather(pieces));
          }
          if (text !== "") controller.enqueue(encoder.encode(text));
          if (done) {
            end("done");
            controller.close();
            return;
          }
        } catch (error) {
          end("broken");
          throw error;
        }
        waitForReader(controller);
      },
      cancel: () => end("left"),
    },
    { highWaterMark: 0 },
  );
  const tellEnd = streamBegun(body, "file");
  return new Response(body, { headers: fileHeaders(type, fileName) });
}

const fileHeaders = (type: string, fileName: string) => ({
  "content-type": `${type}; charset=utf-8`,
  "content-disposition": `attachment; filename="${fileName}"`,
  "cache-control": "no-store",
});

function gather(pieces: Iterator<string>): { readonly text: string; readonly done: boolean } {
  let text = "";
  const endsAt = performance.now() + mostMs;
  while (text.length < mostTogether && performance.now() < endsAt) {
    const next = pieces.next();
    if (next.done) return { text, done: true };
    text += next.value;
  }
  return { text, done: false };
}
