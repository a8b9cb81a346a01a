/**
 * Four streams name two models in turns of which only one may be loaded: each swap must leave every answer whole, once, and by
 * the model that it named; and at every moment the program must say how it is, and answer who names no model.
 */
import { linkSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { smallModelPath } from "../fakes/small-model.ts";
import { readFrames, shownText } from "./answer-frames.ts";
import { AskedAnswer } from "./asked-answer.ts";
import { type Fault, Losses } from "./fault.ts";
import { newDataFolder, ServerUnderTest } from "./server-under-test.ts";
import { awaitFinished, readStoredAnswers } from "./stored-answers.ts";

const models = ["smollm2-135m-instruct", "another-model"] as const;
const streams = 4;
/** /health is asked so often, and must reply within so many milliseconds. */
const healthEveryMs = 100;
const healthDeadlineMs = 2_000;
const answerDeadlineMs = 60_000;

export const swapUnderLoad: Fault = {
  name: "a model swap under four streams",
  times: { long: 200, short: 8 },
  async run(times) {
    const losses = new Losses();
    await using folder = new SwapFolder();
    let swaps = 0;
    await using server = await folder.start((line) => {
      if (line.includes('"model-loaded"')) swaps += 1;
    });
    await ready(server.url);
    swaps = 0;
    const isOver = () => swaps >= times;
    const [looks, ...counts] = await Promise.all([
      watchHealth(server.url, isOver, losses),
      ...Array.from({ length: streams }, (_, index) => askInTurns(server.url, index, isOver, losses)),
      askUnnamed(server.url, isOver, losses),
    ]);
    const asked = counts.reduce((sum, count) => sum + count, 0);
    await awaitFinished(folder.dataDir);
    const problem = await server.stop();
    if (problem !== null) losses.add(`The server did not stop: ${problem}`);
    using stored = readStoredAnswers(folder.dataDir);
    const { done = 0, ...others } = stored.states;
    if (done !== asked || Object.keys(others).length > 0)
      losses.add(`${asked} answers were shown, and stored are ${JSON.stringify(stored.states)}.`);
    console.log(`  ${swaps} swaps, ${asked} answers, ${looks} looks at /health`);
    return losses.result(times);
  },
};

export const killInSwap: Fault = {
  name: "the server killed with -9 in mid-swap",
  times: { long: 20, short: 2 },
  async run(times, random) {
    const losses = new Losses();
    await using folder = new SwapFolder();
    for (let time = 0; time < times; time++) {
      const wanted = Promise.withResolvers<void>();
      const server = await folder.start((line) => {
        if (line.includes('"model-wanted"')) wanted.resolve();
      });
      await ready(server.url);
      const asked = Array.from({ length: streams }, (_, index) => ({
        model: models[(time + index) % 2] ?? models[0],
        answer: new AskedAnswer(),
      }));
      const reading = Promise.all(
        asked.map(({ model, answer }) => answer.ask(server.url, question(model, 40), () => {})),
      );
      const hasBegun = await Promise.race([
        wanted.promise.then(() => true),
        Bun.sleep(answerDeadlineMs).then(() => false),
      ]);
      if (!hasBegun) losses.add(`round ${time}: no swap began, though another model was named.`);
      await Bun.sleep(random() * 400);
      await server.kill();
      await reading;
      await using again = await folder.start();
      for (const { model, answer } of asked) {
        if (answer.generationId === null) continue;
        const replay = await answer.replay(again.url);
        if (replay?.end !== "done" || replay.lostCharacters > 0 || replay.faults.length > 0)
          losses.add(`round ${time}: an answer of ${model}: ${JSON.stringify(replay)}`);
        const writer = await writerOf(again.url, answer.generationId);
        if (writer !== model)
          losses.add(`round ${time}: ${model} was named, and ${writer} wrote the answer.`);
      }
    }
    return losses.result(times);
  },
};

/** Two models, of which only one is loaded at a time. */
class SwapFolder implements AsyncDisposable {
  readonly dataDir = newDataFolder();
  readonly #modelsDir = join(this.dataDir, "models");

  constructor() {
    mkdirSync(this.#modelsDir);
    linkSync(smallModelPath, join(this.#modelsDir, "SmolLM2-135M-Instruct.Q4_1.gguf"));
    linkSync(smallModelPath, join(this.#modelsDir, `${models[1]}.gguf`));
  }

  start(onLine: (line: string) => void = () => {}): Promise<ServerUnderTest> {
    const environment = {
      MODELS_DIR: this.#modelsDir,
      MAX_MODELS: "1",
      LLAMA_CONTEXT: "512",
      KEEP_ALIVE: "-1",
      REQUESTS_PER_MINUTE: "1000000",
    };
    return ServerUnderTest.start({ dataDir: this.dataDir, environment, onLine });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

const question = (model: string, tokens: number) => ({
  message: "Write a long story about a trader.",
  ...{ model, max_tokens: tokens, temperature: 0, memory_context: 0 },
});

async function ready(url: string): Promise<void> {
  for (;;) {
    const { status } = await (await fetch(`${url}/health`)).json();
    if (status === "healthy") return;
    await Bun.sleep(50);
  }
}

/** @returns how many answers it had */
async function askInTurns(
  url: string,
  offset: number,
  isOver: () => boolean,
  losses: Losses,
): Promise<number> {
  let count = 0;
  for (; !isOver(); count++) {
    const model = models[(count + offset) % 2] ?? models[0];
    await askOnce(url, model, losses);
  }
  return count;
}

async function askUnnamed(url: string, isOver: () => boolean, losses: Losses): Promise<number> {
  let count = 0;
  for (; !isOver(); count++) {
    await askOnce(url, null, losses);
    await Bun.sleep(200);
  }
  return count;
}

/** @param model null: what runs */
async function askOnce(url: string, model: string | null, losses: Losses): Promise<void> {
  const name = model ?? "auto";
  const response = await fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(question(name, 12)),
    signal: AbortSignal.timeout(answerDeadlineMs),
  });
  if (!response.ok || response.body === null) {
    losses.add(`A request for ${name} was refused: ${response.status} ${await response.text()}`);
    return;
  }
  const frames = [];
  for await (const frame of readFrames(response.body)) frames.push(frame);
  const ids = frames.flatMap(({ id }) => (id === null ? [] : [id]));
  const isInOrder = ids.every((id, index) => index === 0 || id === (ids[index - 1] ?? 0) + 1);
  const ends = frames.filter(({ kind }) => kind === "end").length;
  const isWhole = frames.at(-1)?.kind === "done" && ends === 1 && shownText(frames) !== "";
  const by = /"model":"([^"]+)"/.exec(frames.findLast(({ kind }) => kind === "end")?.raw ?? "")?.[1];
  if (!isInOrder || !isWhole)
    losses.add(`An answer of ${name} is not whole: ${frames.map(({ raw }) => raw).join(" ")}`);
  else if (model !== null && by !== model) losses.add(`${model} was named, and ${by} answered.`);
}

/** @returns how often it looked */
async function watchHealth(url: string, isOver: () => boolean, losses: Losses): Promise<number> {
  let looks = 0;
  for (; !isOver(); looks++) {
    const reply = await fetch(`${url}/health`, { signal: AbortSignal.timeout(healthDeadlineMs) }).catch(
      (error: unknown) => String(error),
    );
    if (typeof reply === "string") losses.add(`/health did not reply: ${reply}`);
    else {
      const { status } = await reply.json();
      if (!reply.ok || status === "degraded") losses.add(`/health said ${reply.status} ${status}.`);
    }
    await Bun.sleep(healthEveryMs);
  }
  return looks;
}

/** As the last frame of an answer tells it. */
async function writerOf(url: string, generationId: string): Promise<string | undefined> {
  const events = await (await fetch(`${url}/generations/${generationId}/events?after=0`)).text();
  return [...events.matchAll(/"model":"([^"]+)"/g)].at(-1)?.[1];
}
