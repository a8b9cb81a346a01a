/** A reading of an answer that is counted, and ends when its reader loses access. It knows nothing of users. */

/**
 * @param mayGoOn asked now and then
 * @param end called once, when nothing more is read
 * @param gone the error for a reader that has lost access
 */
export function guardedReading<T>(
  source: AsyncGenerator<T, void, undefined>,
  { mayGoOn, end, gone }: { mayGoOn: () => boolean; end: () => void; gone: () => Error },
): AsyncGenerator<T, void, undefined> {
  const finished = async (result: Promise<IteratorResult<T, void>>) => {
    try {
      return await result;
    } finally {
      end();
    }
  };
  const guarded: AsyncGenerator<T, void, undefined> = {
    async next() {
      try {
        const result = await source.next();
        if (result.done) end();
        else if (!mayGoOn()) {
          await source.return();
          throw gone();
        }
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: () => finished(source.return()),
    throw: (error) => finished(source.throw(error)),
    [Symbol.asyncIterator]: () => guarded,
    [Symbol.asyncDispose]: async () => void (await guarded.return()),
  };
  return guarded;
}
