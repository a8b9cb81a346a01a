/**
 * A llama-server without a model: takes its command line, speaks its HTTP, and misbehaves on command. FAKE_LLAMA_SERVER names the
 * scenarios, separated by commas. It answers what the fake vLLM answers; its tokens are words, whose ids follow from their text.
 *
 *   bun tests/fakes/fake-llama-server.ts --model FILE --alias NAME --port 8080 --parallel 4 --ctx-size 16384
 */
import { parseArgs } from "node:util";
import { answerTo, toolCall } from "./fake-vllm.ts";
import { scriptTokens } from "./scripted-engine.ts";

export type LlamaServerScenario =
  /** Loads for FAKE_LLAMA_SERVER_START_MS: /health says 503 meanwhile. */
  | "slow-start"
  /** Cannot load its file. */
  | "exits-at-once"
  /** Ends the process after the fifth token of every answer. */
  | "exits-in-mid-answer"
  /** Its answers hold a character whose first token is never told. */
  | "splits-characters";

interface Asked {
  readonly prompt: readonly number[];
  readonly n_predict: number;
  readonly stop: readonly string[];
  readonly n_probs?: number;
  readonly grammar?: string;
}

interface ChatAsked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly tool_choice?: unknown;
  readonly response_format?: unknown;
}

const texts = new Map<number, string>();

function idsOf(text: string): number[] {
  return scriptTokens(text).map((token) => {
    const id = Bun.hash.crc32(token) >>> 1;
    texts.set(id, token);
    return id;
  });
}

const textOf = (ids: readonly number[]) => ids.map((id) => texts.get(id) ?? "").join("");

const templated = ({ messages, tools }: ChatAsked) =>
  `${messages.map(({ role, content }) => `<|${role}|>${content}\n`).join("")}${JSON.stringify(tools ?? "")}<|assistant|>`;

if (import.meta.main) main();

function main(): void {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    strict: false,
    options: {
      alias: { type: "string" },
      host: { type: "string" },
      port: { type: "string" },
      parallel: { type: "string" },
      "ctx-size": { type: "string" },
    },
  });
  const scenarios = new Set((process.env.FAKE_LLAMA_SERVER ?? "").split(","));
  if (scenarios.has("exits-at-once")) {
    console.error("error loading model: the file is broken");
    process.exit(1);
  }
  const loadMs = scenarios.has("slow-start") ? Number(process.env.FAKE_LLAMA_SERVER_START_MS ?? 1_000) : 0;
  const readyAt = performance.now() + loadMs;
  console.error("srv    load_model: loading model 'fake.gguf'");
  const context = Number(values["ctx-size"] ?? 16_384) / Number(values.parallel ?? 4);
  const key = process.env.LLAMA_API_KEY;
  const server = Bun.serve({
    hostname: String(values.host ?? "127.0.0.1"),
    port: Number(values.port ?? 0),
    idleTimeout: 0,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (performance.now() < readyAt) return problem(503, "Loading model");
      if (pathname === "/health") return Response.json({ status: "ok" });
      if (key !== undefined && request.headers.get("authorization") !== `Bearer ${key}`)
        return problem(401, "Invalid API Key");
      if (pathname === "/props")
        return Response.json({
          default_generation_settings: { n_ctx: context },
          model_alias: values.alias ?? "fake-model",
          modalities: { vision: false },
        });
      const body = await request.json();
      if (pathname === "/apply-template") return Response.json({ prompt: templated(body) });
      if (pathname === "/tokenize") return Response.json({ tokens: idsOf(body.content) });
      if (pathname === "/detokenize") return Response.json({ content: textOf(body.tokens) });
      if (pathname === "/completion") return stream(completion(body, scenarios), request.signal);
      if (pathname === "/v1/chat/completions") return stream(chat(body), request.signal);
      return problem(404, "File Not Found");
    },
  });
  console.log(`main: server is listening on http://${server.hostname}:${server.port}`);
}

