/**
 * One sequence of a context: evaluates tokens, draws the next one and tells how likely tokens are. It knows nothing of
 * prompts, stop strings or events.
 */
import { type LlamaContextSequence, type LlamaModel, type Token, TokenBias } from "node-llama-cpp";
import type { TokenAlternative } from "../../chat/chat-event.ts";
import { checkpointIn, type ReadRange } from "./prompt-blocks.ts";
import {
  asToken,
  type GrammarState,
  overwhelming,
  type SampleOptions,
  samplerOf,
} from "./sampler-options.ts";
import type { CachedSequence } from "./sequence-cache.ts";

export interface SampledToken extends Partial<TokenLogprob> {
  readonly id: number;
}

interface TokenLogprob {
  /** Natural logarithm of the token's probability before temperature and truncation. */
  readonly logprob: number;
  readonly alternatives: readonly TokenAlternative[];
}

/** The states of the last turns' prompts. Of a model of 4 billion parameters each takes some 50 MB. */
export const mostCheckpoints = 3;

/** One sequence of the context's KV cache. */
export class ModelSequence implements CachedSequence {
  readonly #model: LlamaModel;
  readonly #sequence: LlamaContextSequence;
  readonly #block: number;
  /** After how many tokens there is one, the last ones. */
  #checkpoints: readonly number[] = [];
  /** The most tokens it had before it was cut. */
  #longest = 0;
  /** Of a state that was loaded nobody knows where its prompt ends: it is taken for one prompt. */
  lastPrompt: ReadRange = { begin: 0, end: Number.POSITIVE_INFINITY };

  /** The conversation whose prompt it holds; null: nobody said. */
  conversationId: string | null = null;

  /** How many prompts in a row have continued what it had cached. */
  turns = 0;

  /** What was written last began with a thought, which the next prompt leaves out. */
  hasThought = false;

  /** @param block where prompts are cut */
  constructor(model: LlamaModel, sequence: LlamaContextSequence, block: number) {
    this.#model = model;
    this.#sequence = sequence;
    this.#block = block;
  }

  get cachedTokens(): readonly number[] {
    return this.#sequence.contextTokens;
  }

  get length(): number {
    return this.#sequence.nextTokenIndex;
  }

