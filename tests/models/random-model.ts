/**
 * Writes small GGUF models of today's families with random weights: the real layout of their tensors, the first part of a real
 * tokenizer, and a family's own template and marks. What they write means nothing, but they load, cache, cut and are held by
 * grammars as the real ones are.
 * @see https://github.com/ggml-org/llama.cpp/tree/master/src/models the tensors of each
 */
import { writeFileSync } from "node:fs";
import { readGgufFileInfo } from "node-llama-cpp";
import { smallModelPath } from "../fakes/small-model.ts";
import { text, u32, u64 } from "./tiny-gguf.ts";

type Value = string | number | boolean | Float | readonly string[] | Integers;
/** A number that is stored as a float although it may be whole. */
class Float {
  constructor(readonly value: number) {}
}
class Integers {
  constructor(readonly values: readonly number[]) {}
}
interface Tensor {
  readonly name: string;
  /** As llama.cpp names them: the fastest first. */
  readonly shape: readonly number[];
  readonly of: "weights" | "ones" | "decay";
}

interface Layout {
  readonly metadata: Readonly<Record<string, Value>>;
  readonly tensors: readonly Tensor[];
}

export type RandomFamily = "llama" | "qwen3" | "gemma3" | "qwen35";

interface RandomModel {
  readonly family: RandomFamily;
  /** In Jinja; left out: the small model's own, ChatML. */
  readonly template?: string;
  /** Marks of the template that are one token each in the family's vocabulary: control tokens, and those whose text is shown. */
  readonly controls?: readonly string[];
  readonly shown?: readonly string[];
  readonly bos?: string;
  /** Of the controls: what ends an answer. */
  readonly eos?: string;
  readonly contextSize?: number;
  /** It says how well texts answer a question, and writes nothing: of qwen3, as Qwen3-Reranker. */
  readonly ranks?: boolean;
  readonly seed?: number;
}

const [embedding, feedForward, heads, keyHeads, headSize] = [64, 128, 4, 2, 32] as const;
/** Of the small model's vocabulary: its marks, the bytes and the most frequent merges. */
const words = 4_000;

const weights = (name: string, ...shape: readonly number[]): Tensor => ({ name, shape, of: "weights" });
const ones = (name: string, size: number): Tensor => ({ name, shape: [size], of: "ones" });

const attention = (layer: number, querySize = heads * headSize): Tensor[] => [
  weights(`blk.${layer}.attn_q.weight`, embedding, querySize),
  weights(`blk.${layer}.attn_k.weight`, embedding, keyHeads * headSize),
  weights(`blk.${layer}.attn_v.weight`, embedding, keyHeads * headSize),
  weights(`blk.${layer}.attn_output.weight`, heads * headSize, embedding),
];
const headNorms = (layer: number): Tensor[] => [
  ones(`blk.${layer}.attn_q_norm.weight`, headSize),
  ones(`blk.${layer}.attn_k_norm.weight`, headSize),
];
const feed = (layer: number): Tensor[] => [
  weights(`blk.${layer}.ffn_gate.weight`, embedding, feedForward),
  weights(`blk.${layer}.ffn_up.weight`, embedding, feedForward),
  weights(`blk.${layer}.ffn_down.weight`, feedForward, embedding),
];
const norm = (layer: number, name: string) => ones(`blk.${layer}.${name}.weight`, embedding);

/** A layer that keeps a state in place of keys and values (Gated DeltaNet). */
function recurrent(layer: number): Tensor[] {
  const [state, groups, rank, kernel] = [deltaNet.state, deltaNet.groups, deltaNet.rank, deltaNet.kernel];
  const [keys, values] = [state * groups, state * rank];
  return [
    weights(`blk.${layer}.attn_qkv.weight`, embedding, keys * 2 + values),
    weights(`blk.${layer}.attn_gate.weight`, embedding, values),
    weights(`blk.${layer}.ssm_conv1d.weight`, kernel, keys * 2 + values),
    weights(`blk.${layer}.ssm_dt.bias`, rank),
    { name: `blk.${layer}.ssm_a`, shape: [rank], of: "decay" },
    weights(`blk.${layer}.ssm_beta.weight`, embedding, rank),
    weights(`blk.${layer}.ssm_alpha.weight`, embedding, rank),
    ones(`blk.${layer}.ssm_norm.weight`, state),
    weights(`blk.${layer}.ssm_out.weight`, values, embedding),
  ];
}
const deltaNet = { state: 32, groups: 2, rank: 4, kernel: 4 };
const layers = (count: number) => Array.from({ length: count }, (_, layer) => layer);

