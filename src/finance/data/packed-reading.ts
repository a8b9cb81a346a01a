/** A reading as bytes, from one process to another: a line of JSON, then each column of the bars as it lies in memory. */
import type { Passport } from "./passport.ts";
import type { ReadBars, SeriesRead, SeriesReading } from "./series-reading.ts";

/** What was read, without its format's functions. */
export type ReadFile =
  | (Omit<SeriesRead, "format"> & { readonly format: string; readonly passport: Passport })
  | (Omit<Extract<SeriesReading, { status: "needs_answer" }>, "format"> & { readonly format: string })
  | Extract<SeriesReading, { status: "refused" }>;

const columns = ["time", "open", "high", "low", "close"] as const;

export function packedReading(reading: SeriesReading, passport: Passport | null): readonly Uint8Array[] {
  const line = (value: object) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  if (reading.status === "refused") return [line(reading)];
  const format = reading.format.name;
  if (reading.status === "needs_answer") return [line({ ...reading, format })];
  const { bars, ...rest } = reading;
  const head = { ...rest, format, passport, length: bars.time.length, hasVolume: bars.volume !== null };
  return [
    line(head),
    ...columns.map((column) => bytesOf(bars[column])),
    ...(bars.volume === null ? [] : [bytesOf(bars.volume)]),
    bytesOf(bars.line),
  ];
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export async function unpackedReading(packed: Blob): Promise<ReadFile> {
  const bytes = new Uint8Array(await packed.arrayBuffer());
  const end = bytes.indexOf(0x0a);
  const { length, hasVolume, ...head } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  if (head.status !== "read") return head;
  let at = end + 1;
  const take = (size: number) => {
    const part = bytes.slice(at, at + size);
    at += size;
    return part.buffer;
  };
  const column = () => new Float64Array(take(length * 8));
  const bars: ReadBars = {
    ...{ time: column(), open: column(), high: column(), low: column(), close: column() },
    volume: hasVolume ? column() : null,
    line: new Int32Array(take(length * 4)),
  };
  return { ...head, bars };
}
