/** Why speech was not written down. No message holds what the speech-to-text server has said. */
import { AppError, type ErrorFacts } from "../errors.ts";
import { say } from "../texts/say.ts";

/** The settings name no speech-to-text server. */
export class NoSpeechToTextError extends AppError {
  readonly status = 404;
  readonly code = "no_speech_to_text";
  constructor() {
    super(
      say`Dictation is not set up. Name a speech-to-text server with STT_URL, and start the assistant again.`,
    );
  }
}

/** The settings name no text-to-speech server. */
export class NoTextToSpeechError extends AppError {
  readonly status = 404;
  readonly code = "no_text_to_speech";
  constructor() {
    super(
      "Nothing reads texts aloud here. Name a text-to-speech server with TTS_URL, and start the assistant again.",
    );
  }
}

/** It cannot be reached, or does not serve us now. */
export class SpeechUnavailableError extends AppError {
  readonly status = 503;
  readonly code = "speech_unavailable";
}

/** It has answered, but not with a text. */
export class SpeechFailedError extends AppError {
  readonly status = 502;
  readonly code = "speech_failed";
}

/** It is no recording, or none that the server can read. */
export class RecordingRefusedError extends AppError {
  readonly status = 422;
  readonly code = "recording_refused";
}

/** There are no words in it. */
export class NothingHeardError extends AppError {
  readonly status = 422;
  readonly code = "nothing_heard";
  constructor() {
    super(say`No words were heard. Speak closer to the microphone, and record again.`);
  }
}

export class RecordingTooLargeError extends AppError {
  readonly status = 413;
  readonly code = "too_large";
  constructor(facts: ErrorFacts = {}) {
    super(say`The recording is too long. Dictate in shorter pieces.`, facts);
  }
}

/** The client has left before there was a text: nobody reads this. */
export class ListenerLeftError extends AppError {
  readonly status = 499;
  readonly code = "reader_left";
}
