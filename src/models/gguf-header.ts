/**
 * The key-value header of a .gguf file, from its first bytes. It knows nothing of what the keys mean.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { closeSync, openSync, readSync } from "node:fs";

interface GgufHeader {
  /** How many tensors the file has. */
  readonly tensors: number;
  readonly metadata: ReadonlyMap<string, unknown>;
  /** Whether all keys are there: the bytes reached far enough. */
  readonly isWhole: boolean;
}

/** @throws when the file cannot be read @throws RangeError when it is no GGUF */
export function readGgufHeader(path: string, bytes: number): GgufHeader {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(bytes);
    return headerOf(buffer.subarray(0, readSync(file, buffer, 0, bytes, 0)));
  } finally {
    closeSync(file);
  }
}

export function textIn(metadata: ReadonlyMap<string, unknown>, key: string): string | null {
  const value = metadata.get(key);
  return typeof value === "string" ? value : null;
}

/** Keys and plain values up to the first list that goes beyond what was read. @throws RangeError when it is no GGUF */
function headerOf(bytes: Buffer): GgufHeader {
  if (bytes.toString("latin1", 0, 4) !== "GGUF") throw new RangeError("no GGUF");
  const tensors = Number(bytes.readBigUInt64LE(8));
  const reader = new HeaderReader(bytes, 24);
  const metadata = new Map<string, unknown>();
  const count = Number(bytes.readBigUInt64LE(16));
  try {
    for (let index = 0; index < count; index++) {
      const key = reader.text();
      metadata.set(key, reader.value(reader.number(4)));
    }
  } catch (error) {
    if (!(error instanceof RangeError) || metadata.size === 0) throw error;
    return { tensors, metadata, isWhole: false };
  }
  return { tensors, metadata, isWhole: true };
}

/** Bytes of each type of value, by its number; 8 is a text, 9 a list. */
const widths: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};

class HeaderReader {
  constructor(
    readonly bytes: Buffer,
    public at: number,
  ) {}

  number(width: number): number {
    const { bytes, at } = this;
    this.at += width;
    return width === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, width);
  }

  text(): string {
    const length = this.number(8);
    this.#skip(length);
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** Lists are passed over; other numbers than whole ones are read as their bytes. */
  value(type: number): unknown {
    if (type === 8) return this.text();
    if (type !== 9) return this.number(this.#width(type));
    const inner = this.number(4);
    const count = this.number(8);
    if (inner === 8) for (let index = 0; index < count; index++) this.#skip(this.number(8));
    else if (inner === 9) for (let index = 0; index < count; index++) this.value(inner);
    else this.#skip(count * this.#width(inner));
    return null;
  }

  #skip(length: number): void {
    if (this.at + length > this.bytes.length) throw new RangeError("beyond what was read");
    this.at += length;
  }

  #width(type: number): number {
    const width = widths[type];
    if (width === undefined) throw new RangeError(`a value of the unknown type ${type}`);
    return width;
  }
}
