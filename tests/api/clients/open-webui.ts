/**
 * Open WebUI in front of this program, as its users have it: asked by its own interface over HTTP and in a browser, with this
 * program as a server of OpenAI's form and as an Ollama. Its package is fetched for that, without what reads documents and speech by
 * models of its own; nothing of it is part of this project.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import { freePort } from "../../../src/process/port.ts";
import playwrightConfig from "../../browser/playwright.config.ts";
import { pythonWith } from "./python-with.ts";
import type { Told } from "./told.ts";

const release = "open-webui==0.12.4";
/** Gigabytes of PyTorch: what only they are for is turned off. */
const leftOut = ["torch", "sentence-transformers", "faster-whisper"];
const startMs = 180_000;
const answerMs = 60_000;
const question = "What is 2 + 2?";

/** @returns why it cannot be had on this machine; null: it can */
export async function whyNoWebUi(): Promise<string | null> {
  const asking = Bun.spawn(["python3", "-c", "import sys; print(sys.version_info.minor)"]);
  const minor = Number(await new Response(asking.stdout).text());
  return [11, 12].includes(minor)
    ? null
    : `Open WebUI needs Python 3.11 or 3.12, and this one is 3.${minor}.`;
}

interface WebUi extends AsyncDisposable {
  readonly url: string;
}

async function startWebUi(real: string, cache: string): Promise<WebUi> {
  const overrides = join(cache, "open-webui-overrides.txt");
  await Bun.write(overrides, leftOut.map((name) => `${name}; sys_platform == 'never'\n`).join(""));
  const { command, environment } = await pythonWith([release, "--overrides", overrides], cache);
  const dataDir = mkdtempSync(join(tmpdir(), "open-webui-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const serve = ["-c", "import open_webui; open_webui.app()", "serve", "--host", "127.0.0.1"];
  const child = Bun.spawn([...command, ...serve, "--port", String(port)], {
    cwd: dataDir,
    env: {
      ...environment,
      ...{ DATA_DIR: dataDir, WEBUI_AUTH: "False", WEBUI_SECRET_KEY: "for this run", OFFLINE_MODE: "1" },
      ...{ HF_HUB_OFFLINE: "1", RAG_EMBEDDING_ENGINE: "openai", AUDIO_STT_ENGINE: "openai" },
      ...{ OPENAI_API_BASE_URLS: `${real}/v1`, OPENAI_API_KEYS: "local", OLLAMA_BASE_URL: real },
      ...{ ENABLE_TITLE_GENERATION: "False", ENABLE_TAGS_GENERATION: "False" },
      ...{ ENABLE_FOLLOW_UP_GENERATION: "False", ENABLE_VERSION_UPDATE_CHECK: "False" },
      // They take 6,400 tokens of each prompt, which is more than the model of the tests holds.
      DEFAULT_MODEL_METADATA: '{"capabilities":{"builtin_tools":false}}',
      ...{ ANONYMIZED_TELEMETRY: "False", DO_NOT_TRACK: "1", SCARF_NO_ANALYTICS: "true" },
    },
    stdio: ["ignore", "ignore", Bun.file(join(dataDir, "log"))],
  });
  const close = async () => {
    child.kill("SIGKILL");
    await child.exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const deadline = performance.now() + startMs;
  for (;;) {
    const health = await fetch(`${url}/health`).catch(() => null);
    if (health?.ok) return { url, [Symbol.asyncDispose]: close };
    if (child.exitCode !== null || performance.now() > deadline) {
      const said = await Bun.file(join(dataDir, "log")).text();
      await close();
      throw new Error(`Open WebUI does not start.\n${said.slice(-2000)}`);
    }
    await Bun.sleep(200);
  }
}

/** Its models as it lists them: the same one by OpenAI's interface, and by Ollama's. */
const sides = {
  open_webui_openai: "smollm2-135m-instruct",
  open_webui_ollama: "smollm2-135m-instruct:latest",
};

/** @returns a text for each model that could be asked */
async function listed(url: string, authorization: string): Promise<readonly string[]> {
  const { data } = await (await fetch(`${url}/api/models`, { headers: { authorization } })).json();
  return data.map(({ id }: { id: string }) => id);
}

async function asked(url: string, authorization: string, body: object): Promise<Response> {
  return await fetch(`${url}/api/chat/completions`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ role: "user", content: question }], max_tokens: 12, ...body }),
    signal: AbortSignal.timeout(answerMs),
  });
}

