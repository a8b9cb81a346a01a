/**
 * The tokens of a model's vocabulary whose text has a digit, for answers that may have none. It knows nothing of sampling.
 */
import type { LlamaModel } from "node-llama-cpp";
import { UnsupportedRequestError } from "../../errors.ts";
import { asToken } from "./sampler-options.ts";

/** As many tokens are read at once: others are answered meanwhile. */
const sliceSize = 2_000;

const found = new WeakMap<LlamaModel, Promise<readonly number[]>>();

/**
 * Reads the whole vocabulary, once for each model. A numeral that takes several tokens, such as a rare one in bytes, is not
 * found; ASCII digits are always.
 * @returns the ids of the tokens with a character of \p{N}
 * @throws UnsupportedRequestError when the model's file does not state its vocabulary
 */
export function digitTokens(model: LlamaModel): Promise<readonly number[]> {
  const tokens = found.get(model) ?? read(model);
  found.set(model, tokens);
  return tokens;
}

async function read(model: LlamaModel): Promise<readonly number[]> {
  const size = model.fileInfo.metadata.tokenizer?.ggml?.tokens?.length;
  if (size === undefined)
    throw new UnsupportedRequestError(
      "This model's file does not state its vocabulary: its digits cannot be banned. Load another model.",
    );
  const ids: number[] = [];
  for (let id = 0; id < size; id++) {
    if (id % sliceSize === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    if (/\p{N}/u.test(model.detokenize([asToken(id)]))) ids.push(id);
  }
  return ids;
}
