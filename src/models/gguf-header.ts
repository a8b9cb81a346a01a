/**
 * The header of a .gguf file: its keys and its tensors. Lists are passed over, so that a vocabulary of a quarter of a million
 * words holds nobody up. It knows nothing of what the keys mean.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { closeSync, openSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

interface GgufTensor {
  readonly dimensions: readonly number[];
  /** ggml's number of its format. */
  readonly type: number;
  /** From the end of the header. */
  readonly offset: number;
}

interface GgufHeader {
  /** How many tensors the file has. */
  readonly tensors: number;
  readonly metadata: ReadonlyMap<string, unknown>;
  /** null: the bytes did not reach far enough. */
  readonly infos: readonly GgufTensor[] | null;
  /** Where the header ends, in bytes, if all of it is there. */
  readonly end: number;
}

const megabyte = 1024 * 1024;
/** The words of a tokenizer stand in it: some megabytes of them. */
const [firstBytes, mostBytes] = [4 * megabyte, 256 * megabyte];

/** All of it, however long. @throws RangeError when it is no GGUF, is damaged, or cut off; signal.reason when aborted */
export async function readWholeHeader(path: string, signal?: AbortSignal): Promise<GgufHeader> {
  const file = await open(path, "r");
  try {
    for (let bytes = firstBytes; ; bytes *= 4) {
      signal?.throwIfAborted();
      const beginning = await beginningOf(file, bytes);
      const header = headerOf(beginning);
      if (header.infos !== null) return header;
      if (beginning.length < bytes || bytes >= mostBytes) throw new RangeError("cut off in its header");
    }
  } finally {
    await file.close();
  }
}

async function beginningOf(file: FileHandle, bytes: number): Promise<Buffer> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(Math.min(bytes, size));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  return buffer.subarray(0, bytesRead);
}

/** As far as it stands in the first bytes. @throws when the file cannot be read @throws RangeError when it is no GGUF */
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

/** What stands before a list that goes beyond what was read. @throws RangeError when it is no GGUF */
function headerOf(bytes: Buffer): GgufHeader {
  if (bytes.toString("latin1", 0, 4) !== "GGUF") throw new RangeError("no GGUF");
  const reader = new HeaderReader(bytes, 8);
  const tensors = reader.number(8);
  const count = reader.number(8);
  const metadata = new Map<string, unknown>();
  try {
    for (let index = 0; index < count; index++) {
      const key = reader.text();
      metadata.set(key, reader.value(reader.number(4)));
    }
    const infos: GgufTensor[] = [];
    while (infos.length < tensors) infos.push(reader.tensor());
    return { tensors, metadata, infos, end: reader.at };
  } catch (error) {
    if (!(error instanceof RangeError) || metadata.size === 0) throw error;
    return { tensors, metadata, infos: null, end: 0 };
  }
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
    return width === 8
      ? bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32
      : bytes.readUIntLE(at, width);
  }

  tensor(): GgufTensor {
    this.#skip(this.number(8));
    const count = this.number(4);
    const dimensions: number[] = [];
    while (dimensions.length < count) dimensions.push(this.number(8));
    return { dimensions, type: this.number(4), offset: this.number(8) };
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
