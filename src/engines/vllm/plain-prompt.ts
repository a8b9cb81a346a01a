/** Prompts without a template, as vLLM takes them: with the prompt's own tokens told, and as ids of tokens. */
import type { ChatEvent } from "../../chat/chat-event.ts";
import type { GenerateRequest } from "../../chat/engine.ts";
import { EngineFailedError, UnsupportedRequestError } from "../../errors.ts";
import type { VllmClient } from "./vllm-client.ts";

/**
 * The prompt's tokens, where the request wants them: its own short request, as a stream would mix them with the answer's
 * first token. An answer that is resumed has told them.
 * @throws UnsupportedRequestError
 */
export async function* promptEcho(
  client: VllmClient,
  model: string,
  { prompt, echo, continueFrom, sampling }: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, void> {
  if (!echo || prompt === undefined || continueFrom) return;
  try {
    const tokens = await client.promptTokens(model, prompt, sampling.topLogprobs, signal);
    yield { type: "prompt-tokens", tokens };
  } catch (cause) {
    if (!(cause instanceof UnsupportedRequestError)) throw cause;
    throw new UnsupportedRequestError(
      `The model server does not echo this prompt: ${cause.message} Leave echo out, or use the llama engine or a vLLM.`,
      { param: "echo" },
      { cause },
    );
  }
}

/**
 * A prompt of ids is continued in ids: the ids of what is written already follow it.
 * @throws UnsupportedRequestError for a server that cuts no text into tokens
 */
export async function continuedInIds(
  client: VllmClient,
  model: string,
  request: GenerateRequest,
  signal: AbortSignal,
): Promise<GenerateRequest> {
  const { continueFrom, ...rest } = request;
  if (typeof rest.prompt !== "object" || !continueFrom) return request;
  try {
    const written = await client.textTokens(model, continueFrom.text, signal);
    return { ...rest, prompt: [...rest.prompt, ...written] };
  } catch (cause) {
    if (!(cause instanceof EngineFailedError)) throw cause;
    throw new UnsupportedRequestError(
      "This model server cannot resume a prompt of tokens. Send the prompt as a text.",
      { param: "prompt" },
      { cause },
    );
  }
}
