/**
 * Speaks HTTP with a server that runs a model: asks, streams, and gives up on silence. Every failure becomes a named error,
 * and a stream that ends early is never taken for a whole answer. It knows nothing of what is asked, nor of processes.
 */
import type { Static, TSchema } from "@sinclair/typebox";
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import {
  AppError,
  EngineFailedError,
  EngineUnavailableError,
  PromptTooLongError,
  UnsupportedRequestError,
} from "../../errors.ts";
import { EventParser } from "../../sse/event-parser.ts";
import { MovingDeadline } from "../../sse/moving-deadline.ts";
import { upstreamAddress } from "../../upstream/upstream-address.ts";

export interface UpstreamHttpOptions {
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

type Body = Readonly<Record<string, unknown>>;

interface StreamReading<Chunk> {
  /** @throws EngineFailedError for what is no part of an answer */
  readonly parse: (data: string) => Chunk;
  /** Whether the answer is whole after this chunk: some gateways leave out the `[DONE]` that follows. */
  readonly isLast: (chunk: Chunk) => boolean;
}

export class UpstreamHttp {
  /** As it may be shown: without user, password and query. */
  readonly shownUrl: string;
  readonly #search: string;
  readonly #authorization: string | null;
  readonly firstChunkMs: number;
  readonly #silenceMs: number;
  readonly #requestMs: number;

  constructor({ baseUrl, apiKey, firstChunkMs, silenceMs, requestMs }: UpstreamHttpOptions) {
    const { base, search, authorization } = upstreamAddress(baseUrl);
    this.shownUrl = base;
    this.#search = search;
    this.#authorization = apiKey === null ? authorization : `Bearer ${apiKey}`;
    this.firstChunkMs = firstChunkMs ?? 300_000;
    this.#silenceMs = silenceMs ?? 30_000;
    this.#requestMs = requestMs ?? 10_000;
  }

  /**
   * Yields the chunks of one answer; it has ended well when `[DONE]` or its last chunk came.
   * @param body of that address, without `stream`
   * @throws EngineUnavailableError, EngineFailedError or UnsupportedRequestError; signal.reason when aborted
   */
  async *stream<Chunk>(
    path: string,
    body: Body,
    { parse, isLast }: StreamReading<Chunk>,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk, void, void> {
    const watch = new SilenceWatch(signal);
    try {
      watch.expectWithin(this.firstChunkMs);
      const response = await this.#fetch(path, watch.signal, { ...body, stream: true });
      if (!response.ok) throw await problemOf(response);
      if (response.body === null) throw new EngineFailedError("vLLM answered with nothing. Try again.");
      const decoder = new TextDecoder();
      const events = new EventParser();
      // Every token of every answer passes here: a generator around the reading would cost as much as the reading.
      await using reader = readerOf(response.body);
      let isFinished = false;
      for (let piece = await reader.read(); !piece.done; piece = await reader.read())
        for (const { data } of events.take(decoder.decode(piece.value, { stream: true }))) {
          watch.expectWithin(this.#silenceMs);
          if (data === "[DONE]") return;
          const chunk = parse(data);
          isFinished ||= isLast(chunk);
          yield chunk;
          // The time that the consumer takes is not the server's silence.
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

  /** @throws EngineUnavailableError also for what does not fit the schema */
  async json<Schema extends TSchema>(
    path: string,
    schema: Schema,
    signal: AbortSignal,
    body?: Body,
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

  async isHealthy(signal: AbortSignal): Promise<boolean> {
    const response = await this.#fetch("/health", signal);
    await response.body?.cancel();
    return response.ok;
  }

  #fetch(path: string, signal: AbortSignal, body?: Body): Promise<Response> {
    const headers: Record<string, string> = {};
    const url = `${this.shownUrl}${path}${this.#search}`;
    if (this.#authorization !== null) headers.authorization = this.#authorization;
    if (body === undefined) return fetch(url, { headers, signal });
    headers["content-type"] = "application/json";
    return fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal });
  }
}

/** Disposing of it cancels the rest of the body. */
function readerOf(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  return {
    read: () => reader.read(),
    [Symbol.asyncDispose]: () => reader.cancel().catch(() => {}),
  };
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
  if (
    code === "context_length_exceeded" ||
    /maximum context length|exceeds the available context size/i.test(message)
  )
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
