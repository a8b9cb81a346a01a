/** What the files of a repository are, by their names, as the makers of GGUF files write them. It reads no file. */

export type HubFileKind =
  | "model"
  /** Reads pictures or sounds for the model beside it. */
  | "projector"
  /** Guesses tokens ahead of the model beside it. */
  | "draft"
  | "importance-matrix"
  | "embedding"
  | "adapter"
  | "vocabulary"
  /** No GGUF. */
  | "other";

const kinds: readonly (readonly [HubFileKind, RegExp])[] = [
  ["projector", /(?:^|[-._])mmproj(?:[-._]|$)/i],
  ["importance-matrix", /(?:^|[-._])(?:imatrix|importance[-_.]matrix)(?:[-._]|$)/i],
  ["vocabulary", /(?:^|[-._])vocab(?:[-._]|$)/i],
  ["adapter", /(?:^|[-._])(?:lora|adapter)(?:[-._]|$)/i],
  ["draft", /(?:^|[-._])(?:mtp|draft|eagle\d?|dflash|dspark)(?:[-._]|$)/i],
  ["embedding", /(?:^|[-._])(?:embed|embeddings?|rerank|reranker|minilm|bge|gte|e5)(?:[-._]|$)/i],
];

/** @param repository "USER/REPO": its name says of all its models that they are for embeddings */
export function kindOfFile(path: string, repository = ""): HubFileKind {
  if (!path.toLowerCase().endsWith(".gguf")) return "other";
  const name = stemOf(path);
  const found = kinds.find(([, form]) => form.test(name))?.[0];
  if (found !== undefined) return found;
  const isEmbedder = kinds.find(([kind]) => kind === "embedding")?.[1].test(repository.split("/")[1] ?? "");
  return isEmbedder ? "embedding" : "model";
}

/**
 * The names that llama.cpp gives to mixtures of formats, with the makers' own variants of size (XS … XXL) and Unsloth's "UD-".
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/quantize.cpp
 */
const quantisation =
  /(?:^|[-._/])((?:UD-)?(?:I?Q\d+_(?:K|\d+(?:_\d+)*|NL|XXS|XS|S|M|L)(?:_(?:XXS|XS|S|M|L|XL|XXL))?|TQ\d_\d|MXFP4(?:_MOE)?|NVFP4|BF16|F16|FP16|F32|FP32))(?=[-._/]|$)/gi;

/** @returns in capitals; the last one in the path, a folder's where the file has none; null: the name does not say */
export function quantisationOf(path: string): string | null {
  const found = [...stemOf(path).matchAll(quantisation)].at(-1)?.[1];
  const inFolder = found ?? [...path.slice(0, path.lastIndexOf("/") + 1).matchAll(quantisation)].at(-1)?.[1];
  return inFolder?.toUpperCase().replace(/^FP(?=16|32)/, "F") ?? null;
}

interface SplitName {
  /** What all parts have in common. */
  readonly whole: string;
  readonly part: number;
  readonly parts: number;
}

/** @returns null: the file is a whole one */
export function splitOf(path: string): SplitName | null {
  const [, whole, part, parts] = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i.exec(path) ?? [];
  return whole === undefined ? null : { whole, part: Number(part), parts: Number(parts) };
}

const stemOf = (path: string): string =>
  (splitOf(path)?.whole ?? path.replace(/\.gguf$/i, "")).split("/").at(-1) ?? "";
