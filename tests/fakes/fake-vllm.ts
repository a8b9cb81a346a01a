/**
 * A vLLM without a model: takes the command line of `vllm serve`, speaks its HTTP, and misbehaves on command.
 * FAKE_VLLM names the scenarios, separated by commas; `POST /fake/scenario` changes them while it runs. FAKE_VLLM_ANSWER is the
 * answer to every question; with FAKE_VLLM_SCRIPTS=1 the question's first word chooses one of scripted-answers.ts.
 *
 *   bun tests/fakes/fake-vllm.ts serve MODEL --port 8000 --served-model-name NAME --api-key KEY --max-model-len 4096
 */
import { parseArgs } from "node:util";
import { scriptedAnswer } from "./scripted-answers.ts";
import { countToTwenty, scriptTokens } from "./scripted-engine.ts";

export const scenarios = [
  /** Healthy only after FAKE_VLLM_START_MS, with the lines that vLLM logs while it loads. */
  "slow-start",
  "never-healthy",
  "exits-at-once",
  /** Ends the process after the fifth token, as a crash would. */
  "exits-in-mid-answer",
  /** Sends nothing more after the fifth token. */
  "hangs-in-mid-answer",
  /** Closes the stream after the fifth token, as if that were all. */
  "ends-in-mid-answer",
  "errors-500",
  "error-in-stream",
  "malformed-frames",
  "ignores-term",
  "floods-stderr",
  /** Every byte in a write of its own. */
  "splits-frames",
  /** As servers that are only OpenAI-compatible. */
  "no-tokenize",
] as const;
export type Scenario = (typeof scenarios)[number];

const defaultAnswer =
  "Gold is a metal that is traded in ounces — 金 — and its price moves with real interest rates, the dollar and fear. ".repeat(
    40,
  );

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens?: number;
  readonly stop?: readonly string[] | null;
  readonly top_logprobs?: number;
  readonly continue_final_message?: boolean;
  readonly temperature?: number;
  readonly response_format?: unknown;
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly tool_choice?: unknown;
  readonly structured_outputs?: { readonly regex: string };
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    strict: false,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      "served-model-name": { type: "string" },
      "api-key": { type: "string" },
      "max-model-len": { type: "string" },
    },
  });
  const active = new Set((process.env.FAKE_VLLM ?? "").split(",").filter((name) => name !== ""));
  const model = String(values["served-model-name"] ?? positionals[1] ?? "fake-model");
  const contextSize = Number(values["max-model-len"] ?? 4096);
  const apiKey =
    values["api-key"] === undefined ? (process.env.VLLM_API_KEY ?? null) : String(values["api-key"]);
  const paceMs = Number(process.env.FAKE_VLLM_PACE_MS ?? 0);

  if (active.has("exits-at-once")) {
    console.error("RuntimeError: Engine core initialization failed. See root cause above.");
    process.exit(1);
  }
  if (active.has("ignores-term")) process.on("SIGTERM", () => console.error("SIGTERM is ignored"));
  if (active.has("floods-stderr")) setInterval(() => process.stderr.write(`${"noise ".repeat(2000)}\n`), 5);

  if (active.has("slow-start")) await load(Number(process.env.FAKE_VLLM_START_MS ?? 300));
  let running = 0;
  const server = Bun.serve({
    port: Number(values.port ?? 8000),
    hostname: String(values.host ?? "127.0.0.1"),
    reusePort: false,
    idleTimeout: 0,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === "/fake/scenario") {
        active.clear();
        for (const name of (await request.text()).split(",")) if (name !== "") active.add(name);
        return new Response("ok");
      }
      if (pathname === "/fake/running") return Response.json({ running });
      if (pathname === "/health")
        return new Response(null, { status: active.has("never-healthy") ? 503 : 200 });
      if (apiKey !== null && request.headers.get("authorization") !== `Bearer ${apiKey}`)
        return Response.json({ error: "Unauthorized" }, { status: 401 });
      if (active.has("errors-500")) return problem(500, "CUDA error: out of memory");
      if (pathname === "/v1/models")
        return Response.json({
          object: "list",
          data: [{ id: model, object: "model", max_model_len: contextSize }],
        });
      if (pathname === "/tokenize") {
        if (active.has("no-tokenize")) return problem(404, "Not Found");
        const asked = await request.json();
        const count =
          asked.prompt === undefined
            ? promptTokens(asked.messages, asked.tools)
            : scriptTokens(asked.prompt).length;
        const tokens = Array.from({ length: count }, (_, index) => 9_000 + index);
        return Response.json({ count, max_model_len: contextSize, tokens });
      }
      if (pathname === "/v1/chat/completions") {
        const asked: Asked = await request.json();
        if (promptTokens(asked.messages) + (asked.max_tokens ?? 0) > contextSize)
          return problem(400, `This model's maximum context length is ${contextSize} tokens.`);
        running += 1;
        return stream(model, asked, active, paceMs, request.signal, () => {
          running -= 1;
        });
      }
      if (pathname === "/v1/completions") {
        const { prompt, logprobs, echo, ...rest } = await request.json();
        if (echo === true) return Response.json(echoedPrompt(prompt, logprobs));
        if (rest.max_tokens === 0) return problem(400, "max_tokens must be at least 1, got 0.");
        const messages = [{ role: "user", content: String(prompt) }];
        const asked: Asked = { ...rest, messages, top_logprobs: logprobs };
        running += 1;
        const onEnd = () => {
          running -= 1;
        };
        return stream(model, asked, active, paceMs, request.signal, onEnd, asTextChunk);
      }
      return problem(404, "Not Found");
    },
  });
  console.log(`INFO:     Uvicorn running on http://${server.hostname}:${server.port} (Press CTRL+C to quit)`);
}