const problem = (code: number, message: string) =>
  Response.json({ error: { code, message, type: "fake_error" } }, { status: code });

/** What follows the prompt of what it would answer to the last question in it. */
async function* completion(asked: Asked, scenarios: ReadonlySet<string>): AsyncGenerator<string> {
  const told = textOf(asked.prompt);
  const question = /<\|user\|>(.*?)\n(?:<\||"")/s.exec(told.slice(told.lastIndexOf("<|user|>")))?.[1];
  // The ids of its answer it knows only from now on: it may be another process that wrote the beginning.
  idsOf(answerTo(question ?? told));
  const prompt = textOf(asked.prompt);
  const opening = "<|assistant|>";
  const at = prompt.lastIndexOf(opening);
  const begun = at < 0 ? "" : prompt.slice(at + opening.length);
  const held = new RegExp(`^${asked.grammar?.replace("root ::= ", "") ?? "[^]*"}$`, "u");
  const answer = [...answerTo(question ?? prompt)].map((character) =>
    held.test(character) ? character : "n",
  );
  const stops = asked.stop.map((stop) => answer.join("").indexOf(stop)).filter((found) => found >= 0);
  const whole = answer.join("").slice(0, Math.min(...stops, Number.POSITIVE_INFINITY));
  const rest = idsOf(whole.startsWith(begun) ? whole.slice(begun.length) : whole);
  const drawn = rest.slice(0, asked.n_predict);
  const paceMs = Number(process.env.FAKE_VLLM_PACE_MS ?? 0);
  const counts = { tokens_evaluated: asked.prompt.length };
  yield frame({
    ...{ content: "", tokens: [0], stop: false, ...counts, tokens_predicted: 0 },
    prompt_progress: { total: asked.prompt.length, cache: 0, processed: asked.prompt.length, time_ms: 1 },
  });
  for (const [index, id] of drawn.entries()) {
    await Bun.sleep(paceMs);
    if (index === 5 && scenarios.has("exits-in-mid-answer")) {
      await Bun.sleep(50);
      process.exit(139);
    }
    const isSplit = index === 2 && scenarios.has("splits-characters");
    if (isSplit) continue;
    const isRest = index === 3 && scenarios.has("splits-characters");
    const content = textOf(isRest ? drawn.slice(2, 4) : [id]);
    const probability = { id, token: content, logprob: -0.25 };
    const probabilities = [
      { ...probability, top_logprobs: Array.from({ length: asked.n_probs ?? 0 }, () => probability) },
    ];
    yield frame({
      ...{ content, tokens: [id], stop: false, ...counts, tokens_predicted: index + 1 },
      ...(asked.n_probs === undefined ? {} : { completion_probabilities: probabilities }),
    });
  }
  yield frame({
    ...{ content: "", tokens: [], stop: true, ...counts, tokens_predicted: drawn.length },
    stop_type: rest.length > drawn.length ? "limit" : stops.length > 0 ? "word" : "eos",
    timings: {
      ...{ cache_n: 0, prompt_ms: 1, prompt_per_second: 1_000, predicted_ms: 10 },
      predicted_per_second: 100,
    },
  });
}

async function* chat(asked: ChatAsked): AsyncGenerator<string> {
  const [tool] = asked.tools ?? [];
  if (tool !== undefined) yield* toolCall(frame, tool.function.name, asked);
  else {
    for (const content of scriptTokens(answerTo(asked.messages.at(-1)?.content ?? "")))
      yield frame({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    yield frame({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
  }
}

const frame = (fields: Record<string, unknown>) => `data: ${JSON.stringify(fields)}\n\n`;

function stream(frames: AsyncGenerator<string>, signal: AbortSignal): Response {
  const body = new ReadableStream<string>({
    async pull(controller) {
      const { done, value } = await frames.next();
      if (done || signal.aborted) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await frames.return(undefined);
    },
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { "content-type": "text/event-stream" },
  });
}
