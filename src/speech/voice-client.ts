/**
 * Speaks HTTP with a text-to-speech server of OpenAI's shape: sends a text, gets a recording as it is made. Every failure becomes
 * a named error. It knows nothing of who asks.
 * @see https://platform.openai.com/docs/api-reference/audio/createSpeech
 */
import { AppError } from "../errors.ts";
import { upstreamAddress } from "../upstream/upstream-address.ts";
import { ListenerLeftError, SpeechFailedError, SpeechUnavailableError } from "./speech-errors.ts";

/** What reads a text aloud. */
export interface Voice {
  /**
   * @param asked the fields of OpenAI's request
   * @throws SpeechUnavailableError, SpeechFailedError; ListenerLeftError when aborted
   */
  speak(asked: object, signal: AbortSignal): Promise<Recording>;
}

interface Recording {
  /** Of audio, or of events that hold it. */
  readonly mediaType: string;
  readonly body: ReadableStream<Uint8Array>;
}

interface VoiceClientOptions {
  /** Without /v1; it may hold a user, a password and a query. */
  readonly url: string;
  readonly apiKey: string | null;
  /** Until the first byte comes. */
  readonly deadlineMs?: number;
}

/** What else a server sends (a page, JSON) is no recording. */
const recordings = /^(?:audio\/[\w.+-]+|application\/octet-stream|text\/event-stream)$/;

export class VoiceClient implements Voice {
  readonly #address: string;
  readonly #authorization: string | null;
  readonly #deadlineMs: number;

  constructor({ url, apiKey, deadlineMs = 120_000 }: VoiceClientOptions) {
    const { base, search, authorization } = upstreamAddress(url);
    this.#address = `${base}/v1/audio/speech${search}`;
    this.#authorization = apiKey === null ? authorization : `Bearer ${apiKey}`;
    this.#deadlineMs = deadlineMs;
  }

  async speak(asked: object, signal: AbortSignal): Promise<Recording> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.#deadlineMs);
    try {
      const response = await fetch(this.#address, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(this.#authorization === null ? {} : { authorization: this.#authorization }),
        },
        body: JSON.stringify(asked),
        // A text goes to the configured place, and nowhere else.
        redirect: "manual",
        signal: AbortSignal.any([signal, late.signal]),
      });
      return await recordingIn(response);
    } catch (error) {
      if (signal.aborted) throw new ListenerLeftError("The listener has left.", {}, { cause: error });
      if (error instanceof AppError) throw error;
      if (late.signal.aborted)
        throw new SpeechFailedError(
          "The text-to-speech server takes too long. Send shorter texts.",
          {},
          { cause: error },
        );
      throw new SpeechUnavailableError(
        "The text-to-speech server cannot be reached. Start it, or check TTS_URL.",
        {},
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @throws AppError */
async function recordingIn(response: Response): Promise<Recording> {
  const mediaType = (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const { body, status } = response;
  if (response.ok && body !== null && recordings.test(mediaType)) return { mediaType, body };
  await body?.cancel();
  throw problemOf(status);
}

function problemOf(status: number): AppError {
  const facts = { upstream_status: status };
  if (status < 400)
    return new SpeechFailedError(
      "What is at TTS_URL does not answer as a text-to-speech server. Check the address.",
      facts,
    );
  if (status === 401 || status === 403)
    return new SpeechUnavailableError("The text-to-speech server refuses the key. Check TTS_API_KEY.", facts);
  if (status === 429 || status === 503)
    return new SpeechUnavailableError("The text-to-speech server is busy. Try again in a moment.", facts);
  return new SpeechFailedError(
    `The text-to-speech server has refused the request (${status}). It may not know the model, the voice or the format.`,
    facts,
  );
}
