/**
 * The length that a GGUF file must have by its own header. It reads only the header; it knows nothing of hashes or
 * catalogues.
 *
 * A truncated file must be found before native code maps it: reading past its end kills the process.
 */
import { open } from "node:fs/promises";
import { readWholeHeader } from "./gguf-header.ts";

/** The first four bytes: "GGUF". A cheap check that finds a web page saved as a model. */
export async function hasGgufMagic(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString("latin1") === "GGUF";
  } finally {
    await file.close();
  }
}

/** The header's end is filled up to a multiple of this, unless it says another one. */
const usualAlignment = 32;

/**
 * @returns bytes that the complete file has at least
 * @throws when the header cannot be parsed, which a file cut inside its header also does
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function readGgufExtent(path: string, signal?: AbortSignal): Promise<number> {
  const { metadata, infos, end } = await readWholeHeader(path, signal);
  const said = metadata.get("general.alignment");
  const alignment = typeof said === "number" && said > 0 ? said : usualAlignment;
  const start = Math.ceil(end / alignment) * alignment;
  let longest = end;
  for (const { dimensions, type, offset } of infos ?? []) {
    const [elements, bytes] = blocks[type] ?? [1, 0];
    const count = dimensions.reduce((product, size) => product * size, 1);
    longest = Math.max(longest, start + offset + (count / elements) * bytes);
  }
  return longest;
}

/**
 * Elements and bytes of a block of each format, by ggml's number of it. A format that is missing here counts as empty: then
 * only the start of its tensors is checked.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/include/ggml.h ggml_type; ggml-common.h, the block_* structures
 */
const blocks: Readonly<Record<number, readonly [elements: number, bytes: number]>> = {
  /** F32, F16, BF16, F64 */
  ...{ 0: [1, 4], 1: [1, 2], 30: [1, 2], 28: [1, 8] },
  /** I8, I16, I32, I64 */
  ...{ 24: [1, 1], 25: [1, 2], 26: [1, 4], 27: [1, 8] },
  /** Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q8_1 */
  ...{ 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34], 9: [32, 36] },
  /** Q2_K to Q6_K, Q8_K */
  ...{ 10: [256, 84], 11: [256, 110], 12: [256, 144], 13: [256, 176], 14: [256, 210], 15: [256, 292] },
  /** IQ4_NL, IQ4_XS, MXFP4 */
  ...{ 20: [32, 18], 23: [256, 136], 39: [32, 17] },
};
