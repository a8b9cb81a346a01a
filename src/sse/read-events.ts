/** The events of a text/event-stream as they come. */
import { EventParser, type ReceivedEvent } from "./event-parser.ts";

/** Ends when the bytes do; a caller that knows the protocol's end can see whether the stream was cut. */
export async function* readEvents(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ReceivedEvent, void, undefined> {
  const decoder = new TextDecoder();
  const parser = new EventParser();
  for await (const piece of bytes) yield* parser.take(decoder.decode(piece, { stream: true }));
}
