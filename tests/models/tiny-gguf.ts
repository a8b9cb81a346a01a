/**
 * Writes real GGUF files of a few hundred bytes, and catalogues that name them: whole by the format's own
 * rules, though no model.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CatalogEntry } from "../../src/models/catalog.ts";

/** @param seed other bytes in the tensor, so another hash */
export function tinyGguf(seed = 0): Buffer {
  const header = Buffer.concat([
    Buffer.from("GGUF"),
    u32(3),
    u64(1),
    u64(2),
    text("general.architecture"),
    u32(8),
    text("llama"),
    text("general.name"),
    u32(8),
    text("tiny"),
    // One tensor of 64 float32 values.
    text("token_embd.weight"),
    u32(1),
    u64(64),
    u32(0),
    u64(0),
  ]);
  const padding = Buffer.alloc((32 - (header.length % 32)) % 32);
  return Buffer.concat([header, padding, Buffer.alloc(256, seed)]);
}

/** One that says of itself what it is. @param tensors 0: a header alone */
export function tinyGgufOf(metadata: Readonly<Record<string, string | number>>, tensors: 0 | 1 = 1): Buffer {
  const entries = Object.entries(metadata).map(([key, value]) =>
    Buffer.concat([
      text(key),
      u32(typeof value === "string" ? 8 : 4),
      typeof value === "string" ? text(value) : u32(value),
    ]),
  );
  const tensor = Buffer.concat([text("token_embd.weight"), u32(1), u64(64), u32(0), u64(0)]);
  const header = Buffer.concat([
    Buffer.from("GGUF"),
    u32(3),
    u64(tensors),
    u64(entries.length),
    ...entries,
    ...(tensors === 0 ? [] : [tensor]),
  ]);
  const padding = Buffer.alloc((32 - (header.length % 32)) % 32);
  return Buffer.concat([header, padding, Buffer.alloc(tensors * 256)]);
}

/** An entry for the file that these bytes are. */
export function entryFor(bytes: Buffer, change: Partial<CatalogEntry> = {}): CatalogEntry {
  return {
    id: "tiny-chat",
    aliases: ["tiny"],
    name: "Tiny chat",
    purpose: "chat",
    licence: "MIT",
    file: "tiny-chat.gguf",
    sizeBytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    parameters: "64",
    contextSize: 512,
    minMemoryBytes: 1_000,
    tiny: false,
    abilities: [],
    sources: [{ type: "path", path: "elsewhere/tiny-chat.gguf" }],
    ...change,
  };
}

/** A project's folder of its own, with an empty folder of models. */
export class ModelFolder implements Disposable {
  readonly projectRoot = mkdtempSync(join(tmpdir(), "models-"));
  readonly modelsDir = join(this.projectRoot, "models");

  constructor() {
    mkdirSync(this.modelsDir);
  }

  /** @param path relative to the project */
  write(path: string, bytes: Buffer | string): string {
    const whole = join(this.projectRoot, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, bytes);
    return whole;
  }

  [Symbol.dispose](): void {
    rmSync(this.projectRoot, { recursive: true, force: true });
  }
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** With its length before it. */
export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}