/** What a real start prints, in order. */
async function load(milliseconds: number): Promise<void> {
  const lines = [
    "INFO 11-24 09:00:00 [gpu_model_runner.py:2000] Starting to load model fake...",
    "Loading safetensors checkpoint shards:   0% Completed | 0/2 [00:00<?, ?it/s]",
    "Loading safetensors checkpoint shards:  50% Completed | 1/2 [00:01<00:01,  1.00s/it]",
    "Loading safetensors checkpoint shards: 100% Completed | 2/2 [00:02<00:00,  1.00s/it]",
    "Capturing CUDA graphs (mixed prefill-decode, PIECEWISE):  50%|#####     | 34/67 [00:02<00:02, 15.00it/s]",
    "INFO 11-24 09:00:09 [core.py:200] init engine (profile, create kv cache, warmup model) took 9.00 seconds",
  ];
  for (const line of lines) {
    console.error(line);
    await Bun.sleep(milliseconds / lines.length);
  }
}

const promptTokens = (messages: Asked["messages"], tools: Asked["tools"] = []) =>
  messages.reduce((sum, { content }) => sum + 4 + scriptTokens(content).length, 0) +
  scriptTokens(JSON.stringify(tools)).length -
  1;

const problem = (code: number, message: string) =>
  Response.json({ error: { message, type: "FakeError", param: null, code } }, { status: code });

/** Calls the first tool with what it was asked to be held to, in pieces as vLLM sends them. */
export function* toolCall(
  chunk: (fields: Record<string, unknown>) => string,
  name: string,
  { tool_choice, response_format, messages }: Asked,
): Generator<string> {
  const piece = (fields: Record<string, unknown>) =>
    chunk({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...fields }] }, finish_reason: null }] });
  yield piece({ id: "call-1", type: "function", function: { name, arguments: "" } });
  const text = JSON.stringify({ tool_choice, response_format, messages: messages.length });
  for (const part of text.match(/.{1,7}/gs) ?? []) yield piece({ function: { arguments: part } });
  yield chunk({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] });
  yield "data: [DONE]\n\n";
}

/** A prompt of ids has a word for each. */
function echoedPrompt(prompt: string | readonly number[], logprobs?: number) {
  const tokens = typeof prompt === "string" ? scriptTokens(prompt) : prompt.map((id) => ` ${id}`);
  const columns = {
    tokens,
    token_logprobs: tokens.map((_, index) => (index === 0 ? null : -0.5)),
    top_logprobs: tokens.map((token, index) => (index === 0 ? null : { [token]: -0.5, other: -2 })),
  };
  const choice = { index: 0, text: tokens.join(""), logprobs: logprobs === undefined ? null : columns };
  return { choices: [{ ...choice, finish_reason: "length" }] };
}

/** The same chunk as /v1/completions has it. */
function asTextChunk(fields: Record<string, unknown>): Record<string, unknown> {
  const choices = Array.isArray(fields.choices) ? fields.choices : [];
  return {
    ...fields,
    choices: choices.map(({ delta, logprobs, ...choice }) => ({
      ...choice,
      text: delta?.content ?? "",
      logprobs: logprobs && {
        tokens: logprobs.content.map(({ token }: { token: string }) => token),
        token_logprobs: logprobs.content.map(({ logprob }: { logprob: number }) => logprob),
        top_logprobs: logprobs.content.map(({ token }: { token: string }) => ({ [token]: -0.25, other: -2 })),
      },
    })),
  };
}

