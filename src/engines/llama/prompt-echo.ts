/**
 * The tokens of a prompt as a request with `echo` gets them: collected while the prompt is read, told before the answer. It
 * knows nothing of how a prompt is read.
 */
import type { ChatEvent, PromptToken } from "../../chat/chat-event.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";
import type { ModelSequence } from "./model-sequence.ts";
import { TokenText } from "./token-text.ts";

interface PromptEchoOptions {
  readonly runtime: Pick<LlamaRuntime, "detokenize" | "model">;
  /** The prompt alone, without the answer's part that exists already. */
  readonly asked: readonly number[];
  /** Whether its first token is the model's mark of a beginning, which nobody sent. */
  readonly isMarked: boolean;
  /** How many alternatives to each token are told; null: no log-probabilities at all. */
  readonly topLogprobs: number | null;
}

export class PromptEcho {
  readonly #options: PromptEchoOptions;
  /** Of the second token and of those after it, as far as the prompt was read. */
  readonly #logprobs: Omit<PromptToken, "text">[] = [];
  #isTold = false;

  constructor(options: PromptEchoOptions) {
    this.#options = options;
  }

  /** Whether every token of the prompt has to be read again, whatever the cache has of it. */
  get needsLogits(): boolean {
    return this.#options.topLogprobs !== null;
  }

  /** Reads a part of the prompt. @param at its first token's place */
  async read(
    sequence: Pick<ModelSequence, "evaluate" | "evaluateKnown">,
    ids: readonly number[],
    at: number,
  ): Promise<void> {
    const { asked, topLogprobs } = this.#options;
    if (topLogprobs === null) return await sequence.evaluate(ids);
    const following = asked.slice(at + 1, at + 1 + ids.length);
    this.#logprobs.push(...(await sequence.evaluateKnown(ids, following, topLogprobs)));
  }

  /** Once; then nothing. */
  events(): readonly ChatEvent[] {
    if (this.#isTold) return [];
    this.#isTold = true;
    const { asked, isMarked, runtime } = this.#options;
    const text = new TokenText((ids, before) => runtime.detokenize(ids, before, true));
    const tokens = asked.map((id, index): PromptToken => {
      const told = text.push(id)?.text ?? (index === asked.length - 1 ? text.flush()?.text : undefined);
      return { text: told ?? "", ...this.#logprobs[index - 1] };
    });
    if (!isMarked) return [{ type: "prompt-tokens", tokens }];
    const [{ text: first = "" } = {}, ...rest] = tokens.slice(1);
    return [{ type: "prompt-tokens", tokens: [{ text: first }, ...rest] }];
  }
}
