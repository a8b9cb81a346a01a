/**
 * The length that a GGUF file must have by its own header. It reads only the header; it knows nothing of hashes or
 * catalogues.
 *
 * A truncated file must be found before native code maps it: reading past its end kills the process.
 */
import { open } from "node:fs/promises";
import type { GgufTensorInfo } from "node-llama-cpp";

interface GgufExtent {
  readonly version: number;
  readonly tensorCount: number;
  /** The complete file has at least this many bytes. */
  readonly bytes: number;
}

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

/**
 * @throws when the header cannot be parsed, which a file cut inside its header also does
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function readGgufExtent(path: string, signal?: AbortSignal): Promise<GgufExtent> {
  // Loaded only to check a new file: a second start does not need it.
  const { readGgufFileInfo, GgmlType } = await import("node-llama-cpp");
  const info = await readGgufFileInfo(path, {
    sourceType: "filesystem",
    spliceSplitFiles: false,
    logWarnings: false,
    ...(signal === undefined ? {} : { signal }),
  });
  const tensors = info.tensorInfo ?? [];
  const ends = tensors.map((tensor) => Number(tensor.fileOffset) + tensorBytes(tensor, GgmlType));
  return {
    version: info.version,
    tensorCount: Number(info.tensorCount),
    bytes: ends.reduce((longest, end) => Math.max(longest, end), info.infoEndOffset ?? info.metadataSize),
  };
}

/**
 * Elements and bytes of a block of each format. A format that is missing here counts as empty: then only
 * the start of its tensors is checked.
 * @see ggml/src/ggml-common.h of llama.cpp, the block_* structures
 */
const blocks: Readonly<Record<string, readonly [elements: number, bytes: number]>> = {
  F64: [1, 8],
  F32: [1, 4],
  F16: [1, 2],
  BF16: [1, 2],
  I8: [1, 1],
  I16: [1, 2],
  I32: [1, 4],
  I64: [1, 8],
  Q4_0: [32, 18],
  Q4_1: [32, 20],
  Q5_0: [32, 22],
  Q5_1: [32, 24],
  Q8_0: [32, 34],
  Q8_1: [32, 36],
  Q2_K: [256, 84],
  Q3_K: [256, 110],
  Q4_K: [256, 144],
  Q5_K: [256, 176],
  Q6_K: [256, 210],
  Q8_K: [256, 292],
  IQ4_NL: [32, 18],
  IQ4_XS: [256, 136],
  MXFP4: [32, 17],
};

function tensorBytes(tensor: GgufTensorInfo, names: Readonly<Record<number, string>>): number {
  const [elements, bytes] = blocks[names[tensor.ggmlType] ?? ""] ?? [1, 0];
  const count = tensor.dimensions.reduce<number>((product, size) => product * Number(size), 1);
  return (count / elements) * bytes;
}
