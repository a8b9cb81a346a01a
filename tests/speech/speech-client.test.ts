/** The client against a speech-to-text server that does what it should, and whatever else it may do. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { AppError } from "../../src/errors.ts";
import { SpeechClient } from "../../src/speech/speech-client.ts";
import { type FakeSpeech, refuses, says, startFakeSpeech } from "../fakes/fake-speech.ts";

let server: FakeSpeech;
beforeEach(async () => {
  server = await startFakeSpeech();
});
afterEach(() => server[Symbol.asyncDispose]());

const recording = () => new File(["OggS and more"], "speech.ogg", { type: "audio/ogg" });
const client = (options: Partial<ConstructorParameters<typeof SpeechClient>[0]> = {}) =>
  new SpeechClient({ url: server.url, apiKey: null, model: "whisper-1", ...options });
const ask = (options?: Parameters<typeof client>[0], signal = new AbortController().signal) =>
  client(options).transcribe(recording(), {}, signal);

/** The error of a transcription, as users may see it. */
async function problem(
  options?: Parameters<typeof client>[0],
): Promise<{ readonly status: number; readonly code: string; readonly message: string }> {
  const error = await ask(options).catch((error: unknown) => error);
  if (!(error instanceof AppError)) throw new Error(`It is no AppError: ${error}`);
  expect(JSON.stringify(error.toJSON())).not.toContain("secret");
  return { status: error.status, code: error.code, message: error.message };
}

describe("a recording", () => {
  test("is sent as OpenAI takes it, and its text comes back without blanks around it", async () => {
    server.behaviour = says(" What is gold?\n");
    const text = await client({ apiKey: "k-1", model: "large-v3" }).transcribe(
      recording(),
      { language: "de" },
      new AbortController().signal,
    );
    expect(text).toBe("What is gold?");
    expect(server.heard).toEqual([
      {
        address: "/v1/audio/transcriptions",
        authorization: "Bearer k-1",
        fields: { model: "large-v3", response_format: "json", language: "de" },
        file: { name: "speech.ogg", type: "audio/ogg", size: 13 },
      },
    ]);
  });

  test("names no language that is not known, and sends user, password and query of the address", async () => {
    await ask({ url: `${server.url.replace("//", "//user:word@")}/proxy?key=x` });
    expect(server.heard).toMatchObject([
      {
        address: "/proxy/v1/audio/transcriptions?key=x",
        authorization: `Basic ${btoa("user:word")}`,
      },
    ]);
    expect(server.heard[0]?.fields).toEqual({ model: "whisper-1", response_format: "json" });
  });
});

describe("a server that refuses", () => {
  test.each([
    [401, 503, "speech_unavailable", "STT_API_KEY"],
    [403, 503, "speech_unavailable", "STT_API_KEY"],
    [404, 503, "speech_unavailable", "STT_MODEL"],
    [413, 413, "too_large", "shorter"],
    [400, 422, "recording_refused", "Record it again"],
    [415, 422, "recording_refused", "Record it again"],
    [429, 503, "speech_unavailable", "busy"],
    [503, 503, "speech_unavailable", "busy"],
    [500, 502, "speech_failed", "(500)"],
  ])("with %i is %i %s, in words of ours", async (upstream, status, code, words) => {
    server.behaviour = refuses(upstream);
    const { message, ...rest } = await problem();
    expect(rest).toEqual({ status, code });
    expect(message).toContain(words);
  });

  test("to answer here is not followed to another place", async () => {
    await using other = await startFakeSpeech();
    server.behaviour = refuses(307, { location: `${other.url}/v1/audio/transcriptions` });
    expect((await problem()).code).toBe("speech_failed");
    expect(other.heard).toEqual([]);
  });
});

describe("a server that answers with something else", () => {
  test.each([
    ["no JSON", "<html>the upstream's secret</html>", "STT_URL"],
    ["other JSON", '{"segments":["secret"]}', "STT_URL"],
    ["more than any text", `{"text":"${"secret ".repeat(200_000)}"}`, "STT_URL"],
  ])("%s is told so", async (_, body, words) => {
    server.behaviour = (response) => response.end(body);
    const { code, message } = await problem();
    expect(code).toBe("speech_failed");
    expect(message).toContain(words);
  });

  test("no words says what to do", async () => {
    server.behaviour = says(" \n");
    expect(await problem()).toMatchObject({ status: 422, code: "nothing_heard" });
  });

  test("an endless reply is broken off", async () => {
    server.behaviour = (response) => {
      const more = () => {
        while (!response.closed && response.write("x".repeat(65_536))) {}
      };
      response.on("drain", more);
      more();
    };
    expect((await problem()).code).toBe("speech_failed");
    await server.left;
  });
});

describe("a server that is silent", () => {
  const patience = { deadlineMs: 100 };

  test("is given up", async () => {
    server.behaviour = () => {};
    expect(await problem(patience)).toMatchObject({ status: 502, code: "speech_failed" });
    await server.left;
  });

  test("in the middle of its reply is given up, too", async () => {
    server.behaviour = (response) => response.write('{"text":');
    expect((await problem(patience)).message).toContain("too long");
  });

  test("cannot be reached when it is gone", async () => {
    await server[Symbol.asyncDispose]();
    expect(await problem()).toMatchObject({ status: 503, code: "speech_unavailable" });
  });

  test("that breaks off cannot be reached either", async () => {
    server.behaviour = (response) => response.destroy();
    expect((await problem()).code).toBe("speech_unavailable");
  });

  test("is left when the one who spoke leaves", async () => {
    const reader = new AbortController();
    server.behaviour = () => reader.abort();
    const error = await ask({}, reader.signal).catch((error: unknown) => error);
    expect(error).toMatchObject({ status: 499, code: "reader_left" });
    await server.left;
  });
});
