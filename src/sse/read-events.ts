/** The events of a text/event-stream as they come, from a reply's body. */
import { EventParser, type ReceivedEvent } from "./event-parser.ts";

/**
 * Ends when the body does; whoever knows how a stream should end sees by that whether it was cut.
 * @throws what the body throws when the connection breaks
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ReceivedEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      yield* parser.take(decoder.decode(chunk.value, { stream: true }));
  } finally {
    await reader.cancel().catch(() => {});
  }
}
