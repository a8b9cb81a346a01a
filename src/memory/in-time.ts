/** Work with a deadline that holds even when the one who does it ignores its signal. */

/**
 * @param late the error when the deadline has passed
 * @throws what `late` makes, `signal.reason`, or whatever the work throws
 */
export async function inTime<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  deadlineMs: number,
  late: () => Error,
  signal: AbortSignal,
): Promise<Result> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const cut = Promise.withResolvers<never>();
  const giveUp = (reason: unknown) => {
    controller.abort(reason);
    cut.reject(reason);
  };
  const timer = setTimeout(() => giveUp(late()), deadlineMs);
  const onAbort = () => giveUp(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(controller.signal), cut.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
