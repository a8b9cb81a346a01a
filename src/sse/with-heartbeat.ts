/** Fills silence, so that no proxy takes a stream for dead. It knows nothing of the content of frames. */
import { MovingDeadline } from "./moving-deadline.ts";
import { type Read, ReadAhead } from "./read-ahead.ts";

/**
 * Yields the frames as they come, and the beat whenever none has come for a while.
 * @param beat a whole frame that readers ignore
 * @throws what the frames throw, after the frames before it
 */
export async function* withHeartbeat(
  frames: AsyncIterator<string>,
  beat: string,
  intervalMs: number,
): AsyncGenerator<string, void, undefined> {
  const ahead = new ReadAhead(frames);
  let onSilence = () => {};
  using silence = new MovingDeadline(() => onSilence());
  for (;;) {
    const soonest = Promise.withResolvers<Read<string> | null>();
    onSilence = () => soonest.resolve(null);
    silence.expectWithin(intervalMs);
    void ahead.peek().then(soonest.resolve);
    const read = await soonest.promise;
    silence.lift();
    if (read === null) {
      yield beat;
      continue;
    }
    ahead.take();
    if (read.type === "done") return;
    if (read.type === "broken") throw read.error;
    yield read.item;
  }
}
