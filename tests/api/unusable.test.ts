/** What cannot be used: models that cannot be loaded leave the server up; settings that are wrong refuse the start. */
import { afterEach, describe, expect, test } from "bun:test";
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { startRealServer } from "../real-server.ts";

const model = "SmolLM2-135M-Instruct.Q4_1.gguf";
const realModel = join(import.meta.dir, "../../models", model);
const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "unusable-"));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

/** A file of this length that takes no room on the disk. */
function sparseFile(path: string, length: number): number {
  const file = openSync(path, "w");
  ftruncateSync(file, length);
  return file;
}

describe("A model that cannot be used leaves the server up, and everybody is told why", () => {
  const cases: [string, (path: string) => void, RegExp][] = [
    [
      "a truncated file",
      (path) => writeFileSync(path, readFileSync(realModel).subarray(0, 60_000_000)),
      /incomplete/,
    ],
    ["a file that is no GGUF", (path) => writeFileSync(path, "<html>Not found</html>"), /not a GGUF/],
    ["an empty file", (path) => writeFileSync(path, ""), /empty/],
    [
      "a damaged header",
      (path) => writeFileSync(path, Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(500, 255)])),
      /damaged|incomplete/,
    ],
    ["a file larger than the memory", (path) => closeSync(sparseFile(path, 2 ** 43)), /memory/],
    ["no model at all", () => {}, /no model/],
  ];
  for (const [what, prepare, reason] of cases) {
    test(what, async () => {
      const models = folder();
      prepare(join(models, model));
      await using server = await startRealServer({ environment: { MODELS_DIR: models, MODEL: "auto" } });
      const health = await (await fetch(`${server.url}/health`)).json();
      expect(health).toMatchObject({ status: "degraded", problem: expect.stringMatching(reason) });
      const reply = await fetch(`${server.url}/chat`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ message: "Hello?" }),
      });
      expect(reply.status).toBe(503);
      expect((await reply.json()).error).toMatchObject({
        code: "model_unusable",
        message: expect.stringMatching(reason),
      });
      const page = await (await fetch(server.url)).text();
      expect(page).toMatch(reason);
    });
  }
});

describe("A start that cannot succeed is refused in one sentence", () => {
  const refused = async (environment: Record<string, string>, dataDir?: string) => {
    const started = startRealServer({ environment, ...(dataDir === undefined ? {} : { dataDir }) });
    return started.then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : null),
    );
  };

  test("a broken config.json", async () => {
    const file = join(folder(), "config.json");
    writeFileSync(file, '{"language": 7}');
    expect(await refused({ CONFIG_FILE: file })).toContain('"language" must be a text');
  });

  test("a port in use", async () => {
    await using first = await startRealServer({ whileLoading: true });
    const port = new URL(first.url).port;
    expect(await refused({ PORT: port })).toContain(`Port ${port} on 127.0.0.1 cannot be used`);
  });

  test("a damaged database, which is left as it is", async () => {
    const dataDir = folder();
    const file = join(dataDir, "assistant.db");
    writeFileSync(file, "this was a database once, and somebody will want to look at it");
    expect(await refused({}, dataDir)).toMatch(/assistant\.db|database/);
    expect(readFileSync(file, "utf8")).toStartWith("this was a database once");
  });
});

describe("A database that is overwritten while the server runs", () => {
  const letter = "A letter that somebody saved under the wrong name. ".repeat(2_000);
  const told = "was overwritten by another program. Stop this program";
  const inBrowser = { headers: { accept: "text/html" } };
  const ask = (url: string) =>
    fetch(`${url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: "say: hello", memory_context: 0 }),
    });

  test("is said everywhere, and nothing is written into it any more, not even at the end", async () => {
    const dataDir = folder();
    const file = join(dataDir, "assistant.db");
    await using vllm = await startFakeVllm();
    const environment = { ENGINE: "vllm", VLLM_URL: vllm.url };
    await using server = await startRealServer({ dataDir, environment });
    expect((await ask(server.url)).status).toBe(200);
    writeFileSync(file, letter);
    const health = await (await fetch(`${server.url}/health`)).json();
    expect(health.status).toBe("degraded");
    expect(health.storage).toContain(told);
    const page = await (await fetch(server.url, inBrowser)).text();
    expect(page).toMatch(new RegExp(`<p[^>]*role="alert"[^>]*><span>[^<]*${told}`));
    const refused = await ask(server.url);
    expect(refused.status).toBe(507);
    expect((await refused.json()).error.message).toContain(told);
    expect(await server.stop()).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(letter);
  });

  test("so that nothing can be read either, is said by every page, and the next start refuses it", async () => {
    const dataDir = folder();
    const file = join(dataDir, "assistant.db");
    await using vllm = await startFakeVllm();
    const options = { dataDir, environment: { ENGINE: "vllm", VLLM_URL: vllm.url } };
    // Its first start writes all there is into the log beside the file, out of which it can still be read.
    expect(await (await startRealServer(options)).stop()).toBe(0);
    await using server = await startRealServer(options);
    writeFileSync(file, letter);
    const health = await fetch(`${server.url}/health`);
    expect([health.status, (await health.json()).status]).toEqual([200, "degraded"]);
    const page = await fetch(server.url, inBrowser);
    expect(page.status).toBe(507);
    expect(await page.text()).toMatch(
      /<h1>The storage does not work at present<\/h1>[\s\S]*Stop this program, and put a copy from the snapshots folder in its place/,
    );
    expect((await ask(server.url)).status).toBe(507);
    expect(await server.stop()).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(letter);
    await expect(startRealServer(options)).rejects.toThrow(
      "is damaged or is not a database. It is unchanged",
    );
    expect(readFileSync(file, "utf8")).toBe(letter);
  });
});

describe("A clean stop in mid-answer", () => {
  test("ends within seconds, and the next start finishes the answer", async () => {
    const dataDir = folder();
    const first = await startRealServer({ dataDir });
    const reply = await fetch(`${first.url}/chat/stream`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        message: "Tell me about gold.",
        max_tokens: 80,
        temperature: 0,
        memory_context: 0,
      }),
    });
    const id = reply.headers.get("x-generation-id");
    const reader = reply.body?.getReader();
    let seen = "";
    const decoder = new TextDecoder();
    while (seen.split("\n\n").length < 14) seen += decoder.decode((await reader?.read())?.value);
    expect(await first.stop()).toBe(0);

    await using second = await startRealServer({ dataDir });
    const whole = await (await fetch(`${second.url}/generations/${id}/events`)).text();
    const frames = (text: string) => text.split("\n\n").filter((frame) => frame.startsWith("id: "));
    const shown = frames(seen.slice(0, seen.lastIndexOf("\n\n")));
    expect(shown.length).toBeGreaterThan(8);
    expect(frames(whole).slice(0, shown.length)).toEqual(shown);
    expect(whole.trimEnd()).toEndWith("data: [DONE]");
  });
});
