/** The next turn of a conversation after a clean restart: what was read before it is not read again. */
import { expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RealServer, startRealServer } from "../real-server.ts";

/** src/engines/llama/prompt-blocks.ts */
const blockTokens = 64;
const long = "Gold is traded in ounces, and its price moves with real interest rates. ".repeat(12);

async function ask(server: RealServer, message: string, conversation?: string) {
  const response = await fetch(`${server.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      message,
      max_tokens: 12,
      temperature: 0,
      memory_context: 0,
      ...(conversation === undefined ? {} : { conversation_id: conversation }),
    }),
  });
  const { conversation_id: id, usage, response: text } = await response.json();
  return { id, text, cached: usage.prompt_tokens_details.cached_tokens, prompt: usage.prompt_tokens };
}

test("it finds its earlier turns in the cache; without the saved states it does not", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "kv-states-"));
  const states = join(dataDir, "kv-states");
  try {
    const first = await startRealServer({ dataDir });
    const { id, prompt } = await ask(first, `${long} What is gold?`);
    expect(await first.stop()).toBe(0);
    expect(existsSync(states)).toBe(true);

    const second = await startRealServer({ dataDir });
    const warm = await ask(second, "And silver?", id);
    // Whole blocks of the prompt: what is left of the last one is read again.
    expect(warm.cached).toBeGreaterThanOrEqual(Math.floor((prompt - 1) / blockTokens) * blockTokens);
    expect(await second.stop()).toBe(0);
    expect(keptIn(states)).toEqual([String(id)]);

    rmSync(states, { recursive: true });
    const third = await startRealServer({ dataDir });
    const cold = await ask(third, "And copper?", id);
    expect(cold.cached).toBe(0);
    await third.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!isSo() && performance.now() < deadline) await Bun.sleep(20);
  expect(isSo()).toBe(true);
}

/** The conversations whose states lie on the disk. */
const keptIn = (states: string) =>
  [...new Bun.Glob("**/*.state.json").scanSync({ cwd: states })]
    .map((name) => JSON.parse(readFileSync(join(states, name), "utf8")).conversationId)
    .sort();

test("it finds them after a kill -9, and after more conversations than there are sequences", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "kv-states-"));
  const states = join(dataDir, "kv-states");
  mkdirSync(states);
  try {
    const first = await startRealServer({ dataDir });
    const subjects = ["Gold", "Silver", "Copper", "Tin", "Zinc", "Lead"];
    const asked = [];
    for (const subject of subjects) {
      const answer = await ask(first, `${subject}. ${long} What is ${subject}?`);
      asked.push(answer);
      // While nothing is written it is saved.
      await until(() => keptIn(states).includes(String(answer.id)));
    }
    await first.kill();
    const second = await startRealServer({ dataDir });
    for (const { id, prompt } of [...asked, ...asked]) {
      const next = await ask(second, "And what moves its price?", String(id));
      expect(next.cached).toBeGreaterThanOrEqual(Math.floor((prompt - 1) / blockTokens) * blockTokens);
    }
    await second.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);

test("what was deleted is in no state: neither of a model that runs, nor of one that is stopped", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "kv-states-"));
  const states = join(dataDir, "kv-states");
  mkdirSync(states);
  const remove = (server: RealServer, path: string) =>
    fetch(`${server.url}/api/conversations/${path}`, { method: "DELETE" });
  try {
    const first = await startRealServer({ dataDir });
    const asked = [];
    // Each begins with other words, so that each has a sequence of its own.
    for (const subject of ["Gold", "Silver", "Copper", "Tin"])
      asked.push(await ask(first, `${subject}. ${long} What is ${subject}?`));
    const [gold, silver, copper, tin] = asked.map(({ id }) => String(id));
    expect((await remove(first, `${gold}`)).status).toBe(200);
    const { messages } = await (await fetch(`${first.url}/api/conversations/${silver}`)).json();
    expect((await remove(first, `${silver}/messages/${messages[0].id}`)).status).toBe(200);
    expect(await first.stop()).toBe(0);
    expect(keptIn(states)).toEqual([copper, tin].map(String).sort());

    const second = await startRealServer({ dataDir });
    await fetch(`${second.url}/api/engines/llama/stop`, { method: "POST" });
    await until(() => keptIn(states).length === 2);
    expect(keptIn(states)).toEqual([copper, tin].map(String).sort());
    expect((await remove(second, `${copper}`)).status).toBe(200);
    expect(keptIn(states)).toEqual([`${tin}`]);
    expect(await second.stop()).toBe(0);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
