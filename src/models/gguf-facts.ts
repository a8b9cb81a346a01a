/** What a .gguf file says of its model, for people who choose one. A file that cannot be read says nothing. */
import { statSync } from "node:fs";
import { basename } from "node:path";
import { readGgufHeader, textIn } from "./gguf-header.ts";
import { quantisationOf } from "./hub/file-kinds.ts";

interface GgufFacts {
  readonly name: string | null;
  readonly architecture: string | null;
  /** "1.5B", as its maker writes it. */
  readonly parameters: string | null;
  readonly quantisation: string | null;
  /** Tokens that it was made for. */
  readonly contextSize: number | null;
  readonly licence: string | null;
  /** Of a chat, in Jinja. */
  readonly template: string | null;
}

const nothing: GgufFacts = {
  name: null,
  architecture: null,
  parameters: null,
  quantisation: null,
  contextSize: null,
  licence: null,
  template: null,
};

/**
 * By general.file_type.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h llama_ftype
 */
const fileTypes: Readonly<Record<number, string>> = {
  ...{ 0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K" },
  ...{ 11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M" },
  ...{ 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S" },
  ...{ 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M" },
  ...{ 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4_MOE" },
};

/** The words of a tokenizer stand before its template: some megabytes of them. */
const [firstBytes, mostBytes] = [4 * 1024 * 1024, 64 * 1024 * 1024];

const read = new Map<string, { readonly stamp: string; readonly facts: GgufFacts }>();
/** Of other files it is read again. */
const mostKept = 200;

/** Read once for each version of a file. */
export function ggufFacts(path: string): GgufFacts {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return nothing;
  const stamp = `${stats.size} ${stats.mtimeMs}`;
  const known = read.get(path);
  if (known?.stamp === stamp) return known.facts;
  const facts = factsIn(path, stats.size);
  if (read.size >= mostKept) read.clear();
  read.set(path, { stamp, facts });
  return facts;
}

function factsIn(path: string, sizeBytes: number): GgufFacts {
  try {
    for (let bytes = firstBytes; ; bytes *= 4) {
      const { metadata, infos } = readGgufHeader(path, bytes);
      if (infos === null && bytes < mostBytes && bytes < sizeBytes) continue;
      const architecture = textIn(metadata, "general.architecture");
      const context = metadata.get(`${architecture}.context_length`);
      const fileType = metadata.get("general.file_type");
      return {
        architecture,
        name: textIn(metadata, "general.name"),
        parameters: textIn(metadata, "general.size_label"),
        quantisation:
          quantisationOf(basename(path)) ??
          (typeof fileType === "number" ? (fileTypes[fileType] ?? null) : null),
        contextSize: typeof context === "number" ? context : null,
        licence: textIn(metadata, "general.license"),
        template: textIn(metadata, "tokenizer.chat_template"),
      };
    }
  } catch {
    // No GGUF, or one that is cut off: verification finds that, and says so.
    return nothing;
  }
}