  /** The most tokens it ever had: their cells have been written. */
  get mostTokens(): number {
    return Math.max(this.#longest, this.length);
  }

  /**
   * @returns how many of the first `length` tokens can be gone on from: all of them while the cache has all that the tokens after
   * them look at. A model with a sliding window forgets what the window has passed, a recurrent one has its last state only: they
   * go back to a checkpoint. The library itself looks for the position alone, not for the window before it.
   */
  wholeUpTo(length: number): number {
    if (length >= this.length) return Math.min(length, this.length);
    const { swaSize } = this.#model.fileInsights;
    const firstKept = this.#sequence.stateCellsStartIndex;
    if (!this.#isRecurrent && firstKept <= Math.max(0, length - (swaSize ?? length))) return length;
    // Of a window's checkpoints the library goes back only to those from which on nothing is there any more.
    const last = this.#isRecurrent ? length : Math.min(length, firstKept);
    return this.#checkpoints.findLast((position) => position <= last) ?? 0;
  }

  /** Whether what is read can be gone back to by a checkpoint alone. */
  get needsCheckpoints(): boolean {
    return this.#sequence.needsCheckpoints;
  }

  /** Keeps the state as it is now, so that `wholeUpTo` finds it when the cache is cut later. */
  async takeCheckpoint(): Promise<void> {
    const position = this.length;
    await this.#sequence.takeCheckpoint();
    // As the library does: it tells only the last one.
    if (this.#checkpoints.at(-1) !== position)
      this.#checkpoints = [...this.#checkpoints, position].slice(-mostCheckpoints);
  }

  get #isRecurrent(): boolean {
    const { isRecurrent, isHybrid } = this.#model.fileInsights;
    return isRecurrent || isHybrid;
  }

  /** Drops everything after the first `length` tokens. */
  async truncate(length: number): Promise<void> {
    if (length >= this.length) return;
    this.#longest = this.mostTokens;
    await this.#sequence.eraseContextTokenRanges([{ start: length, end: this.length }]);
    this.#checkpoints = this.#checkpoints.filter((position) => position <= length);
  }

  /** Writes the cache of this sequence, and which tokens it is of, to a file. */
  async saveState(path: string): Promise<void> {
    // The state in the file cannot be cut back: it ends where the next prompt is cut.
    if (this.#sequence.needsCheckpoints) await this.truncate(this.#whereNextIsCut());
    await this.#sequence.saveStateToFile(path);
  }

  /** Before the thought, which the next prompt leaves out; without one a recurrent state is of use as it is. */
  #whereNextIsCut(): number {
    if (this.hasThought) return this.wholeUpTo(checkpointIn(this.lastPrompt.end, this.#block));
    return this.#isRecurrent ? this.length : this.length - (this.length % this.#block);
  }

  /** @param path of a state that this very model wrote with these very settings: another one may crash the process */
  async loadState(path: string): Promise<void> {
    this.lastPrompt = { begin: 0, end: Number.POSITIVE_INFINITY };
    this.hasThought = false;
    // The library would go back to checkpoints of what was there before.
    await this.truncate(0);
    await this.#sequence.loadStateFromFile(path, { acceptRisk: true });
  }

  /** Appends tokens to the cache. */
  async evaluate(ids: readonly number[]): Promise<void> {
    await this.#sequence.evaluateWithoutGeneratingNewTokens(ids.map(asToken));
  }

  /**
   * Appends tokens to the cache, and tells how likely the tokens are that follow them in the prompt.
   * @param following what follows each of the tokens
   * @param top how many alternatives to each are told
   */
  async evaluateKnown(
    ids: readonly number[],
    following: readonly number[],
    top: number,
  ): Promise<readonly TokenLogprob[]> {
    const outputs = await this.#sequence.controlledEvaluate(
      ids.map((id, index) => [
        asToken(id),
        {
          generateNext: {
            totalLogitWeight: true,
            logits: {
              filter: {
                tokens: following.slice(index, index + 1).map(asToken),
                includeMax: true,
                includeTop: top,
              },
            },
            options: { temperature: 0 },
          },
        },
      ]),
    );
    return ids.map((_, index) => {
      const { logits, totalLogitWeight } = outputs[index]?.next ?? {};
      if (!logits || totalLogitWeight === undefined) throw new Error("The sampler returned no logits");
      return this.#logprobs(asToken(following[index] ?? 0), logits, totalLogitWeight, top);
    });
  }

  /** Appends tokens to the cache and draws the token that follows them. */
  async sample(ids: readonly number[], options: SampleOptions): Promise<SampledToken> {
    const last = ids.at(-1);
    if (last === undefined) throw new RangeError("sample() needs at least one token");
    if (options.grammar !== undefined) return await this.#sampleHeld(ids, options, options.grammar);
    const withLogits = options.topLogprobs !== null;
    const outputs = await this.#sequence.controlledEvaluate([
      ...ids.slice(0, -1).map(asToken),
      [
        asToken(last),
        {
          generateNext: {
            token: true,
            totalLogitWeight: withLogits,
            logits: withLogits
              ? {
                  filter: {
                    tokens: [],
                    includeMax: true,
                    includeSelected: true,
                    includeTop: options.topLogprobs ?? 0,
                  },
                }
              : false,
            options: samplerOf(options),
          },
        },
      ],
    ]);
    const next = outputs[ids.length - 1]?.next;
    if (next?.token === undefined || next.token === null) throw new Error("The sampler returned no token");
    if (!next.logits || next.totalLogitWeight === undefined) return { id: next.token };
    return {
      id: next.token,
      ...this.#logprobs(next.token, next.logits, next.totalLogitWeight, options.topLogprobs ?? 0),
    };
  }

  /**
   * Appends tokens, and has the grammar take note of one that was drawn from them before: an answer is resumed.
   * @throws Error when the grammar does not allow it
   */
  async replay(ids: readonly number[], drawn: number, grammar: GrammarState): Promise<void> {
    const bias = TokenBias.for(this.#model).set(asToken(drawn), { logit: overwhelming });
    const greedily = { temperature: 0, topP: 1, seed: 0, topLogprobs: null, bias };
    const { id } = await this.#sampleHeld(ids, greedily, grammar);
    if (id !== drawn) throw new Error("The grammar does not allow what was written before.");
  }

  /** The call that fills batches knows no grammars: this one draws a single token, and is closed again. */
  async #sampleHeld(
    ids: readonly number[],
    options: SampleOptions,
    grammar: GrammarState,
  ): Promise<SampledToken> {
    const probabilities = options.topLogprobs !== null;
    const drawing = this.#sequence.evaluateWithMetadata(
      ids.map(asToken),
      { probabilities },
      { ...samplerOf(options), grammarEvaluationState: grammar, yieldEogToken: true },
    );
    try {
      const { value, done } = await drawing.next();
      if (done || value === undefined) throw new Error("The sampler returned no token");
      if (!("probabilities" in value) || !(value.probabilities instanceof Map)) return { id: value.token };
      const ranked = [...value.probabilities].toSorted(([, a], [, b]) => b - a);
      return {
        id: value.token,
        logprob: Math.log(value.probabilities.get(value.token) ?? 0),
        alternatives: ranked.slice(0, options.topLogprobs ?? 0).map(([id, probability]) => ({
          text: this.#model.detokenize([id]),
          logprob: Math.log(probability),
        })),
      };
    } finally {
      await drawing.return();
    }
  }

  /** log softmax: logit - max - ln(sum of exp(logit - max)), the sum being `totalLogitWeight`. */
  #logprobs(selected: Token, logits: ReadonlyMap<Token, number>, totalLogitWeight: number, top: number) {
    const ranked = [...logits].toSorted(([, a], [, b]) => b - a);
    const normalizer = (ranked[0]?.[1] ?? 0) + Math.log(totalLogitWeight);
    const alternatives = ranked
      .slice(0, top)
      .map(([id, logit]) => ({ text: this.#model.detokenize([id]), logprob: logit - normalizer }));
    return { logprob: (logits.get(selected) ?? Number.NEGATIVE_INFINITY) - normalizer, alternatives };
  }
}
