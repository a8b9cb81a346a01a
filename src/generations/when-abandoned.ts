/** Notices that nobody reads an answer any more. It knows nothing of answers. */

/**
 * @param reader aborted when the reader has left
 * @param graceMs after which it is looked whether another one has come
 */
export function whenAbandoned(
  reader: AbortSignal,
  graceMs: number,
  isRead: () => boolean,
  abandon: () => void,
): void {
  const look = () => {
    const timer = setTimeout(() => {
      if (!isRead()) abandon();
    }, graceMs);
    timer.unref();
  };
  if (reader.aborted) look();
  else reader.addEventListener("abort", look, { once: true });
}
