/** Texts as the tokens of the model that is loaded, and tokens as texts. */
import type { Vocabulary } from "../../chat/engine.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";

/** @param loaded resolves when there is one */
export const llamaVocabulary = (loaded: (signal: AbortSignal) => Promise<LlamaRuntime>): Vocabulary => ({
  async tokenize(text, { addsSpecial, readsMarks }, signal) {
    const { model } = await loaded(signal);
    const tokens: readonly number[] = model.tokenize(text, readsMarks);
    const { bos, shouldPrependBosToken } = model.tokens;
    return addsSpecial && bos !== null && shouldPrependBosToken && tokens[0] !== bos
      ? [bos, ...tokens]
      : tokens;
  },
  async detokenize(ids, signal) {
    const runtime = await loaded(signal);
    return runtime.detokenize(runtime.rawTokens(ids), [], true);
  },
  async promptText(messages, tools, templateFields, signal) {
    const runtime = await loaded(signal);
    return runtime.detokenize(runtime.promptTokens(messages, tools, templateFields), [], true);
  },
  async between(before, after, signal) {
    const { model } = await loaded(signal);
    const { prefix, suffix, middle } = model.tokens.infill;
    if (prefix === null || suffix === null || middle === null) return null;
    const { bos, shouldPrependBosToken } = model.tokens;
    const begin = bos !== null && shouldPrependBosToken ? [bos] : [];
    return [...begin, prefix, ...model.tokenize(before), suffix, ...model.tokenize(after), middle];
  },
});
