/**
 * Reads the `data` of each message of a text/event-stream, however the bytes were split. For clients that
 * need neither names nor ids of events.
 */
import { EventParser } from "./event-parser.ts";

export async function* readEventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      for (const { data } of parser.take(decoder.decode(chunk.value, { stream: true }))) yield data;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
