/** The servers for speech that the settings name. */
import { SpeechClient, type Transcriber } from "./speech-client.ts";
import { type Voice, VoiceClient } from "./voice-client.ts";

export interface SpeechServers {
  /** What writes speech down; null: nothing does. */
  readonly transcriber: Transcriber | null;
  /** What reads texts aloud; null: nothing does. */
  readonly voice: Voice | null;
}

export const speechServers = (settings: {
  readonly speech: ConstructorParameters<typeof SpeechClient>[0] | null;
  readonly voice: ConstructorParameters<typeof VoiceClient>[0] | null;
}): SpeechServers => ({
  transcriber: settings.speech === null ? null : new SpeechClient(settings.speech),
  voice: settings.voice === null ? null : new VoiceClient(settings.voice),
});
