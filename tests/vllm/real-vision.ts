/**
 * Pictures through this server to a real vLLM with a tiny model that sees. It takes a minute and 4 GB of memory, so
 * `bun test` alone does not find it: `./run.sh test` runs it where the machine can, and
 * `bun test ./tests/vllm/real-vision.ts` by hand.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { ownVllm } from "../../src/vllm/find-vllm.ts";
import { collect, never, request } from "../contract/engine-contract.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { blackGif, bluePng, greenJpeg, redPng, yellowWebp } from "./pictures.ts";
import { realVllmPlace } from "./real-vllm-place.ts";
import { type RealVllm, startRealVllm } from "./real-vllm-process.ts";

setDefaultTimeout(60_000);

/** A few pictures fill it. */
const context = 256;
/** Those that the picture becomes, and three around them: tiny-vision-model.py. */
const tokensOfPicture = 16 + 3;

const folder = mkdtempSync(join(tmpdir(), "real-vision-"));
let vllm: RealVllm;
let app: AnsweringApp;
beforeAll(async () => {
  const weights = join(folder, "model");
  await makeModel(weights);
  vllm = await startRealVllm({ name: "tiny-vision", weights, context });
  app = openAnsweringApp({ engines: [vllm.engine()] });
}, 300_000);
afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
  await vllm?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Made anew for each run: it takes seconds, and none that is out of date is ever served. */
async function makeModel(target: string): Promise<void> {
  const { environment, weights } = realVllmPlace(process.env);
  const python = join(dirname(realpathSync(ownVllm(environment))), "python");
  const child = Bun.spawn([python, join(import.meta.dir, "tiny-vision-model.py"), weights, target], {
    env: { ...process.env, HF_HUB_OFFLINE: "1", TQDM_DISABLE: "1", TRANSFORMERS_VERBOSITY: "error" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if ((await child.exited) !== 0) throw new Error("The tiny vision model could not be made.");
}

const Completion = t.Object({
  choices: t.Array(t.Object({ message: t.Object({ content: t.String() }), finish_reason: t.String() })),
  usage: t.Object({ prompt_tokens: t.Integer(), completion_tokens: t.Integer() }),
});
const Response = t.Object({
  id: t.String(),
  status: t.String(),
  incomplete_details: t.Union([t.Null(), t.Object({ reason: t.String() })]),
  output: t.Array(t.Object({ content: t.Array(t.Object({ text: t.String() })) })),
  usage: t.Object({ input_tokens: t.Integer(), output_tokens: t.Integer() }),
});

/** Asks this server, which hands on to vLLM. */
async function askServer(path: string, body: object): Promise<unknown> {
  const reply = await fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: vllm.model, ...body }),
  });
  return reply.json();
}

function checked<Schema extends TSchema>(schema: Schema, reply: unknown): Static<Schema> {
  if (!Value.Check(schema, reply)) throw new Error(JSON.stringify(reply));
  // Without the fields that are not compared: ids, times, how the vendor tells what is missing.
  return Value.Clean(schema, structuredClone(reply)) as Static<Schema>;
}

const greedy = { temperature: 0, max_tokens: 24 };
const say = (text: string) => ({ type: "text", text });
const show = (url: string) => ({ type: "image_url", image_url: { url } });
const asks = (...content: readonly object[]) => ({ role: "user", content });

