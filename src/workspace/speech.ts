/**
 * Writes down what one owner says, and reads aloud what their programs send: within their limits, in the language that they speak. Nothing of it is kept. It knows nothing of
 * HTTP.
 */
import type { UsageLimits } from "../accounts/usage-limits.ts";
import { audioFormOf, audioKinds } from "../speech/audio-form.ts";
import type { Transcriber } from "../speech/speech-client.ts";
import {
  NoSpeechToTextError,
  NoTextToSpeechError,
  RecordingRefusedError,
  RecordingTooLargeError,
} from "../speech/speech-errors.ts";
import type { Voice } from "../speech/voice-client.ts";
import type { OwnerId } from "../store/schema.ts";
import { languageOfSpeech } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";

/** A recording, in bytes: what OpenAI takes. */
export const largestRecording = 25_000_000;

interface SpeechDeps {
  /** null: no server is configured. */
  readonly transcriber: Transcriber | null;
  /** null: no server is configured. */
  readonly voice: Voice | null;
  readonly limits: Pick<UsageLimits, "beginTranscription"> | undefined;
}

export type OwnSpeech = ReturnType<typeof speechOf>;

export const speechOf = ({ transcriber, voice, limits }: SpeechDeps, ownerId: OwnerId) => ({
  /** Whether speech can be written down. */
  isConfigured: transcriber !== null,
  /** Before the recording is read. @returns ends it @throws NoSpeechToTextError, TooManyRequestsError */
  begin(): () => void {
    if (transcriber === null) throw new NoSpeechToTextError();
    return limits?.beginTranscription(ownerId) ?? (() => {});
  },
  /**
   * @param language of two letters; left out: the one that its owner has chosen, or their browser's
   * @returns the text @throws AppError
   */
  async transcribe(
    recording: Uint8Array<ArrayBuffer>,
    language: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    if (transcriber === null) throw new NoSpeechToTextError();
    const file = fileOf(recording);
    const spoken = language ?? languageOfSpeech();
    return await transcriber.transcribe(file, spoken === null ? {} : { language: spoken }, signal);
  },
  /** @param fields of OpenAI's form, beside the file @returns what the server says of it @throws AppError */
  async transcribeAs(
    recording: Uint8Array<ArrayBuffer>,
    fields: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<string> {
    if (transcriber === null) throw new NoSpeechToTextError();
    return await transcriber.transcribeAs(fileOf(recording), fields, signal);
  },
  /** @returns ends it @throws NoTextToSpeechError, TooManyRequestsError */
  beginSpeaking(): () => void {
    if (voice === null) throw new NoTextToSpeechError();
    return limits?.beginTranscription(ownerId) ?? (() => {});
  },
  /** @param asked the fields of OpenAI's request @throws AppError */
  async speak(asked: object, signal: AbortSignal): ReturnType<Voice["speak"]> {
    if (voice === null) throw new NoTextToSpeechError();
    return await voice.speak(asked, signal);
  },
});

/** @throws RecordingTooLargeError, RecordingRefusedError */
function fileOf(recording: Uint8Array<ArrayBuffer>): File {
  if (recording.length > largestRecording) throw new RecordingTooLargeError();
  const form = audioFormOf(recording);
  if (form === null)
    throw new RecordingRefusedError(
      say`This is no recording that can be read. Send ${{ verbatim: audioKinds }}.`,
      { param: "file" },
    );
  return new File([recording], `speech.${form.ending}`, { type: form.mediaType });
}
