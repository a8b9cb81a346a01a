/** Waits for turns of the event loop, in order: however many wait, only a few continue in each. It knows no work. */

/**
 * @param inOneTurn how many continue in each turn
 * @returns resolves in a later turn, in the order of the calls
 */
export function turnQueue(inOneTurn: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let isSet = false;
  const setTurn = () => {
    if (isSet || waiting.length === 0) return;
    isSet = true;
    setImmediate(() => {
      isSet = false;
      for (const resume of waiting.splice(0, inOneTurn)) resume();
      setTurn();
    });
  };
  return () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    setTurn();
    return promise;
  };
}
