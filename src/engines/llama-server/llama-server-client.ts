/** The requests to one llama-server: what it serves, templates, tokens, answers. It knows nothing of processes. */
import { Type as t } from "@sinclair/typebox";
import type { ChatMessage, GenerateRequest, Tool } from "../../chat/engine.ts";
import { UpstreamHttp, type UpstreamHttpOptions } from "../upstream/upstream-http.ts";
import type { Served } from "../upstream/upstream-presence.ts";
import { upstreamMessage, upstreamTool } from "../vllm/request-body.ts";
import { parseChunk, type UpstreamChunk } from "../vllm/upstream-chunk.ts";
import { CompletionReader } from "./completion-chunk.ts";

const Properties = t.Object({
  default_generation_settings: t.Object({ n_ctx: t.Integer() }),
  model_alias: t.String(),
  modalities: t.Optional(t.Object({ vision: t.Optional(t.Boolean()) })),
  chat_template_caps: t.Optional(t.Object({ supports_tools: t.Optional(t.Boolean()) })),
  build_info: t.Optional(t.String()),
});
const Templated = t.Object({ prompt: t.String() });
const TokenList = t.Object({ tokens: t.Array(t.Integer()) });
const Text = t.Object({ content: t.String() });

export interface ServedGguf extends Served {
  readonly seesPictures: boolean;
  /** Whether its template shows tools: without that llama-server passes over them, also those that must be called. */
  readonly callsTools: boolean;
  readonly build: string | null;
}

interface TokenizeOptions {
  /** Whether the text begins a prompt: what its model begins every prompt with is added, and marks of turns are marks. */
  readonly isPrompt: boolean;
}

type Body = Readonly<Record<string, unknown>>;

/** Between two pieces it may read thousands of tokens of a prompt. */
const silenceMs = 180_000;

export class LlamaServerClient {
  readonly #http: UpstreamHttp;

  constructor(options: UpstreamHttpOptions) {
    this.#http = new UpstreamHttp({ silenceMs, ...options });
  }

  get shownUrl(): string {
    return this.#http.shownUrl;
  }

  /** @throws EngineUnavailableError when it does not answer */
  async model(signal: AbortSignal): Promise<ServedGguf> {
    const properties = await this.#http.json("/props", Properties, signal);
    return {
      id: properties.model_alias,
      contextSize: properties.default_generation_settings.n_ctx,
      seesPictures: properties.modalities?.vision === true,
      callsTools: properties.chat_template_caps?.supports_tools !== false,
      build: properties.build_info ?? null,
    };
  }

  /** The text of the prompt, up to and including the opening of the assistant's turn; a mark stands for each picture. */
  async templated(
    messages: readonly ChatMessage[],
    { tools, templateFields }: Pick<GenerateRequest, "templateFields"> & { readonly tools: readonly Tool[] },
    signal: AbortSignal,
  ): Promise<string> {
    const body = {
      messages: messages.map(upstreamMessage),
      ...(tools.length === 0 ? {} : { tools: tools.map(upstreamTool) }),
      ...(templateFields === undefined ? {} : { chat_template_kwargs: templateFields }),
    };
    return (await this.#http.json("/apply-template", Templated, signal, body)).prompt;
  }

  async tokens(
    content: string,
    { isPrompt }: TokenizeOptions,
    signal: AbortSignal,
  ): Promise<readonly number[]> {
    if (content === "") return [];
    const body = { content, add_special: isPrompt, parse_special: isPrompt };
    return (await this.#http.json("/tokenize", TokenList, signal, body)).tokens;
  }

  async text(tokens: readonly number[], signal: AbortSignal): Promise<string> {
    return (await this.#http.json("/detokenize", Text, signal, { tokens })).content;
  }

  /** @throws EngineUnavailableError, EngineFailedError or UnsupportedRequestError; signal.reason when aborted */
  complete(
    body: Body,
    topLogprobs: number | null,
    signal: AbortSignal,
  ): AsyncGenerator<UpstreamChunk, void, void> {
    const reader = new CompletionReader(topLogprobs);
    return this.#http.stream("/completion", body, { parse: (data) => reader.parse(data), isLast }, signal);
  }

  /** The same, by the interface that reads calls of tools. */
  chat(body: Body, signal: AbortSignal): AsyncGenerator<UpstreamChunk, void, void> {
    return this.#http.stream("/v1/chat/completions", body, { parse: parseChunk, isLast }, signal);
  }
}

const isLast = (chunk: UpstreamChunk) => Boolean(chunk.choices[0]?.finish_reason);
