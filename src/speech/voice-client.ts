/**
 * Speaks HTTP with a text-to-speech server of OpenAI's shape: sends a text, gets a recording as it is made. Every failure becomes
 * a named error. It knows nothing of who asks.
 * @see https://platform.openai.com/docs/api-reference/audio/createSpeech
 */
import type { AppError } from "../errors.ts";
import { SpeechFailedError, SpeechUnavailableError } from "./speech-errors.ts";
import { SpeechServer, type SpeechServerPlace } from "./speech-server.ts";

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

interface VoiceClientOptions extends SpeechServerPlace {
  /** Until the first byte comes. */
  readonly deadlineMs?: number;
}

/** What else a server sends (a page, JSON) is no recording. */
const recordings = /^(?:audio\/[\w.+-]+|application\/octet-stream|text\/event-stream)$/;

export class VoiceClient implements Voice {
  readonly #server: SpeechServer;
  readonly #deadlineMs: number;

  constructor({ deadlineMs = 120_000, ...place }: VoiceClientOptions) {
    this.#server = new SpeechServer(place, "/v1/audio/speech");
    this.#deadlineMs = deadlineMs;
  }

  async speak(asked: object, signal: AbortSignal): Promise<Recording> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.#deadlineMs);
    const words = {
      left: "The listener has left.",
      late: "The text-to-speech server takes too long. Send shorter texts.",
      unreachable: "The text-to-speech server cannot be reached. Start it, or check TTS_URL.",
    };
    const sent = { headers: { "content-type": "application/json" }, body: JSON.stringify(asked) };
    try {
      return await this.#server.post(sent, { signal, late: late.signal, words }, recordingIn);
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
