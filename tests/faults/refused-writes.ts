/**
 * A storage that refuses all writes from some moment in mid-answer on, for a while: readers are told, the page and
 * /health say what to do, nothing is half-written, and when it is over the answer becomes whole, without a restart or with one.
 */
import { join } from "node:path";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { type RealServer, startRealServer } from "../real-server.ts";
import { readFrames, shownText } from "./answer-frames.ts";
import { Losses } from "./fault.ts";
import { newDataFolder } from "./server-under-test.ts";
import { readStoredAnswers } from "./stored-answers.ts";

export interface Refusal {
  /** Part of the sentence that says what to do. */
  readonly says: string;
  /** Lets every write to this database be refused until the result is disposed of. */
  readonly begin: (database: string) => Promise<AsyncDisposable>;
}

const words = Array.from({ length: 300 }, (_, index) => `word${index}`).join(" ");
/** How long anything may take that comes by itself, in milliseconds. */
const patienceMs = 20_000;

/** How the answer goes on when the refusal is over. */
const endings = ["by itself", "by Continue", "by the next start"] as const;

export async function refuseWrites(refusal: Refusal, times: number, random: () => number) {
  const losses = new Losses();
  const dataDir = newDataFolder();
  await using vllm = await startFakeVllm({ paceMs: 1 });
  const options = { dataDir, environment: { ENGINE: "vllm", VLLM_URL: vllm.url } };
  const ids: string[] = [];
  let server = await startRealServer(options);
  try {
    for (let time = 0; time < times; time++) {
      const how = endings[time % endings.length] ?? "by itself";
      const add = (problem: string) => losses.add(`round ${time}, going on ${how}: ${problem}`);
      const asked = await ask(server);
      // Sometimes before the first token, sometimes when the answer has ended already.
      const shown = await readUntil(asked, Math.floor(random() * 320));
      const refused = await refusal.begin(join(dataDir, "assistant.db"));
      const id = asked.headers.get("x-generation-id") ?? "";
      ids.push(id);
      try {
        await shown.toTheEnd();
        await expectToldEverywhere(server, refusal, add);
      } finally {
        if (how === "by the next start" && (await server.stop()) !== 0)
          add("the server did not end as asked");
        await refused[Symbol.asyncDispose]();
      }
      if (how === "by the next start") server = await startRealServer(options);
      else
        await until(async () => (await health(server)).storage === "ok").catch(() => add("it stays refused"));
      // What has ended already cannot be continued, and is not: it is whole then.
      if (how === "by Continue") await fetch(`${server.url}/generations/${id}/continue`, { method: "POST" });
      const whole = await until(async () => {
        const { state, text } = await stored(server, id);
        return state === "done" && text === words;
      }).catch(() => false);
      if (whole !== true) add(`${id} is ${JSON.stringify(await stored(server, id)).slice(0, 200)}`);
      if (!words.startsWith(shown.text())) add(`${id}: other text was shown than is stored`);
    }
    const defects = server.lines.filter((line) => line.includes('"event":"defect"'));
    for (const defect of defects) losses.add(defect.slice(0, 300));
    if ((await server.stop()) !== 0) losses.add("the server did not end as asked");
  } finally {
    await server.kill();
  }
  using answers = readStoredAnswers(dataDir);
  if (answers.integrity !== "ok") losses.add(`integrity_check: ${answers.integrity}`);
  if (answers.stuck > 0) losses.add(`${answers.stuck} answers are unfinished, and nobody will finish them`);
  for (const id of ids) if (answers.textOf(id) !== words) losses.add(`${id} is not stored as it was written`);
  return losses.result(times);
}

/** /health, the page and a refused question say the same, while the server goes on serving. */
async function expectToldEverywhere(server: RealServer, { says }: Refusal, add: (problem: string) => void) {
  const told = await until(async () => {
    const { storage, status } = await health(server);
    return storage.includes(says) && status === "degraded";
  }).catch(() => false);
  if (told !== true) add(`/health says: ${(await health(server)).storage}`);
  const refused = await ask(server);
  const { error } = refused.status === 507 ? await refused.json() : { error: null };
  if (error?.code !== "storage_unavailable" || !error.message.includes(says))
    add(`a question meanwhile: ${refused.status} ${error?.message ?? ""}`);
  const page = await (await fetch(server.url)).text();
  const banner = /<p[^>]*role="alert"[^>]*>(.*?)<\/p>/s.exec(page)?.[1] ?? "";
  if (!banner.includes(says)) add(`the page says: ${banner}`);
}

const ask = (server: RealServer) =>
  fetch(`${server.url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: `say: ${words}`, memory_context: 0 }),
  });

/** Reads so many frames, and the others when that is asked for. */
async function readUntil(response: Response, count: number) {
  if (response.body === null) throw new Error(`The server refused a question: ${await response.text()}`);
  const frames = readFrames(response.body);
  const read: Parameters<typeof shownText>[0][number][] = [];
  const readOne = async () => {
    const { value } = await frames.next();
    if (value) read.push(value);
    return value !== undefined;
  };
  while (read.length < count && (await readOne()));
  return {
    text: () => shownText(read),
    toTheEnd: async () => {
      while (await readOne());
    },
  };
}

const health = async (server: RealServer): Promise<{ status: string; storage: string }> =>
  (await fetch(`${server.url}/health`)).json();

const stored = async (server: RealServer, id: string): Promise<{ state: string; text: string }> =>
  (await fetch(`${server.url}/api/generations/${id}`)).json();

async function until(isSo: () => Promise<boolean>): Promise<true> {
  const deadline = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error("It did not come to be.");
    await Bun.sleep(25);
  }
  return true;
}
