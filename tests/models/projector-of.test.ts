import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { projectorOf } from "../../src/models/projector-of.ts";

/** The header of a GGUF without tensors, with its architecture. @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
function gguf(architecture: string): Uint8Array {
  const text = (value: string) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(value.length));
    return Buffer.concat([length, Buffer.from(value)]);
  };
  const head = Buffer.alloc(24);
  head.write("GGUF");
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(1n, 8);
  head.writeBigUInt64LE(1n, 16);
  const string = Buffer.alloc(4);
  string.writeUInt32LE(8);
  return Buffer.concat([head, text("general.architecture"), string, text(architecture)]);
}

/** What is found beside the first of these files; those whose name says so are projectors. */
function besides(...names: readonly [string, ...string[]]): string | null {
  const folder = mkdtempSync(join(tmpdir(), "projector-"));
  try {
    for (const name of names)
      writeFileSync(join(folder, name), gguf(name.includes("mmproj") ? "clip" : "llama"));
    const found = projectorOf(join(folder, names[0]));
    return found === null ? null : basename(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("The projector of a model", () => {
  const model = "gemma-3-4b-it-Q4_K_M.gguf";
  test.each([
    ["bears its name", [model, "mmproj-gemma-3-4b-it-f16.gguf", "mmproj-Qwen2-VL-2B.gguf"], 1],
    ["bears it in front", ["Qwen2-VL-2B-Q4_K_M.gguf", "Qwen2-VL-2B-mmproj-f16.gguf"], 1],
    ["is the one that says most", [model, "mmproj-gemma.gguf", "mmproj-gemma-3-4b.gguf"], 2],
    ["may have no name where both lie alone", [model, "mmproj-model-f16.gguf"], 1],
  ] as const)("%s", (_, names, index) => {
    expect(besides(...(names as readonly [string, ...string[]]))).toBe(names[index] ?? "");
  });

  test.each([
    ["that of another model", [model, "mmproj-Qwen2-VL-2B.gguf"]],
    ["one without a name among several models", [model, "mmproj-model-f16.gguf", "other.gguf"]],
    ["another size of the same family", [model, "mmproj-gemma-3-27b-it.gguf"]],
    ["a model", [model, "gemma-3-4b.gguf"]],
  ] as const)("is not %s", (_, names) => {
    expect(besides(...(names as readonly [string, ...string[]]))).toBeNull();
  });
});
