/**
 * Turns of the event loop for long replies that are made in pieces: a few of them continue in each turn, however many there
 * are, so that other requests are answered in between.
 */

/** A piece of 64 KB takes about half a millisecond. */
const inOneTurn = 4;

// There is one event loop.
const waiting: (() => void)[] = [];
let isSet = false;

/** Resolves in a later turn of the event loop, in the order of the calls. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  setTurn();
  return promise;
}

function setTurn(): void {
  if (isSet || waiting.length === 0) return;
  isSet = true;
  setImmediate(() => {
    isSet = false;
    for (const goOn of waiting.splice(0, inOneTurn)) goOn();
    setTurn();
  });
}
