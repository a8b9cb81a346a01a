/** The `data` of each event of a text/event-stream, for tests that need neither names nor ids of events. */
import { EventParser } from "../src/sse/event-parser.ts";

export async function* readEventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      for (const { data } of parser.take(decoder.decode(piece.value, { stream: true }))) yield data;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