const layouts: Readonly<Record<RandomFamily, Layout>> = {
  llama: {
    metadata: { block_count: 2 },
    tensors: layers(2).flatMap((layer) => [
      norm(layer, "attn_norm"),
      ...attention(layer),
      norm(layer, "ffn_norm"),
      ...feed(layer),
    ]),
  },
  qwen3: {
    metadata: { block_count: 2 },
    tensors: layers(2).flatMap((layer) => [
      norm(layer, "attn_norm"),
      ...attention(layer),
      ...headNorms(layer),
      norm(layer, "ffn_norm"),
      ...feed(layer),
    ]),
  },
  // Five layers of six look back over a short window.
  gemma3: {
    metadata: { block_count: 6, "attention.sliding_window": 64 },
    tensors: layers(6).flatMap((layer) => [
      norm(layer, "attn_norm"),
      ...attention(layer),
      ...headNorms(layer),
      norm(layer, "post_attention_norm"),
      norm(layer, "ffn_norm"),
      ...feed(layer),
      norm(layer, "post_ffw_norm"),
    ]),
  },
  // Three layers of four keep a state.
  qwen35: {
    metadata: {
      block_count: 4,
      full_attention_interval: 4,
      "rope.dimension_count": 16,
      "rope.dimension_sections": new Integers([3, 3, 2, 0]),
      "ssm.conv_kernel": deltaNet.kernel,
      "ssm.inner_size": deltaNet.state * deltaNet.rank,
      "ssm.state_size": deltaNet.state,
      "ssm.time_step_rank": deltaNet.rank,
      "ssm.group_count": deltaNet.groups,
    },
    tensors: layers(4).flatMap((layer) => [
      norm(layer, "attn_norm"),
      norm(layer, "post_attention_norm"),
      ...(layer === 3 ? [...attention(layer, heads * headSize * 2), ...headNorms(layer)] : recurrent(layer)),
      ...feed(layer),
    ]),
  },
};

/** @returns the path */
export async function writeRandomModel(path: string, model: RandomModel): Promise<string> {
  const { family, contextSize = 4_096, ranks = false, seed = 1 } = model;
  const { metadata: of, tensors } = layouts[family];
  const vocabulary = await firstWords();
  const isNew = (mark: string) => !vocabulary.tokens.includes(mark);
  const [controls, shown] = [(model.controls ?? []).filter(isNew), (model.shown ?? []).filter(isNew)];
  const tokens = [...vocabulary.tokens, ...controls, ...shown];
  const idOf = (mark: string | undefined) => (mark === undefined ? -1 : tokens.lastIndexOf(mark));
  const [bos, eos] = [idOf(model.bos), idOf(model.eos ?? "<|im_end|>")];
  const metadata: Record<string, Value> = {
    "general.architecture": family,
    "general.name": `Random ${family}`,
    "general.file_type": 0,
    ...Object.fromEntries(Object.entries(of).map(([key, value]) => [`${family}.${key}`, value])),
    [`${family}.context_length`]: contextSize,
    [`${family}.embedding_length`]: embedding,
    [`${family}.feed_forward_length`]: feedForward,
    [`${family}.attention.head_count`]: heads,
    [`${family}.attention.head_count_kv`]: keyHeads,
    [`${family}.attention.key_length`]: headSize,
    [`${family}.attention.value_length`]: headSize,
    [`${family}.attention.layer_norm_rms_epsilon`]: new Float(1e-5),
    [`${family}.rope.freq_base`]: new Float(10_000),
    ...(ranks ? ranking : {}),
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.pre": "smollm",
    "tokenizer.ggml.tokens": tokens,
    "tokenizer.ggml.token_type": new Integers([
      ...vocabulary.types,
      ...controls.map(() => controlToken),
      ...shown.map(() => shownToken),
    ]),
    "tokenizer.ggml.merges": vocabulary.merges,
    "tokenizer.ggml.add_bos_token": bos >= 0,
    ...(bos < 0 ? {} : { "tokenizer.ggml.bos_token_id": bos }),
    "tokenizer.ggml.eos_token_id": eos,
    ...(ranks ? {} : { "tokenizer.chat_template": model.template ?? vocabulary.template }),
  };
  writeFileSync(
    path,
    ggufOf(
      metadata,
      [
        weights("token_embd.weight", embedding, tokens.length),
        ones("output_norm.weight", embedding),
        ...tensors,
        ...(ranks ? [weights("cls.output.weight", embedding, 2)] : []),
      ],
      seed,
    ),
  );
  return path;
}

