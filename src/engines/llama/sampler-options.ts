/** How a token is drawn, in the words of node-llama-cpp. */
import type { LlamaGrammarEvaluationState, Token, TokenBias } from "node-llama-cpp";
import type { Sampling } from "../../chat/engine.ts";

/** The library's default: only the 40 most likely tokens are ever drawn from. */
const usualTopK = 40;

export interface SampleOptions {
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  readonly topLogprobs: number | null;
  readonly topK?: number;
  readonly minP?: number;
  readonly penalties?: Penalties;
  readonly bias?: TokenBias;
  /** Only what it allows is drawn, and it takes note of it. */
  readonly grammar?: GrammarState;
}

/** What the tokens that the answer has already make less likely. */
interface Penalties {
  readonly tokens: readonly number[];
  readonly presence: number;
  readonly frequency: number;
  /** 1: none. */
  readonly repeat: number;
}

/** How far a grammar has been followed; one for each answer. */
export type GrammarState = LlamaGrammarEvaluationState;

/** Above every logit that a model gives. */
export const overwhelming = 1_000;

export const samplerOf = ({ temperature, topP, topK, minP, seed, penalties, bias }: SampleOptions) => ({
  temperature,
  topP,
  topK: topK ?? usualTopK,
  seed,
  ...(minP === undefined ? {} : { minP }),
  ...(bias === undefined ? {} : { tokenBias: bias }),
  ...(penalties === undefined || penalties.tokens.length === 0
    ? {}
    : {
        repeatPenalty: {
          punishTokens: penalties.tokens.map(asToken),
          maxPunishTokens: penalties.tokens.length,
          penalty: penalties.repeat,
          presencePenalty: penalties.presence,
          frequencyPenalty: penalties.frequency,
        },
      }),
});

/** node-llama-cpp brands its tokens but has no constructor for them: ids that come from its vocabulary are tokens. */
export function asToken(id: number): Token {
  return id as Token;
}

/** -100 is never: see Sampling.logitBias. @param banned ids of tokens */
export const withBanned = (logitBias: Sampling["logitBias"] = {}, banned: readonly number[] = []) => ({
  ...logitBias,
  ...Object.fromEntries(banned.map((id) => [id, -100])),
});
