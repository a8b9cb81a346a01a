/**
 * What a .gguf file is, by the beginning of its header: a model that writes answers, or something that lies beside one. It reads
 * 64 KB at most, and knows nothing of catalogues.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { basename } from "node:path";
import { readGgufHeader, textIn } from "./gguf-header.ts";

interface GgufKind {
  /** null: the header does not say. */
  readonly architecture: string | null;
  /** Why it writes no answers, in words that follow its name; null when it may. */
  readonly otherwise: string | null;
  /** It says how well texts answer a question. */
  readonly ranks: boolean;
}

const headerBytes = 65_536;
const unknown: GgufKind = { architecture: null, otherwise: null, ranks: false };

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

/**
 * An unreadable file has no kind: loading it reports the reason.
 * @param name the file's, where it lies under another one
 */
export function ggufKind(path: string, name = basename(path)): GgufKind {
  try {
    const { tensors, metadata } = readGgufHeader(path, headerBytes);
    const architecture = textIn(metadata, "general.architecture");
    const ranks = metadata.get(`${architecture}.pooling_type`) === ranking;
    return { architecture, otherwise: otherwiseOf(name, architecture, tensors, metadata), ranks };
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