/** LLAMA_POOLING_TYPE_RANK, what is asked of each pair, and what the two numbers are. */
const ranking = {
  "qwen3.pooling_type": 4,
  "qwen3.classifier.output_labels": ["yes", "no"],
  "tokenizer.chat_template.rerank": "Question: {query}\nText: {document}\nAnswer:",
} as const satisfies Record<string, Value>;

/** llama.cpp's kinds of tokens. */
const [controlToken, shownToken] = [3, 4];

async function firstWords() {
  const { metadata } = await readGgufFileInfo(smallModelPath, { readTensorInfo: false });
  const { tokens = [], token_type: types = [], merges = [] } = metadata.tokenizer.ggml ?? {};
  const kept = tokens.slice(0, words).map(String);
  const known = new Set(kept);
  const bare = merges.map(String).filter((merge) => {
    const [left = "", right = ""] = merge.split(" ");
    return known.has(left) && known.has(right) && known.has(left + right);
  });
  const template = metadata.tokenizer.chat_template ?? "";
  return { tokens: kept, types: [...types].slice(0, words).map(Number), merges: bare, template };
}

/** The format of a file, and its numbers. @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
function ggufOf(metadata: Readonly<Record<string, Value>>, tensors: readonly Tensor[], seed: number): Buffer {
  let offset = 0;
  const infos = tensors.map(({ name, shape }) => {
    const info = Buffer.concat([text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset)]);
    offset += padded(sizeOf(shape) * 4);
    return info;
  });
  const head = Buffer.concat([
    Buffer.from("GGUF"),
    u32(3),
    u64(tensors.length),
    u64(Object.keys(metadata).length),
    ...Object.entries(metadata).map(([key, value]) => Buffer.concat([text(key), written(value)])),
    ...infos,
  ]);
  const draw = normal(seed);
  const data = tensors.map(({ shape, of }) => {
    const bytes = Buffer.alloc(padded(sizeOf(shape) * 4));
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, sizeOf(shape));
    for (let index = 0; index < numbers.length; index++) {
      const drawn = draw();
      numbers[index] = of === "ones" ? 1 : of === "decay" ? -Math.abs(drawn) : drawn / 4;
    }
    return bytes;
  });
  return Buffer.concat([head, Buffer.alloc(padded(head.length) - head.length), ...data]);
}

const padded = (bytes: number) => Math.ceil(bytes / 32) * 32;
const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** Repeatable: the same seed writes the same file. */
function normal(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  const uniform = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return (state + 1) / 4_294_967_297;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function written(value: Value): Buffer {
  if (typeof value === "string") return Buffer.concat([u32(8), text(value)]);
  if (typeof value === "boolean") return Buffer.concat([u32(7), Buffer.from([value ? 1 : 0])]);
  if (typeof value === "number") return Buffer.concat([u32(4), u32(value)]);
  if (value instanceof Float) {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value.value);
    return Buffer.concat([u32(6), bytes]);
  }
  if (value instanceof Integers)
    return Buffer.concat([u32(9), u32(5), u64(value.values.length), ...value.values.map(u32)]);
  return Buffer.concat([u32(9), u32(8), u64(value.length), ...value.map(text)]);
}
