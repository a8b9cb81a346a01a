/**
 * `/v1/audio/transcriptions` and `/v1/audio/speech`, passed to the servers of the settings. Nothing of it is kept.
 * @see https://platform.openai.com/docs/api-reference/audio
 */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { maybe } from "../dialects/maybe.ts";
import { UnsupportedRequestError } from "../errors.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { openApiDetail } from "../http/openapi/openapi-detail.ts";
import { onlyFile, receivedForm } from "../http/received-file.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { largestRecording } from "../workspace/speech.ts";

export const v1TranscriptionsPath = "/v1/audio/transcriptions";

/** A day of speech, word by word with its times. */
const formats = ["json", "text", "srt", "verbose_json", "vtt"] as const;
const passed = ["language", "prompt", "temperature"] as const;
const longestField = 2000;

const Transcription = t.Object(
  { text: t.String() },
  {
    title: "AudioTranscription",
    // With verbose_json what else the server tells.
    additionalProperties: t.Unknown(),
    examples: [{ text: "What is a good stop for gold?" }],
  },
);
const SpeechRequest = t.Object(
  {
    model: t.String({ minLength: 1, maxLength: 200, description: "As the text-to-speech server names it." }),
    input: t.String({ minLength: 1, maxLength: 4096 }),
    voice: t.Union([
      t.String({ minLength: 1, maxLength: 200 }),
      t.Object({ id: t.String({ minLength: 1, maxLength: 200 }) }),
    ]),
    instructions: maybe(t.String({ minLength: 0, maxLength: 4096 })),
    response_format: maybe(
      t.Union((["mp3", "opus", "aac", "flac", "wav", "pcm"] as const).map((format) => t.Literal(format))),
    ),
    speed: maybe(t.Number({ minimum: 0.25, maximum: 4 })),
    stream_format: maybe(t.Union([t.Literal("audio"), t.Literal("sse")])),
  },
  { title: "SpeechRequest", examples: [{ model: "tts-1", input: "Gold rose.", voice: "alloy" }] },
);

export const createAudio = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "v1-audio", tags: ["openai"] })
    .post(
      v1TranscriptionsPath,
      async ({ request, server }) => {
        const { speech } = workspaceOf(request);
        const end = speech.begin();
        try {
          const { files, fields } = await receivedForm(request, largestRecording);
          if (fields.stream === "true")
            throw new UnsupportedRequestError("Transcriptions are not streamed here. Leave stream out.");
          const format = formatIn(fields.response_format);
          const asked = Object.fromEntries(
            passed.flatMap((name) => {
              const value = fields[name];
              if (value === undefined || value === "") return [];
              if (value.length > longestField)
                throw new BadFieldError(name, `must have at most ${longestField} characters.`);
              return [[name, value]];
            }),
          );
          // While it is written down nothing is sent; that has a deadline of its own.
          server?.timeout(request, 0);
          const { bytes } = onlyFile(files);
          const told = await speech.transcribeAs(
            bytes,
            { ...asked, response_format: format },
            request.signal,
          );
          const type = format.endsWith("json") ? "application/json" : "text/plain; charset=utf-8";
          return new Response(told, { headers: { "content-type": type, "cache-control": "no-store" } });
        } finally {
          end();
        }
      },
      {
        detail: openApiDetail({
          summary: "Write down what is said in a recording, as OpenAI's",
          description:
            "By the speech-to-text server that STT_URL names, which gets the recording; its model is STT_MODEL, whatever the request names. WAV, WebM, Ogg, FLAC, MP3, M4A or MP4.",
          requestBody: {
            "multipart/form-data": {
              schema: t.Object({
                file: t.String({ format: "binary" }),
                model: t.Optional(t.String()),
                response_format: t.Optional(t.Union(formats.map((format) => t.Literal(format)))),
                language: t.Optional(t.String()),
                prompt: t.Optional(t.String()),
                temperature: t.Optional(t.String()),
              }),
              example: { file: "(a recording)", model: "whisper-1" },
            },
          },
          replies: {
            200: {
              description: "What was said.",
              content: {
                "application/json": { schema: Transcription },
                "text/plain": { schema: t.String(), example: "What is a good stop for gold?\n" },
              },
            },
          },
          errors: {
            404: "No speech-to-text server is configured.",
            502: "The speech-to-text server has failed.",
            503: "The speech-to-text server cannot be reached, refuses the key or is busy.",
          },
        }),
      },
    )
    .post(
      "/v1/audio/speech",
      async ({ body, request, server }) => {
        const { speech } = workspaceOf(request);
        const end = speech.beginSpeaking();
        try {
          server?.timeout(request, 0);
          const { mediaType, body: sound } = await speech.speak(body, request.signal);
          return new Response(sound, { headers: { "content-type": mediaType, "cache-control": "no-store" } });
        } finally {
          end();
        }
      },
      {
        body: SpeechRequest,
        detail: openApiDetail({
          summary: "Read a text aloud, as OpenAI's",
          description: "By the text-to-speech server that TTS_URL names, which gets the text.",
          replies: {
            200: {
              description: "The recording, as it is made.",
              content: { "audio/mpeg": { schema: t.String({ format: "binary" }), example: "(a recording)" } },
            },
          },
          errors: {
            404: "No text-to-speech server is configured.",
            502: "The text-to-speech server has failed.",
            503: "The text-to-speech server cannot be reached, refuses the key or is busy.",
          },
        }),
      },
    );

/** @throws BadFieldError */
function formatIn(sent: string | undefined): (typeof formats)[number] {
  const format = formats.find((known) => known === (sent ?? "json"));
  if (format !== undefined) return format;
  throw new BadFieldError("response_format", `must be ${formats.join(", ")}.`);
}
