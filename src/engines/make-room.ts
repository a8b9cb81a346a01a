/** Which models leave so that another one has room. It knows nothing of engines. */
import { ModelUnusableError } from "../errors.ts";

export interface LoadedModel {
  readonly model: string;
  /** What it takes. */
  readonly bytes: number;
  /** It stays, whatever is asked for. */
  readonly isPinned: boolean;
  /** No answer has a slot of it, and none waits for one. */
  readonly isIdle: boolean;
  /** It is not really loaded: its place is free. */
  readonly isBroken: boolean;
  /** Of any clock: the smaller, the longer ago. */
  readonly usedAt: number;
}

interface Wanted {
  readonly model: string;
  /** Bytes. */
  readonly need: number;
  /** Bytes that are free beside all that is loaded. */
  readonly free: number;
  /** null: as many as fit. */
  readonly maxModels: number | null;
  /** Alone it is tried though it needs more than is free. */
  readonly mayExceed: boolean;
}

/**
 * Idle ones leave before those in use, and of each those that were used least recently.
 * @returns as few as possible; empty: it fits beside all
 * @throws ModelUnusableError with the numbers, when there is no room though all have left that may
 */
export function makeRoom<Loaded extends LoadedModel>(
  wanted: Wanted,
  loaded: readonly Loaded[],
): readonly Loaded[] {
  const most = wanted.maxModels ?? Number.POSITIVE_INFINITY;
  const isRoom = (leaving: readonly Loaded[]) => {
    const stay = loaded.length - leaving.length;
    const free = leaving.reduce((sum, { bytes }) => sum + bytes, wanted.free);
    return stay < most && (free >= wanted.need || (stay === 0 && wanted.mayExceed));
  };
  const inOrder = loaded
    .filter(({ isPinned }) => !isPinned)
    .toSorted(
      (a, b) =>
        Number(b.isBroken) - Number(a.isBroken) || Number(b.isIdle) - Number(a.isIdle) || a.usedAt - b.usedAt,
    );
  let leaving = inOrder.filter(({ isBroken }) => isBroken);
  for (const next of inOrder.slice(leaving.length)) {
    if (isRoom(leaving)) break;
    leaving.push(next);
  }
  if (!isRoom(leaving)) throw new ModelUnusableError(noRoom(wanted, loaded, most), { reason: "too_big" });
  // A large one that left last may have made the others' room needless.
  for (const one of leaving.filter(({ isBroken }) => !isBroken)) {
    const fewer = leaving.filter((other) => other !== one);
    if (isRoom(fewer)) leaving = fewer;
  }
  return leaving;
}

function noRoom({ model, need, free }: Wanted, loaded: readonly LoadedModel[], most: number): string {
  const gigabytes = (bytes: number) => (Math.max(0, bytes) / 1e9).toFixed(1);
  const staying = loaded.filter(({ isPinned }) => isPinned);
  const others = loaded.filter(({ isPinned }) => !isPinned);
  const names = staying.map((one) => one.model).join(", ");
  if (staying.length >= most)
    return `${model} was not loaded: MAX_MODELS allows ${most}, and PINNED_MODELS keeps ${names}.`;
  const room = gigabytes(others.reduce((sum, { bytes }) => sum + bytes, free));
  const beside = staying.length === 0 ? "" : ` beside ${names}, which PINNED_MODELS keeps`;
  return `${model} was not loaded: it needs about ${gigabytes(need)} GB of memory, and ${room} GB are free${beside}. Choose a smaller model, or set LLAMA_CONTEXT or LLAMA_PARALLEL lower.`;
}
