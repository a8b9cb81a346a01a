/**
 * Bars as they are stored: in chunks of some thousand, each a compressed block of columns. Each bar names the import and the line
 * that it comes from. It knows nothing of where the chunks lie.
 */
import type { Bars } from "./bars.ts";

/** Bars with where each of them comes from. */
export interface SourcedBars extends Bars {
  /** The number of the import. */
  readonly source: Int32Array;
  /** The line in its file; the first line is 1. */
  readonly line: Int32Array;
}

/** Bars of a chunk, at most. */
export const chunkRows = 4096;

const prices = ["time", "open", "high", "low", "close"] as const;

/** @returns a compressed block: the count and whether there is a volume, then each column */
export function packedBars(bars: SourcedBars): Uint8Array {
  const { length } = bars.time;
  const columns = [...prices.map((name) => bars[name]), ...(bars.volume === null ? [] : [bars.volume])];
  const whole = new Uint8Array(8 + columns.length * length * 8 + 2 * length * 4);
  const head = new DataView(whole.buffer);
  head.setUint32(0, length, true);
  head.setUint32(4, bars.volume === null ? 0 : 1, true);
  let at = 8;
  for (const column of [...columns, bars.source, bars.line]) {
    whole.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  return Bun.zstdCompressSync(whole, { level: 3 });
}

/** @throws Error for a block that is damaged */
export function unpackedBars(block: Uint8Array<ArrayBuffer>): SourcedBars {
  const whole = Bun.zstdDecompressSync(block);
  const { buffer, byteOffset, byteLength } = whole;
  const head = new DataView(buffer, byteOffset, byteLength);
  const length = head.getUint32(0, true);
  const hasVolume = head.getUint32(4, true) === 1;
  let at = byteOffset + 8;
  const take = (size: number) => {
    at += size;
    return buffer.slice(at - size, at) as ArrayBuffer;
  };
  const column = () => new Float64Array(take(length * 8));
  return {
    ...{ time: column(), open: column(), high: column(), low: column(), close: column() },
    volume: hasVolume ? column() : null,
    source: new Int32Array(take(length * 4)),
    line: new Int32Array(take(length * 4)),
  };
}

export const noBars: SourcedBars = {
  ...{
    time: new Float64Array(),
    open: new Float64Array(),
    high: new Float64Array(),
    low: new Float64Array(),
  },
  ...{ close: new Float64Array(), volume: null, source: new Int32Array(), line: new Int32Array() },
};

/** The bars from one index up to, and without, another. */
export function sliceOf(bars: SourcedBars, from: number, to: number): SourcedBars {
  return {
    ...{ time: bars.time.slice(from, to), open: bars.open.slice(from, to), high: bars.high.slice(from, to) },
    ...{ low: bars.low.slice(from, to), close: bars.close.slice(from, to) },
    volume: bars.volume?.slice(from, to) ?? null,
    ...{ source: bars.source.slice(from, to), line: bars.line.slice(from, to) },
  };
}

/** Several parts as one. Where it yields it may be interrupted. */
export function* gathered(
  parts: readonly SourcedBars[],
  hasVolume: boolean,
): Generator<void, SourcedBars, undefined> {
  const length = parts.reduce((sum, { time }) => sum + time.length, 0);
  const column = (of: (part: SourcedBars) => Float64Array) => joined(parts.map(of), new Float64Array(length));
  const time = yield* column((part) => part.time);
  const open = yield* column((part) => part.open);
  const high = yield* column((part) => part.high);
  const low = yield* column((part) => part.low);
  const close = yield* column((part) => part.close);
  const volume = hasVolume
    ? yield* column((part) => part.volume ?? new Float64Array(part.time.length).fill(Number.NaN))
    : null;
  const numbers = (of: (part: SourcedBars) => Int32Array) => joined(parts.map(of), new Int32Array(length));
  const source = yield* numbers((part) => part.source);
  const line = yield* numbers((part) => part.line);
  return { time, open, high, low, close, volume, source, line };
}

function* joined<Column extends Float64Array | Int32Array>(
  parts: readonly Column[],
  into: Column,
): Generator<void, Column, undefined> {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  yield;
  return into;
}

/** So many bars are looked at in a step. */
export const barsAtOnce = 20_000;

/** The bars at these places, in this order. Where it yields it may be interrupted. */
export function* pickedBars(bars: SourcedBars, order: Uint32Array): Generator<void, SourcedBars, undefined> {
  const time = yield* picked(bars.time, order, new Float64Array(order.length));
  const open = yield* picked(bars.open, order, new Float64Array(order.length));
  const high = yield* picked(bars.high, order, new Float64Array(order.length));
  const low = yield* picked(bars.low, order, new Float64Array(order.length));
  const close = yield* picked(bars.close, order, new Float64Array(order.length));
  const volume =
    bars.volume === null ? null : yield* picked(bars.volume, order, new Float64Array(order.length));
  const source = yield* picked(bars.source, order, new Int32Array(order.length));
  const line = yield* picked(bars.line, order, new Int32Array(order.length));
  return { time, open, high, low, close, volume, source, line };
}

function* picked<Column extends Float64Array | Int32Array>(
  values: Column,
  order: Uint32Array,
  into: Column,
): Generator<void, Column, undefined> {
  for (let at = 0; at < order.length; at++) {
    if (at % barsAtOnce === 0) yield;
    into[at] = values[order[at] ?? 0] ?? Number.NaN;
  }
  return into;
}
