/** Resolves when the input of this process has ended: so it does when the process that started this one is gone. */
export function inputEnded(): Promise<void> {
  // Bun.stdin.text() does not notice the end of a socket, which Node gives a child for a pipe.
  const { promise, resolve } = Promise.withResolvers<void>();
  process.stdin.once("end", resolve).resume();
  return promise;
}

/** Serves until the input of this process ends, and ends the process. */
export async function serveUntilInputEnds(app: AsyncDisposable): Promise<never> {
  await inputEnded();
  await app[Symbol.asyncDispose]();
  // What a browser left open would keep it.
  process.exit();
}
