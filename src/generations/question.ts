/** What a client asks, after validation and defaults: the one input from which a generation is made. */

import type { ConversationChoices } from "../chat/answer-choices.ts";
import type { ApiRequest } from "../chat/api-request.ts";
import type { ChatMessage } from "../chat/engine.ts";
import { prefilled } from "../chat/prefill.ts";

export interface Question {
  readonly message: string;
  /** The owner; null or absent: the local owner, without a login. A new conversation becomes theirs. */
  readonly ownerId?: string | null;
  /** Continue this conversation; absent: begin one. Another owner's does not exist. */
  readonly conversationId?: string;
  /**
   * The message that the question follows, in place of the last one that is shown: an edited question follows what the
   * former one did, and is a branch of its own. null: it follows none.
   */
  readonly after?: string | null;
  /** Of a new conversation: it is not kept, and what the owner has told the program is not recalled for it. */
  readonly isTemporary?: boolean;
  /** Of a new conversation: the id of its project. */
  readonly projectId?: string;
  /** Of a new conversation: what it keeps of the preset that it is begun with. */
  readonly settings?: ConversationChoices;
  /** The ids of the files that it is asked with, in this order. */
  readonly files?: readonly string[];
  /** The ids of the documents that the conversation is asked about from now on; left out: those that it has. */
  readonly documents?: readonly string[];
  /**
   * Its answer may call tools of other programs that its conversation uses, and wait for a person to allow a call. Left out: it
   * never waits.
   */
  readonly mayWait?: boolean;
  /** Of a new conversation: the ids of the servers whose tools it uses. */
  readonly toolServers?: readonly string[];
  /** A question whose files this one has, too: it is that question in other words. */
  readonly filesOf?: string;
  /** As the client named it; aliases are resolved by the catalogue. */
  readonly model: string;
  /** How many memories may be recalled into the prompt; 0 none. */
  readonly memoryContext: number;
  /** What the model is told first, in place of the owner's instructions and profile. */
  readonly systemPrompt?: string;
  readonly sampling: {
    readonly temperature: number;
    readonly topP: number;
    readonly maxTokens: number;
    /** Absent: chosen at random, and stored, so that the answer can be replayed. */
    readonly seed?: number;
    readonly stop: readonly string[];
    readonly topLogprobs: number | null;
    readonly presencePenalty?: number;
    readonly frequencyPenalty?: number;
    readonly topK?: number;
    readonly minP?: number;
    readonly repeatPenalty?: number;
    readonly thoughtTokens?: number;
    readonly logitBias?: Readonly<Record<string, number>>;
  };
  /** In place of a conversation: the whole prompt, to which nothing is added. `message` is what stands for it in lists. */
  readonly request?: ApiRequest;
  /** Of a request: whether it enters the list of conversations, with what was said before. */
  readonly isKept?: boolean;
  /** The same key names the same generation, however often it is sent. */
  readonly idempotencyKey?: string;
}

/** How one of two answers to the same question is made. */
export type AnswerSettings = Pick<Question, "model" | "memoryContext" | "sampling" | "systemPrompt">;

/** The most characters a question may have. */
export const questionLimit = 20_000;

/** How an answer is drawn unless the client says otherwise; the seed is then chosen at random. */
export const defaultSampling = {
  temperature: 0.7,
  topP: 0.95,
  maxTokens: 2048,
  stop: [],
  topLogprobs: null,
} satisfies Question["sampling"];

/** How an answer is drawn as its owner has set it. */
export const samplingOf = (chosen: {
  readonly temperature: number;
  readonly top_p: number;
  readonly max_tokens: number;
  /** null: at random. */
  readonly seed: number | null;
  /** null: no limit. */
  readonly thinking_budget: number | null;
}): Question["sampling"] => ({
  ...defaultSampling,
  temperature: chosen.temperature,
  topP: chosen.top_p,
  maxTokens: chosen.max_tokens,
  ...(chosen.seed === null ? {} : { seed: chosen.seed }),
  ...(chosen.thinking_budget === null ? {} : { thoughtTokens: chosen.thinking_budget }),
});

/** Whether these messages end with the beginning of the answer, which the model continues. */
export const beginsItsAnswer = (messages: readonly ChatMessage[]): boolean =>
  prefilled(messages).prefill !== "";
