/**
 * Turns of the event loop for replies that are there already and are made piece by piece: in each turn a few of them go on,
 * however many there are, so that whoever asks for something else meanwhile is answered in between.
 */

/** A piece of 64 KB takes about half a millisecond. */
const inOneTurn = 4;

// There is one event loop.
const waiting: (() => void)[] = [];
let isSet = false;

/** Resolves in a later turn of the event loop; who has waited longest comes first. */
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
