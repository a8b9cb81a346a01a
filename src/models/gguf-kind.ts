/**
 * What a .gguf file is, by the beginning of its header: a model that writes answers, or something that lies beside one. It reads
 * 64 KB at most, and knows nothing of catalogues.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";

interface GgufKind {
  /** null: the header does not say. */
  readonly architecture: string | null;
  /** Why it writes no answers, in words that follow its name; null when it may. */
  readonly otherwise: string | null;
}

const headerBytes = 65_536;
const unknown: GgufKind = { architecture: null, otherwise: null };

/** Architectures that make vectors of texts, and write none. */
const embedders = new Set([
  "bert",
  "nomic-bert",
  "nomic-bert-moe",
  "jina-bert-v2",
  "jina-bert-v3",
  "modern-bert",
  "neo-bert",
  "eurobert",
  "gemma-embedding",
  "t5encoder",
]);
const ranking = 4;

/** An unreadable file has no kind: loading it reports the reason. */
export function ggufKind(path: string): GgufKind {
  try {
    const { tensors, metadata } = headerOf(beginningOf(path));
    const architecture = textIn(metadata, "general.architecture");
    return { architecture, otherwise: otherwiseOf(basename(path), architecture, tensors, metadata) };
  } catch {
    // No GGUF, or one that is cut off: verification finds that, and says so.
    return unknown;
  }
}

function otherwiseOf(
  name: string,
  architecture: string | null,
  tensors: number,
  metadata: ReadonlyMap<string, unknown>,
): string | null {
  const type = textIn(metadata, "general.type");
  const part = /^(.*-)(\d{5})(-of-\d{5}\.gguf)$/.exec(name);
  const splitNumber = metadata.get("split.no");
  if (part !== null && Number(part[2]) > 1)
    return `is a later part of a model: choose its first, ${part[1]}00001${part[3]}`;
  if (typeof splitNumber === "number" && splitNumber > 0)
    return `is part ${splitNumber + 1} of a model: choose its first part`;
  if (architecture === "clip" || type === "mmproj")
    return "reads pictures for the model that lies beside it, and writes no answers";
  if (type === "adapter") return "is an adapter (LoRA) for another model, not a model";
  if (type === "vocab" || (tensors === 0 && part === null && architecture !== null))
    return "holds a vocabulary without weights, not a model";
  const pooling = metadata.get(`${architecture}.pooling_type`);
  if (pooling === ranking) return "ranks texts, and writes no answers";
  if ((architecture !== null && embedders.has(architecture)) || (typeof pooling === "number" && pooling > 0))
    return "is for embeddings, not for answers";
  return null;
}

function textIn(metadata: ReadonlyMap<string, unknown>, key: string): string | null {
  const value = metadata.get(key);
  return typeof value === "string" ? value : null;
}

function beginningOf(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(headerBytes);
    return bytes.subarray(0, readSync(file, bytes, 0, headerBytes, 0));
  } finally {
    closeSync(file);
  }
}

/** Keys and plain values up to the first list that goes beyond what was read. @throws RangeError when it is no GGUF */
function headerOf(bytes: Buffer): { readonly tensors: number; readonly metadata: Map<string, unknown> } {
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
  }
  return { tensors, metadata };
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
    if (this.at + length > this.bytes.length) throw new RangeError("beyond what was read");
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** Lists are passed over; other numbers than whole ones are read as their bytes. */
  value(type: number): unknown {
    if (type === 8) return this.text();
    if (type !== 9) return this.number(this.#width(type));
    const inner = this.number(4);
    const count = this.number(8);
    for (let index = 0; index < count; index++) this.value(inner);
    return null;
  }

  #width(type: number): number {
    const width = widths[type];
    if (width === undefined) throw new RangeError(`a value of the unknown type ${type}`);
    return width;
  }
}
