/**
 * Speaks HTTP with a speech-to-text server of OpenAI's shape: sends a recording, gets a text. Every failure becomes a named error.
 * It knows nothing of who speaks, nor of what becomes of the text.
 * @see https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { AppError } from "../errors.ts";
import { say } from "../texts/say.ts";
import {
  NothingHeardError,
  RecordingRefusedError,
  RecordingTooLargeError,
  SpeechFailedError,
  SpeechUnavailableError,
} from "./speech-errors.ts";
import { SpeechServer, type SpeechServerPlace } from "./speech-server.ts";

interface TranscribeOptions {
  /** The language that is spoken, of two letters (ISO 639-1); left out: the server finds out. */
  readonly language?: string;
}

/** What writes speech down. */
export interface Transcriber {
  /**
   * @param file its name ends as its kind does
   * @returns the text, which is not empty
   * @throws SpeechUnavailableError, SpeechFailedError, RecordingRefusedError, RecordingTooLargeError, NothingHeardError; ListenerLeftError
   * when aborted
   */
  transcribe(file: File, options: TranscribeOptions, signal: AbortSignal): Promise<string>;
  /**
   * @param fields of OpenAI's form, beside the file and the model
   * @returns what the server says, in the form that was asked for
   * @throws as `transcribe`
   */
  transcribeAs(file: File, fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string>;
}

interface SpeechClientOptions extends SpeechServerPlace {
  readonly model: string;
  /** From the first byte sent to the last one received: on a processor an hour of speech takes minutes. */
  readonly deadlineMs?: number;
}

/** In bytes: a day of speech is less. */
const largestReply = 1_000_000;

const Transcription = t.Object({ text: t.String() });

export class SpeechClient implements Transcriber {
  readonly #server: SpeechServer;
  readonly #model: string;
  readonly #deadlineMs: number;

  constructor({ model, deadlineMs = 300_000, ...place }: SpeechClientOptions) {
    this.#server = new SpeechServer(place, "/v1/audio/transcriptions");
    this.#model = model;
    this.#deadlineMs = deadlineMs;
  }

  async transcribe(file: File, { language }: TranscribeOptions, signal: AbortSignal): Promise<string> {
    const fields = { response_format: "json", ...(language === undefined ? {} : { language }) };
    return await this.#ask(file, fields, signal, textIn);
  }

  async transcribeAs(
    file: File,
    fields: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<string> {
    return await this.#ask(file, fields, signal, fields.response_format?.endsWith("json") ? jsonIn : bodyIn);
  }

  async #ask(
    file: File,
    fields: Readonly<Record<string, string>>,
    signal: AbortSignal,
    read: (response: Response) => Promise<string>,
  ): Promise<string> {
    const form = new FormData();
    form.set("file", file, file.name);
    form.set("model", this.#model);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const late = AbortSignal.timeout(this.#deadlineMs);
    const words = {
      left: "The one who spoke has left.",
      late: say`The speech-to-text server takes too long. Try again, or dictate in shorter pieces.`,
      unreachable: say`The speech-to-text server cannot be reached. Start it, or check STT_URL.`,
    };
    return await this.#server.post({ body: form }, { signal, late, words }, read);
  }
}

/** @throws AppError */
async function bodyIn(response: Response): Promise<string> {
  if (response.ok) return await boundedText(response);
  await response.body?.cancel();
  throw problemOf(response.status);
}

/** @throws AppError */
async function jsonIn(response: Response): Promise<string> {
  const body = await bodyIn(response);
  if (!Value.Check(Transcription, parsed(body))) throw notSpeechToText();
  return body;
}

/** @throws AppError */
async function textIn(response: Response): Promise<string> {
  const reply = parsed(await bodyIn(response));
  if (!Value.Check(Transcription, reply)) throw notSpeechToText();
  const text = reply.text.trim();
  if (text === "") throw new NothingHeardError();
  return text;
}

const notSpeechToText = () =>
  new SpeechFailedError(
    say`What is at STT_URL does not answer as a speech-to-text server. Check the address.`,
  );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @throws SpeechFailedError for a reply that is longer than any text */
async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    length += next.value.length;
    if (length > largestReply) {
      await reader?.cancel();
      throw notSpeechToText();
    }
    text += decoder.decode(next.value, { stream: true });
  }
  return text + decoder.decode();
}

function problemOf(status: number): AppError {
  const facts = { upstream_status: status };
  switch (status) {
    case 401:
    case 403:
      return new SpeechUnavailableError(
        say`The speech-to-text server refuses the key. Check STT_API_KEY.`,
        facts,
      );
    case 404:
      return new SpeechUnavailableError(
        say`The speech-to-text server has no such address or model. Check STT_URL and STT_MODEL.`,
        facts,
      );
    case 413:
      return new RecordingTooLargeError(facts);
    case 400:
    case 415:
    case 422:
      return new RecordingRefusedError(
        say`The speech-to-text server cannot read this recording. Record it again.`,
        facts,
      );
    case 429:
    case 503:
      return new SpeechUnavailableError(
        say`The speech-to-text server is busy. Try again in a moment.`,
        facts,
      );
    default:
      return new SpeechFailedError(
        say`The speech-to-text server has refused the recording (${status}). Try again.`,
        facts,
      );
  }
}
