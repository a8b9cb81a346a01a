/** The frames of a stream, with a callback at its end, even when nobody ever began to read it. */

/** @param end called once: at the last frame, when the source throws, or when its reader has left */
export function countedFrames(
  frames: AsyncGenerator<string, void, undefined>,
  end: () => void = () => {},
): AsyncGenerator<string, void, undefined> {
  const ending = async (result: Promise<IteratorResult<string, void>>) => {
    try {
      return await result;
    } finally {
      end();
    }
  };
  const counted: AsyncGenerator<string, void, undefined> = {
    async next() {
      try {
        const result = await frames.next();
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: () => ending(frames.return()),
    throw: (error) => ending(frames.throw(error)),
    [Symbol.asyncIterator]: () => counted,
    [Symbol.asyncDispose]: async () => void (await counted.return()),
  };
  return counted;
}
