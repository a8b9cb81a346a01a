/**
 * Kills the server with -9 after conversations of which the KV caches are on the disk, damages some of these, and asks on in each
 * conversation: the next turn is not read anew, and a damaged cache costs nothing but the time to read. Says how long the first token
 * took with the caches, and without.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEventData } from "../read-event-data.ts";
import { type Fault, type FaultResult, Losses } from "./fault.ts";
import { newDataFolder, ServerUnderTest } from "./server-under-test.ts";

/** The least share of a prompt that its cache has. */
const leastFound = 0.6;
/** So many conversations are asked on without their caches, to compare. */
const coldOnes = 5;
const savedDeadlineMs = 30_000;

export const kvCaches: Fault = {
  name: "kv caches, some damaged, after a kill -9",
  times: { long: 50, short: 6 },
  run,
};

async function run(times: number, random: () => number): Promise<FaultResult> {
  const losses = new Losses();
  const dataDir = newDataFolder();
  const folder = join(dataDir, "kv-states");
  const start = () => ServerUnderTest.start({ dataDir, environment: { LLAMA_CONTEXT: "2048" } });
  let server = await start();
  try {
    const conversations: string[] = [];
    for (let index = 0; index < times; index++) {
      const { conversation } = await ask(
        server,
        `${index}. ${"Gold is traded in ounces, and silver too. ".repeat(20)}`,
      );
      conversations.push(conversation);
      if (!(await saved(folder, conversation))) losses.add(`conversation ${index} was not saved`);
    }
    await server.kill();
    const damaged = damageSome(folder, random);
    server = await start();
    const warm: number[] = [];
    for (const conversation of conversations) {
      const { firstTokenMs, found, text } = await ask(server, "And what moves its price?", conversation);
      if (text === "") losses.add(`there was no answer in ${conversation}`);
      if (damaged.has(conversation)) continue;
      warm.push(firstTokenMs);
      if (found < leastFound)
        losses.add(`${Math.round(found * 100)} % of the prompt was found in ${conversation}`);
    }
    await server.kill();
    rmSync(folder, { recursive: true });
    server = await start();
    const cold: number[] = [];
    for (const conversation of conversations.slice(0, coldOnes))
      cold.push((await ask(server, "And what moves it down?", conversation)).firstTokenMs);
    const [with_, without] = [median(warm), median(cold)];
    console.log(
      `  first token of the next turn: ${Math.round(with_)} ms with its cache, ${Math.round(without)} ms without: ${(with_ / without).toFixed(2)}`,
    );
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return losses.result(times);
}

async function ask({ url }: ServerUnderTest, message: string, conversation?: string) {
  const asked = performance.now();
  const response = await fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...{ message, max_tokens: 12, temperature: 0, memory_context: 0 },
      ...(conversation === undefined ? {} : { conversation_id: conversation }),
    }),
  });
  let [text, firstTokenMs, found] = ["", 0, 0];
  for await (const data of readEventData(response.body ?? new ReadableStream())) {
    if (data === "[DONE]") break;
    const { choices, usage } = JSON.parse(data);
    const content: string = choices[0]?.delta?.content ?? "";
    if (text === "" && content !== "") firstTokenMs = performance.now() - asked;
    text += content;
    if (usage) found = usage.prompt_tokens_details.cached_tokens / usage.prompt_tokens;
  }
  return { conversation: response.headers.get("x-conversation-id") ?? "", text, firstTokenMs, found };
}

const labelsIn = (folder: string) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(".state.json"))
    .map((path) => ({ path, conversation: String(JSON.parse(readFileSync(path, "utf8")).conversationId) }));

async function saved(folder: string, conversation: string): Promise<boolean> {
  const deadline = performance.now() + savedDeadlineMs;
  while (performance.now() < deadline) {
    try {
      if (labelsIn(folder).some((label) => label.conversation === conversation)) return true;
    } catch {
      // There is no folder yet, or a file is just being replaced.
    }
    await Bun.sleep(50);
  }
  return false;
}

/** A bit of each third one, or its end. @returns the conversations */
function damageSome(folder: string, random: () => number): ReadonlySet<string> {
  const damaged = labelsIn(folder).filter((_, index) => index % 3 === 0);
  for (const [index, { path }] of damaged.entries()) {
    const state = path.slice(0, -".json".length);
    const bytes = readFileSync(state);
    const at = Math.floor(random() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    writeFileSync(state, index % 2 === 0 ? bytes : bytes.subarray(0, at));
  }
  return new Set(damaged.map(({ conversation }) => conversation));
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