async function plain(url: string, authorization: string, model: string): Promise<void> {
  const { choices } = await (await asked(url, authorization, { model, stream: false })).json();
  assert.match(choices[0].message.content, /\S/);
}

async function streamed(url: string, authorization: string, model: string): Promise<void> {
  const told = await (await asked(url, authorization, { model, stream: true })).text();
  const pieces = [...told.matchAll(/^data: (\{.*)$/gm)]
    .map(([, data = ""]) => JSON.parse(data).choices?.[0]?.delta?.content ?? "")
    .filter((piece) => piece !== "");
  assert.ok(pieces.length > 2, told.slice(0, 500));
}

/** A prompt that the model does not hold: the sentence of the refusal is shown. */
async function refused(url: string, authorization: string, model: string): Promise<void> {
  const messages = [{ role: "user", content: "gold ".repeat(4000) }];
  const told = await (await asked(url, authorization, { model, messages, stream: false })).text();
  assert.match(told, /but the model holds/);
}

async function untilIdle(real: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while ((await (await fetch(`${real}/health`)).json()).answers.unfinished > 0) {
    if (performance.now() > deadline) throw new Error("Nobody reads it, and it is still written.");
    await Bun.sleep(100);
  }
}

/** A program that leaves Open WebUI's stream. With so many tokens it would be written for longer than is waited. */
async function left(url: string, real: string, authorization: string, model: string): Promise<void> {
  const messages = [{ role: "user", content: "Tell me all about gold, silver, copper and oil." }];
  const bias = { logit_bias: { 260: 100 } };
  const reply = await asked(url, authorization, { model, messages, max_tokens: 1800, stream: true, ...bias });
  const reader = reply.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await untilIdle(real);
}

interface InBrowser {
  readonly url: string;
  readonly real: string;
  readonly model: string;
  /** Where a picture of the answer is put; null: nowhere. */
  readonly picture: string | null;
}

/** As a person does it. */
async function inBrowser(context: BrowserContext, { url, real, model, picture }: InBrowser) {
  const page = await context.newPage();
  page.setDefaultTimeout(answerMs);
  await page.goto(`${url}/?models=${encodeURIComponent(model)}`);
  const dismiss = page.getByRole("button", { name: /^Okay, Let's Go!$/ });
  const box = page.locator("#chat-input");
  await box.waitFor();
  if (await dismiss.isVisible()) await dismiss.click();
  await box.click();
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
  const answer = page.locator(".chat-assistant").last();
  await page.waitForFunction(
    () => /\w{3}/.test(document.querySelector(".chat-assistant")?.textContent ?? ""),
    undefined,
    { timeout: answerMs },
  );
  await untilIdle(real);
  // A refusal stands where an answer does.
  const text = (await answer.textContent()) ?? "";
  assert.ok(!text.includes("the model holds"), text);
  if (picture !== null) await page.screenshot({ path: picture });
  await page.close();
}

/** @param picture a folder for pictures of what a person sees; null: none are taken */
export async function openWebUiChecks(real: string, cache: string, picture: string | null) {
  const told: Told[] = [];
  const tell = async (program: string, check: string, run: () => Promise<void>) => {
    const begun = performance.now();
    const problem = await run().then(() => null, String);
    told.push({ program, check, problem, seconds: Math.round((performance.now() - begun) / 100) / 10 });
  };
  await using webUi = await startWebUi(real, cache);
  const { url } = webUi;
  const signedIn = await fetch(`${url}/api/v1/auths/signin`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"email":"","password":""}',
  });
  const authorization = `Bearer ${(await signedIn.json()).token}`;
  const models = await listed(url, authorization);
  await using browser = await chromium.launch(playwrightConfig.use?.launchOptions);
  for (const [program, model] of Object.entries(sides)) {
    await tell(program, "plain", async () => {
      assert.ok(models.includes(model), models.join());
      await plain(url, authorization, model);
    });
    await tell(program, "streamed", () => streamed(url, authorization, model));
    await tell(program, "error", () => refused(url, authorization, model));
    await tell(program, "abort", () => left(url, real, authorization, model));
    await tell(program, "others", async () => {
      const context = await browser.newContext({ locale: "en" });
      await inBrowser(context, {
        ...{ url, real, model },
        picture: picture === null ? null : join(picture, `${program}.png`),
      });
      await context.close();
    });
  }
  return told;
}
