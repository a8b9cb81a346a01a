/**
 * The requests to one vLLM, or to another OpenAI-compatible server: asks, streams, counts tokens. It knows nothing of
 * processes.
 */
import { Type as t } from "@sinclair/typebox";
import type { PromptToken } from "../../chat/chat-event.ts";
import type { ChatMessage, Tool } from "../../chat/engine.ts";
import { EngineUnavailableError } from "../../errors.ts";
import { UpstreamHttp, type UpstreamHttpOptions } from "../upstream/upstream-http.ts";
import { upstreamMessage, upstreamTool } from "./request-body.ts";
import {
  EchoedPrompt,
  parseChunk,
  parseTextChunk,
  promptTokensOf,
  type UpstreamChunk,
} from "./upstream-chunk.ts";

const ModelList = t.Object({
  data: t.Array(
    t.Object({
      id: t.String(),
      max_model_len: t.Optional(t.Union([t.Integer(), t.Null()])),
      owned_by: t.Optional(t.Union([t.String(), t.Null()])),
    }),
  ),
});
const TokenCount = t.Object({ count: t.Integer(), max_model_len: t.Optional(t.Integer()) });
const TokenList = t.Object({ tokens: t.Array(t.Integer()) });

export interface ServedModel {
  readonly id: string;
  /** Tokens of prompt and answer together; null when the server does not tell. */
  readonly contextSize: number | null;
  /** Others speak the same interface, and know less of it. */
  readonly isVllm: boolean;
}

export class VllmClient {
  readonly #http: UpstreamHttp;

  constructor(options: UpstreamHttpOptions) {
    this.#http = new UpstreamHttp(options);
  }

  /** As it may be shown: without user, password and query. */
  get shownUrl(): string {
    return this.#http.shownUrl;
  }

  /**
   * Yields the chunks of one answer; it has ended well when `[DONE]` came, or the reason of its end: some gateways leave out
   * the one or the other.
   * @param body of that address, without `stream`
   * @throws EngineUnavailableError, EngineFailedError or UnsupportedRequestError; signal.reason when aborted
   */
  stream(
    path: "/v1/chat/completions" | "/v1/completions",
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): AsyncGenerator<UpstreamChunk, void, void> {
    const parse = path === "/v1/completions" ? parseTextChunk : parseChunk;
    return this.#http.stream(path, body, { parse, isLast }, signal);
  }

  /** @throws EngineUnavailableError when it does not answer */
  async model(signal: AbortSignal): Promise<ServedModel> {
    const { data } = await this.#http.json("/v1/models", ModelList, signal);
    const [first] = data;
    if (first === undefined) throw new EngineUnavailableError("vLLM serves no model.");
    return {
      id: first.id,
      contextSize: first.max_model_len ?? null,
      isVllm: first.owned_by === "vllm" || first.max_model_len != null,
    };
  }

  /** How many tokens the prompt takes by the server's own tokenizer and template. */
  async countTokens(
    model: string,
    messages: readonly ChatMessage[],
    tools: readonly Tool[],
    signal: AbortSignal,
  ): Promise<number> {
    const body = {
      model,
      messages: messages.map(upstreamMessage),
      ...(tools.length === 0 ? {} : { tools: tools.map(upstreamTool) }),
    };
    return (await this.#http.json("/tokenize", TokenCount, signal, body)).count;
  }

  /** How many tokens plain text takes. */
  async countText(model: string, prompt: string, signal: AbortSignal): Promise<number> {
    const body = { model, prompt, add_special_tokens: false };
    return (await this.#http.json("/tokenize", TokenCount, signal, body)).count;
  }

  /** The ids of plain text's tokens. */
  async textTokens(model: string, prompt: string, signal: AbortSignal): Promise<readonly number[]> {
    const body = { model, prompt, add_special_tokens: false };
    return (await this.#http.json("/tokenize", TokenList, signal, body)).tokens;
  }

  /**
   * The tokens of a prompt that is to be continued as it is.
   * @param topLogprobs how many alternatives to each are told; null: no log-probabilities
   */
  async promptTokens(
    model: string,
    prompt: string | readonly number[],
    topLogprobs: number | null,
    signal: AbortSignal,
  ): Promise<readonly PromptToken[]> {
    const wanted = topLogprobs === null ? {} : { logprobs: topLogprobs };
    const body = { model, prompt, echo: true, max_tokens: 0, temperature: 0, ...wanted };
    const path = "/v1/completions";
    return promptTokensOf(await this.#http.json(path, EchoedPrompt, signal, body, this.#http.firstChunkMs));
  }
}

const isLast = (chunk: UpstreamChunk) => Boolean(chunk.choices[0]?.finish_reason);
