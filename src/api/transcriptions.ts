/** Speech that is written down, by the speech-to-text server of the settings. */
import { Elysia, t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { receivedForm } from "../http/received-file.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { largestRecording } from "../workspace/speech.ts";

/** A form whose file is larger than other bodies. */
export const transcriptionsPath = "/api/transcriptions";

const Transcription = t.Object(
  { text: t.String() },
  { title: "Transcription", examples: [{ text: "What is a good stop for gold?" }] },
);

export const createTranscriptionRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "transcriptions", tags: ["chat"] }).post(
    transcriptionsPath,
    async ({ request, server }): Promise<StaticReply<typeof Transcription>> => {
      const { speech } = workspaceOf(request);
      const end = speech.begin();
      try {
        const { files, fields } = await receivedForm(request, largestRecording);
        const [recording, ...more] = files;
        if (recording === undefined || more.length > 0)
          throw new InvalidRequestError("Send one recording, as the file of a form.", { param: "file" });
        // While it is written down nothing is sent; that has a deadline of its own.
        server?.timeout(request, 0);
        return { text: await speech.transcribe(recording.bytes, languageIn(fields), request.signal) };
      } finally {
        end();
      }
    },
    {
      detail: openApiDetail({
        summary: "Write down what is said in a recording",
        description:
          "By the speech-to-text server that STT_URL names, which gets the recording. WAV, WebM, Ogg, FLAC, MP3, M4A or MP4, up to " +
          `${largestRecording / 1_000_000} MB. Nothing of it is kept.`,
        requestBody: {
          "multipart/form-data": {
            schema: t.Object({
              file: t.String({ format: "binary" }),
              language: t.Optional(
                t.String({
                  pattern: "^[a-z]{2}$",
                  description:
                    "The language that is spoken (ISO 639-1); left out: the one of your settings, or your browser's.",
                }),
              ),
            }),
            example: { file: "(a recording)", language: "en" },
          },
        },
        replies: { 200: jsonReply("What was said.", Transcription) },
        errors: {
          404: "No speech-to-text server is configured.",
          413: "The recording is too large.",
          422: "It is no recording that can be read, or there are no words in it. The message names the reason.",
          502: "The speech-to-text server has failed.",
          503: "The speech-to-text server cannot be reached, refuses the key or is busy.",
        },
      }),
    },
  );

/** @throws InvalidRequestError with `param` */
function languageIn({ language }: Readonly<Record<string, string>>): string | undefined {
  if (language === undefined || /^[a-z]{2}$/.test(language)) return language;
  throw new InvalidRequestError("language must be a code of two letters, such as en.", { param: "language" });
}
