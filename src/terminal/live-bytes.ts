/** The bytes of a reply while its connection lives. */
import { MovingDeadline } from "../sse/moving-deadline.ts";

/**
 * Ends when the body does, when its connection breaks, and when it is silent for too long: a caller that knows the protocol's
 * end sees that it was cut.
 */
export async function* liveBytes(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  // A pending read ends with that.
  using silence = new MovingDeadline(() => void cancel(reader));
  try {
    for (;;) {
      silence.expectWithin(silenceMs);
      const chunk = await reader.read().catch(() => broken);
      silence.lift();
      if (chunk.done) return;
      yield chunk.value;
    }
  } finally {
    await cancel(reader);
  }
}

const broken = { done: true, value: undefined } as const;

/** A broken one has nothing to cancel. */
const cancel = (reader: { cancel(): Promise<void> }) => reader.cancel().catch(() => {});
