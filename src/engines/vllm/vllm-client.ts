/**
 * Speaks HTTP with one vLLM (or another OpenAI-compatible server): asks, streams, counts tokens, probes. Every
 * failure becomes a named error, and a stream that ends early is never taken for a whole answer. It knows nothing
 * of processes.
 */
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { PromptToken } from "../../chat/chat-event.ts";
import type { ChatMessage, Tool } from "../../chat/engine.ts";
import {
  AppError,
  EngineFailedError,
  EngineUnavailableError,
  PromptTooLongError,
  UnsupportedRequestError,
} from "../../errors.ts";
import { MovingDeadline } from "../../sse/moving-deadline.ts";
import { readEventData } from "../../sse/read-event-data.ts";
import { upstreamAddress } from "../../upstream/upstream-address.ts";
import { upstreamMessage, upstreamTool } from "./request-body.ts";
import {
  EchoedPrompt,
  parseChunk,
  parseTextChunk,
  promptTokensOf,
  type UpstreamChunk,
} from "./upstream-chunk.ts";

interface VllmClientOptions {
  /** Without /v1, without a slash at the end; it may hold a user, a password and a query. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** This much silence before the first chunk means that it hangs: a long prompt and a full queue take time. */
  readonly firstChunkMs?: number;
  /** This much silence between two chunks means that it hangs. */
  readonly silenceMs?: number;
  /** For the short requests: models, counting, health. */
  readonly requestMs?: number;
}

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
  /** As it may be shown: without user, password and query. */
  readonly shownUrl: string;
  readonly #search: string;
  readonly #authorization: string | null;
  readonly #firstChunkMs: number;
  readonly #silenceMs: number;
  readonly #requestMs: number;

  constructor({ baseUrl, apiKey, firstChunkMs, silenceMs, requestMs }: VllmClientOptions) {
    const { base, search, authorization } = upstreamAddress(baseUrl);
    this.shownUrl = base;
    this.#search = search;
    this.#authorization = apiKey === null ? authorization : `Bearer ${apiKey}`;
    this.#firstChunkMs = firstChunkMs ?? 300_000;
    this.#silenceMs = silenceMs ?? 30_000;
    this.#requestMs = requestMs ?? 10_000;
  }

  /**
   * Yields the chunks of one answer; it has ended well when `[DONE]` came, or the reason of its end: some gateways leave out
   * the one or the other.
   * @param body of that address, without `stream`
   * @throws EngineUnavailableError, EngineFailedError or UnsupportedRequestError; signal.reason when aborted
   */
  async *stream(
    path: "/v1/chat/completions" | "/v1/completions",
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): AsyncGenerator<UpstreamChunk, void, void> {
    const watch = new SilenceWatch(signal);
    try {
      watch.expectWithin(this.#firstChunkMs);
      const response = await this.#fetch(path, watch.signal, { ...body, stream: true });
      if (!response.ok) throw await problemOf(response);
      if (response.body === null) throw new EngineFailedError("vLLM answered with nothing. Try again.");
      let isFinished = false;
      for await (const data of readEventData(response.body)) {
        watch.expectWithin(this.#silenceMs);
        if (data === "[DONE]") return;
        const chunk = path === "/v1/completions" ? parseTextChunk(data) : parseChunk(data);
        isFinished ||= Boolean(chunk.choices[0]?.finish_reason);
        yield chunk;
        // The time that the consumer takes is not vLLM's silence.
        watch.expectWithin(this.#silenceMs);
      }
      if (isFinished) return;
    } catch (error) {
      throw watch.explain(error);
    } finally {
      watch[Symbol.dispose]();
    }
    throw new EngineFailedError("vLLM stopped in the middle of the answer. Try again.");
  }

  /** @throws EngineUnavailableError when it does not answer */
  async model(signal: AbortSignal): Promise<ServedModel> {
    const { data } = await this.#json("/v1/models", ModelList, signal);
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
    return (await this.#json("/tokenize", TokenCount, signal, body)).count;
  }

  /** How many tokens plain text takes. */
  async countText(model: string, prompt: string, signal: AbortSignal): Promise<number> {
    const body = { model, prompt, add_special_tokens: false };
    return (await this.#json("/tokenize", TokenCount, signal, body)).count;
  }

  /** The ids of plain text's tokens. */
  async textTokens(model: string, prompt: string, signal: AbortSignal): Promise<readonly number[]> {
    const body = { model, prompt, add_special_tokens: false };
    return (await this.#json("/tokenize", TokenList, signal, body)).tokens;
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
    return promptTokensOf(await this.#json(path, EchoedPrompt, signal, body, this.#firstChunkMs));
  }

  async isHealthy(signal: AbortSignal): Promise<boolean> {
    const response = await this.#fetch("/health", signal);
    await response.body?.cancel();
    return response.ok;
  }

  async #json<Schema extends TSchema>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
    body?: Readonly<Record<string, unknown>>,
    deadlineMs = this.#requestMs,
  ): Promise<Static<Schema>> {
    const watch = new SilenceWatch(signal);
    try {
      watch.expectWithin(deadlineMs);
      const response = await this.#fetch(path, watch.signal, body);
      if (!response.ok) throw await problemOf(response);
      const parsed: unknown = await response.json();
      if (Value.Check(schema, parsed)) return parsed;
      throw new EngineUnavailableError(`${path} does not answer as vLLM does.`);
    } catch (error) {
      throw watch.explain(error);
    } finally {
      watch[Symbol.dispose]();
    }
  }

  #fetch(path: string, signal: AbortSignal, body?: Readonly<Record<string, unknown>>): Promise<Response> {
    const headers: Record<string, string> = {};
    const url = `${this.shownUrl}${path}${this.#search}`;
    if (this.#authorization !== null) headers.authorization = this.#authorization;
    if (body === undefined) return fetch(url, { headers, signal });
    headers["content-type"] = "application/json";
    return fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal });
  }
}

/** Ends a request that is silent for too long, and distinguishes that from the caller's own abort. */
class SilenceWatch implements Disposable {
  readonly #caller: AbortSignal;
  readonly #silence = new AbortController();
  readonly signal: AbortSignal;
  readonly #deadline = new MovingDeadline(() => this.#silence.abort());

  constructor(caller: AbortSignal) {
    caller.throwIfAborted();
    this.#caller = caller;
    this.signal = AbortSignal.any([caller, this.#silence.signal]);
  }

  expectWithin(milliseconds: number): void {
    this.#deadline.expectWithin(milliseconds);
  }

  /** What a failed request means. */
  explain(error: unknown): unknown {
    if (this.#caller.aborted) return this.#caller.reason;
    if (this.#silence.signal.aborted)
      return new EngineFailedError("vLLM has been silent for too long. Try again.", {}, { cause: error });
    if (error instanceof AppError) return error;
    // fetch rejects with a TypeError or with a system's code: refused, reset, no such host.
    return new EngineUnavailableError("Can't reach vLLM. Start it, then retry.", {}, { cause: error });
  }

  [Symbol.dispose](): void {
    this.#deadline[Symbol.dispose]();
    // Whatever is still under way upstream ends with us.
    this.#silence.abort();
  }
}

/** In characters: some reasons repeat the whole question. */
const longestReason = 300;

async function problemOf(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null);
  const { message, code } = visibleText(body);
  const { status } = response;
  const facts = { upstream_status: status };
  const options = { cause: message };
  if (status === 401 || status === 403)
    return new EngineUnavailableError("vLLM refuses the key. Check VLLM_API_KEY.", facts, options);
  if (status === 429 || status === 503)
    return new EngineUnavailableError("vLLM is overloaded. Try again in a moment.", facts, options);
  if (code === "context_length_exceeded" || /maximum context length/i.test(message))
    return new PromptTooLongError(
      `The conversation is too long for this model: ${message.slice(0, longestReason)}`,
      facts,
    );
  // It has understood, and says what it cannot do: a picture for a model that cannot see, a schema it cannot hold.
  if ((status === 400 || status === 422) && message !== "")
    return new UnsupportedRequestError(
      `vLLM cannot do this: ${message.slice(0, longestReason)}`,
      facts,
      options,
    );
  return new EngineFailedError(`vLLM refused the question (${status}). Try again.`, facts, options);
}

const UpstreamProblem = t.Union([
  t.Object({ error: t.Object({ message: t.String(), code: t.Optional(t.Unknown()) }) }),
  t.Object({ error: t.String() }),
  t.Object({ message: t.String() }),
  t.Object({ detail: t.Unknown() }),
]);

/** Servers tell their reasons at several places: OpenAI's, Ollama's, Mistral's, FastAPI's. */
function visibleText(body: unknown): { readonly message: string; readonly code: unknown } {
  if (!Value.Check(UpstreamProblem, body)) return { message: "", code: null };
  if ("detail" in body)
    return {
      message: typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail),
      code: null,
    };
  if ("message" in body) return { message: body.message, code: null };
  if (typeof body.error === "string") return { message: body.error, code: null };
  return { message: body.error.message, code: body.error.code ?? null };
}