describe("Pictures through this server to a real vLLM", () => {
  const question = say("What is this?");
  const conversations: readonly (readonly [name: string, messages: readonly object[]])[] = [
    ["a PNG", [asks(question, show(redPng))]],
    ["a JPEG", [asks(question, show(greenJpeg))]],
    ["a WebP", [asks(question, show(yellowWebp))]],
    ["a GIF", [asks(question, show(blackGif))]],
    ["a picture without words", [asks(show(redPng))]],
    ["a picture before the words", [asks(show(redPng), question)]],
    ["a picture between words", [asks(say("What"), show(redPng), say(" is this?"))]],
    ["two pictures", [asks(question, show(redPng), show(bluePng))]],
    ["the same two the other way round", [asks(question, show(bluePng), show(redPng))]],
    [
      "pictures in several turns, after instructions",
      [
        { role: "system", content: "Be brief." },
        asks(question, show(redPng)),
        { role: "assistant", content: "A chart." },
        asks(say("And this?"), show(bluePng)),
      ],
    ],
  ];
  const texts = new Map<string, string>();
  for (const [name, messages] of conversations)
    test(`${name}: the same text, end and usage as vLLM itself`, async () => {
      const direct = checked(Completion, await vllm.ask("/v1/chat/completions", { messages, ...greedy }));
      const ours = checked(Completion, await askServer("/v1/chat/completions", { messages, ...greedy }));
      expect(ours).toEqual(direct);
      const text = ours.choices[0]?.message.content ?? "";
      expect(text.trim()).not.toBe("");
      // Equal texts say something only because each of these prompts has an answer of its own.
      expect([...texts.values()]).not.toContain(text);
      texts.set(name, text);
    });

  test("each picture is counted in the prompt's tokens, and by our engine before it asks", async () => {
    await using ours = vllm.engine();
    const counted = async (...images: readonly string[]) => {
      const body = { messages: [asks(question, ...images.map(show))], ...greedy };
      const { usage } = checked(Completion, await askServer("/v1/chat/completions", body));
      const message = { role: "user", content: question.text, images } as const;
      return [usage.prompt_tokens, await ours.countTokens([message], never)];
    };
    const [bare = 0] = await counted();
    const one = bare + tokensOfPicture;
    const two = one + tokensOfPicture;
    expect(await counted(redPng)).toEqual([one, one]);
    expect(await counted(redPng, bluePng)).toEqual([two, two]);
  });

  test("pictures that do not fit are refused as too long, with their tokens counted before vLLM is asked", async () => {
    const count = Math.ceil(context / tokensOfPicture);
    const messages = [asks(question, ...Array.from({ length: count }, () => show(redPng)))];
    expect(await askServer("/v1/chat/completions", { messages, ...greedy })).toMatchObject({
      error: {
        code: "context_length_exceeded",
        message: expect.stringContaining(`the model holds ${context}`),
      },
    });
  });

  test("what is no picture is refused with vLLM's reason, and the next question is answered", async () => {
    const broken = [asks(question, show("data:image/png;base64,iVBORw0KGgo="))];
    expect(await askServer("/v1/chat/completions", { messages: broken, ...greedy })).toMatchObject({
      error: {
        message: expect.stringMatching(/^vLLM cannot do this: .*image/),
        type: "invalid_request_error",
      },
    });
    const messages = [asks(question, show(redPng))];
    checked(Completion, await askServer("/v1/chat/completions", { messages, ...greedy }));
  });

  test("an answer that is taken up again goes on with the picture before it, as vLLM itself does", async () => {
    await using ours = vllm.engine();
    const text = "It is a chart of";
    const goOn = async (picture: string) => {
      const seen = { role: "user", content: "What is this?", images: [picture] } as const;
      const asked = { ...request("", { temperature: 0, maxTokens: 24 }), messages: [seen] };
      return await collect(ours.generate({ ...asked, continueFrom: { text } }, never));
    };
    const answer = await goOn(redPng);
    const direct = await vllm.ask("/v1/chat/completions", {
      messages: [asks(question, show(redPng)), { role: "assistant", content: text }],
      continue_final_message: true,
      add_generation_prompt: false,
      temperature: 0,
      // Those of the text that it goes on from count too.
      max_tokens: answer.ids.length,
    });
    expect(answer.text).toBe(checked(Completion, direct).choices[0]?.message.content ?? "");
    expect((await goOn(bluePng)).text).not.toBe(answer.text);
  });
});

describe("Pictures of /v1/responses", () => {
  const greedy = { temperature: 0, max_output_tokens: 24 };
  const input = (picture: string) => [
    {
      role: "user",
      content: [
        { type: "input_text", text: "What is this?" },
        { type: "input_image", image_url: picture, detail: "auto" },
      ],
    },
  ];
  const textOf = ({ output }: Static<typeof Response>) => output[0]?.content[0]?.text ?? "";

  test("the same text, end and usage as vLLM itself, and another text for another picture", async () => {
    const told = async (picture: string) => {
      const body = { input: input(picture), ...greedy };
      const [ours, direct] = [
        checked(Response, await askServer("/v1/responses", body)),
        checked(Response, await vllm.ask("/v1/responses", body)),
      ];
      expect({ ...ours, id: "" }).toEqual({ ...direct, id: "" });
      return textOf(ours);
    };
    expect(await told(redPng)).not.toBe(await told(bluePng));
  });

  test("a response that is gone on from still has its picture", async () => {
    const first = checked(Response, await askServer("/v1/responses", { input: input(redPng), ...greedy }));
    const next = { previous_response_id: first.id, input: "And its colour?", ...greedy };
    const second = checked(Response, await askServer("/v1/responses", next));
    const messages = [
      asks(say("What is this?"), show(redPng)),
      { role: "assistant", content: textOf(first) },
      { role: "user", content: "And its colour?" },
    ];
    const direct = await vllm.ask("/v1/chat/completions", { messages, temperature: 0, max_tokens: 24 });
    const { choices, usage } = checked(Completion, direct);
    expect(textOf(second)).toBe(choices[0]?.message.content ?? "");
    expect(second.usage).toEqual({
      input_tokens: usage.prompt_tokens,
      output_tokens: usage.completion_tokens,
    });
  });
});
