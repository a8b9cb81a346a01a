/** Speech for programs, passed to the servers of the settings, by OpenAI's own client. */
import { describe, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { refuses, says, startFakeSpeech } from "../fakes/fake-speech.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "./failure-of.ts";

function open(settings: Record<string, string>) {
  const app = openAnsweringApp({ engines: [new ScriptedEngine()], settings });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  return { openai, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const recording = () => toFile(Buffer.from("OggS and more"), "speech.ogg");

describe("/v1/audio/transcriptions", () => {
  test("passes a recording on, with its fields and our model", async () => {
    await using speech = await startFakeSpeech();
    await using client = open({ STT_URL: speech.url, STT_MODEL: "small" });
    const { transcriptions } = client.openai.audio;
    const asked = {
      file: await recording(),
      model: "whisper-1",
      language: "de",
      prompt: "Gold",
      temperature: 0.2,
    };
    expect(await transcriptions.create(asked)).toMatchObject({ text: "What is gold?" });
    expect(speech.heard).toMatchObject([
      {
        fields: {
          model: "small",
          language: "de",
          prompt: "Gold",
          temperature: "0.2",
          response_format: "json",
        },
        file: { name: "speech.ogg" },
      },
    ]);
    speech.behaviour = (response) =>
      response.setHeader("content-type", "text/plain").end("1\n00:00 --> 00:01\nGold\n");
    expect(
      await transcriptions.create({ file: await recording(), model: "x", response_format: "srt" }),
    ).toContain("-->");
    speech.behaviour = (response) => response.end('{"text":"Gold","duration":1.5,"segments":[]}');
    const verbose = await transcriptions.create({
      file: await recording(),
      model: "x",
      response_format: "verbose_json",
    });
    expect(verbose).toMatchObject({ text: "Gold", duration: 1.5 });
  });

  test("refuses in words, and tells nothing of what the server said", async () => {
    await using none = open({});
    const file = await recording();
    const failure = await failureOf(none.openai.audio.transcriptions.create({ file, model: "x" }));
    expect(failure).toMatchObject({ status: 404, code: "no_speech_to_text" });
    await using speech = await startFakeSpeech();
    await using client = open({ STT_URL: speech.url });
    const create = async (more: object) =>
      String(
        await failureOf(
          client.openai.audio.transcriptions.create({ file: await recording(), model: "x", ...more }),
        ),
      );
    expect(await create({ response_format: "diarized_json" })).toContain("response_format must be");
    expect(await create({ stream: true })).toContain("not streamed");
    speech.behaviour = refuses(500);
    expect(await create({})).not.toContain("secret");
    speech.behaviour = says("");
    expect(await client.openai.audio.transcriptions.create({ file, model: "x" })).toMatchObject({ text: "" });
  });
});

describe("/v1/audio/speech", () => {
  async function voiceServer(reply: (request: Request) => Response | Promise<Response>) {
    const asked: { readonly path: string; readonly authorization: string | null; readonly body: unknown }[] =
      [];
    const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      async fetch(request) {
        const { pathname, search } = new URL(request.url);
        const authorization = request.headers.get("authorization");
        asked.push({ path: pathname + search, authorization, body: await request.json() });
        return await reply(request);
      },
    });
    return { url: `http://127.0.0.1:${server.port}`, asked, [Symbol.dispose]: () => void server.stop(true) };
  }

  test("passes a text on, and the recording back as it is made", async () => {
    using voice = await voiceServer(
      () => new Response(new Uint8Array([73, 68, 51, 4]), { headers: { "content-type": "audio/mpeg" } }),
    );
    await using client = open({ TTS_URL: `${voice.url}/v1?key=treasure`, TTS_API_KEY: "sesame" });
    const sent = { model: "tts-1", input: "Gold rose.", voice: "alloy", response_format: "mp3" } as const;
    const sound = await client.openai.audio.speech.create(sent);
    expect(sound.headers.get("content-type")).toBe("audio/mpeg");
    expect([...(await sound.bytes())]).toEqual([73, 68, 51, 4]);
    expect(voice.asked).toEqual([
      { path: "/v1/audio/speech?key=treasure", authorization: "Bearer sesame", body: sent },
    ]);
  });

  test("refuses in words, and tells nothing of what the server said", async () => {
    const sent = { model: "tts-1", input: "Gold rose.", voice: "alloy" } as const;
    await using none = open({});
    expect(await failureOf(none.openai.audio.speech.create(sent))).toMatchObject({
      ...{ status: 404, code: "no_text_to_speech" },
    });
    let status = 401;
    using voice = await voiceServer(() => Response.json({ error: "the upstream's secret" }, { status }));
    await using client = open({ TTS_URL: voice.url });
    for (const [upstream, ours, word] of [
      [401, 503, "TTS_API_KEY"],
      [404, 502, "404"],
      [429, 503, "busy"],
      [200, 502, "TTS_URL"],
    ] as const) {
      status = upstream;
      const failure = await failureOf(client.openai.audio.speech.create(sent));
      expect(failure).toMatchObject({ status: ours });
      expect(String(failure)).toContain(word);
      expect(String(failure)).not.toContain("secret");
    }
    await using gone = open({ TTS_URL: "http://127.0.0.1:9" });
    expect(await failureOf(gone.openai.audio.speech.create(sent))).toMatchObject({ status: 503 });
    expect(await failureOf(client.openai.audio.speech.create({ ...sent, input: "" }))).toMatchObject({
      ...{ status: 400, param: "input" },
    });
  });
});
