/**
 * Where a prompt is cut while it is read. What the runtime computes for a token depends in its last digits on how many
 * tokens it is computed with: on a processor, flash attention takes another way from 64 tokens on, and products of matrices
 * treat the last one to three rows of a chunk differently. So that the same prompt gives the same numbers whatever was in the
 * cache and however fast the machine was a moment ago, a prompt is cut at multiples of a block, counted from its first token,
 * and what remains after the last whole block is read by itself. It knows nothing of models.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-cpu/ops.cpp (ggml_compute_forward_flash_attn_ext_f16)
 */

export interface PromptBlocks {
  /** Tokens of a block; chunks are multiples of it. */
  readonly block: number;
  readonly largestChunk: number;
}

/** From so many tokens on, attention is computed in tiles: about twice as fast for long prompts. */
const tile = 64;
/** A chunk below a tile: whatever its length, attention treats it as it treats a token that was drawn. */
const belowTile = 48;
/** A processor's thread reads a block of 64 tokens of so many bytes of weights in about a second at worst. */
const bytesPerThread = 300_000_000;

/**
 * A large model on few threads would need seconds for a whole tile, in which no other answer is written and no stop is
 * noticed: it reads in small blocks, always below a tile.
 */
export function promptBlocks(model: {
  readonly bytes: number;
  readonly threads: number;
  readonly onProcessor: boolean;
  readonly batchSize: number;
}): PromptBlocks {
  const isSlow = model.onProcessor && model.bytes > model.threads * bytesPerThread;
  return isSlow
    ? { block: 16, largestChunk: belowTile }
    : { block: tile, largestChunk: Math.floor(model.batchSize / tile) * tile };
}

/**
 * @param position the first token that has not been read
 * @param asked how many tokens the prompt has; what follows it up to `total` is the answer's part that exists already, whose
 * tokens were drawn one by one: they are read in chunks below a tile
 * @param most tokens, a multiple of the block
 * @returns the end of the next chunk
 */
export function chunkEnd(
  position: number,
  { asked, total, most, block }: { asked: number; total: number; most: number; block: number },
): number {
  if (position >= asked) return Math.min(total, position + Math.min(most, belowTile));
  const wholeBlocks = asked - (asked % block);
  if (position >= wholeBlocks) return asked;
  const isAtBlock = position % block === 0;
  return isAtBlock ? Math.min(wholeBlocks, position + most) : position - (position % block) + block;
}

/** The last tokens of a prompt open the answer; the next turn's prompt may have others there. */
const opening = 16;

/** Where a prompt is kept whose cache cannot be cut anywhere else: at its last block that the next turn is sure to have. */
export const checkpointIn = (asked: number, block: number): number =>
  Math.max(0, Math.floor((asked - opening) / block) * block);

/** From which token on a prompt was read that is in the cache, and where it ends: what follows was drawn one by one. */
export interface ReadRange {
  readonly begin: number;
  readonly end: number;
}

/**
 * @param common how many of the first tokens are in the cache
 * @param last the prompt that was read there last
 * @returns how many of the tokens are not read again. The last one always is: what follows it is drawn from its logits.
 */
export function reusedTokens(
  common: number,
  { asked, total, block, last }: { asked: number; total: number; block: number; last: ReadRange },
): number {
  const reusable = Math.min(common, total - 1);
  // The next turn of a conversation, or an answer that is resumed: nobody will find its beginning otherwise.
  if (common > last.end || reusable >= asked) return reusable;
  const wholeBlocks = reusable - (reusable % block);
  return last.begin <= reusable ? Math.max(wholeBlocks, last.begin) : wholeBlocks;
}
