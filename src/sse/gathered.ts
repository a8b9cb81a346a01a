/** Joins frames that are ready together, so that they leave in one write. It knows nothing of the content of frames. */
import { ReadAhead } from "./read-ahead.ts";

/**
 * Yields each frame with those that are ready in the same turn of the event loop; a frame is never split.
 * @param most frames are joined up to about this many UTF-16 units
 * @throws what the frames throw, after the frames before it
 */
export async function* gathered(
  frames: AsyncIterator<string>,
  most: number,
): AsyncGenerator<string, void, undefined> {
  const ahead = new ReadAhead(frames);
  for (;;) {
    const first = await ahead.peek();
    ahead.take();
    if (first.type === "done") return;
    if (first.type === "broken") throw first.error;
    let together = first.item;
    const turn = Promise.withResolvers<null>();
    setImmediate(turn.resolve, null);
    while (together.length < most) {
      const more = await Promise.race([ahead.peek(), turn.promise]);
      if (more?.type !== "item") break;
      ahead.take();
      together += more.item;
    }
    yield together;
  }
}