export function answerTo(question: string): string {
  const { FAKE_VLLM_ANSWER: fixed, FAKE_VLLM_SCRIPTS: scripts } = process.env;
  if (fixed !== undefined) return fixed;
  if (question.startsWith("Count from 1 to 20")) return countToTwenty;
  if (/^say: /.test(question)) return question.slice(5);
  return (scripts === "1" ? scriptedAnswer(question) : null) ?? defaultAnswer;
}

function stream(
  model: string,
  asked: Asked,
  active: ReadonlySet<string>,
  paceMs: number,
  signal: AbortSignal,
  onEnd: () => void,
  shaped: (fields: Record<string, unknown>) => Record<string, unknown> = (fields) => fields,
): Response {
  const last = asked.messages.at(-1);
  // As a real one it holds an answer to its form from its own first token on, whatever stands before that.
  const goesOn = asked.continue_final_message === true && asked.response_format === undefined;
  const written = goesOn ? (last?.content ?? "") : "";
  const question = asked.messages.findLast(({ role }) => role === "user")?.content ?? "";
  const asModel = answerTo(question);
  const held = new RegExp(`^${asked.structured_outputs?.regex ?? "[^]*"}$`, "u");
  const answer = [...asModel].map((character) => (held.test(character) ? character : "n")).join("");
  const stops = (asked.stop ?? []).map((stop) => answer.indexOf(stop)).filter((at) => at >= 0);
  const whole = stops.length === 0 ? answer : answer.slice(0, Math.min(...stops));
  const rest = scriptTokens(whole.startsWith(written) ? whole.slice(written.length) : whole);
  const tokens = rest.slice(0, asked.max_tokens ?? rest.length);
  const prompt = promptTokens(asked.messages);

  const chunk = (fields: Record<string, unknown>) =>
    `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model, ...shaped(fields) })}\n\n`;
  async function* frames(): AsyncGenerator<string> {
    yield chunk({ choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }] });
    const tool = asked.tools?.[0];
    // What it must call it calls again; otherwise it answers from what it was told.
    const isTold = asked.messages.at(-1)?.role === "tool" && typeof asked.tool_choice !== "object";
    if (tool !== undefined && !isTold) {
      yield* toolCall(chunk, tool.function.name, asked);
      return;
    }
    for (const [index, content] of tokens.entries()) {
      if (paceMs > 0) await Bun.sleep(paceMs);
      if (signal.aborted) return;
      if (index === 5) {
        if (active.has("exits-in-mid-answer")) {
          // What was written before is on its way, as it is when a crash comes between two tokens.
          await Bun.sleep(50);
          process.exit(139);
        }
        if (active.has("hangs-in-mid-answer"))
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        if (active.has("ends-in-mid-answer")) return;
        if (active.has("error-in-stream")) {
          yield `data: ${JSON.stringify({ error: { message: "EngineCore died", type: "InternalServerError", code: 500 } })}\n\n`;
          yield "data: [DONE]\n\n";
          return;
        }
        if (active.has("malformed-frames")) yield 'data: {"choices": [{"delta": {"content"\n\n';
      }
      const logprobs =
        asked.top_logprobs === undefined
          ? null
          : {
              content: [
                {
                  token: content,
                  logprob: -0.25,
                  top_logprobs: Array.from({ length: asked.top_logprobs }, () => ({
                    token: content,
                    logprob: -0.25,
                  })),
                },
              ],
            };
      yield chunk({
        choices: [{ index: 0, delta: { content }, logprobs, finish_reason: null, token_ids: [index] }],
      });
    }
    const reason = rest.length > tokens.length ? "length" : "stop";
    yield chunk({ choices: [{ index: 0, delta: { content: "" }, finish_reason: reason }] });
    const usage = {
      prompt_tokens: prompt,
      completion_tokens: tokens.length,
      total_tokens: prompt + tokens.length,
    };
    yield chunk({ choices: [], usage });
    yield "data: [DONE]\n\n";
  }

  const encoder = new TextEncoder();
  async function* bytes() {
    try {
      for await (const frame of frames()) {
        const encoded = encoder.encode(
          active.has("splits-frames") ? `: a comment\r\n${frame.replaceAll("\n", "\r\n")}` : frame,
        );
        if (!active.has("splits-frames")) yield encoded;
        else for (const byte of encoded) yield Uint8Array.of(byte);
      }
    } finally {
      onEnd();
    }
  }
  const iterator = bytes();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}
