/** Dictation, with a microphone that Chromium makes up, and a speech-to-text server that the test scripts. */
import type { ServerResponse } from "node:http";
import type { Page } from "@playwright/test";
import { type FakeSpeech, refuses, says, startFakeSpeech } from "../fakes/fake-speech.ts";
import { ask, test as base, expect, finished } from "./chat.ts";
import playwrightConfig from "./playwright.config.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

interface Servers {
  readonly speech: FakeSpeech;
  readonly server: string;
}

const test = base.extend<object, Servers>({
  speech: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using speech = await startFakeSpeech();
      await use(speech);
    },
    { scope: "worker" },
  ],
  server: [
    async ({ speech }, use) => {
      await using server = await spawnServer("dictation-server.ts", { STT_URL: speech.url });
      await use(server.url);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server),
});

const { launchOptions } = playwrightConfig.use ?? {};
test.use({
  permissions: ["microphone"],
  launchOptions: {
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
    ],
  },
});
test.beforeEach(({ speech }) => {
  speech.behaviour = says("What is gold?");
});

const button = (page: Page) => page.getByRole("button", { name: "Dictate" });
const panel = (page: Page) => page.locator("#dictation");
const question = (page: Page) => page.locator("#question");
const news = (page: Page) => page.locator("[data-dictation-news]");

/** The next recording is not answered. @returns what answers it */
const hold = (speech: FakeSpeech) =>
  new Promise<ServerResponse>((resolve) => {
    speech.behaviour = resolve;
  });

/** Until something of it has been recorded. */
async function record(page: Page): Promise<void> {
  await button(page).click();
  await expect(button(page)).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".dictation-time")).not.toHaveText("0:00");
}

test("what is said stands where the caret was, as if it had been typed, and is kept with the draft", async ({
  page,
  speech,
}) => {
  await page.goto("/");
  await question(page).fill("Tell me. Thanks.");
  await question(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(8, 8));
  await record(page);
  await expect(panel(page)).toContainText("Recording. Press again to end.");
  await button(page).click();
  await expect(question(page)).toHaveValue("Tell me. What is gold? Thanks.");
  await expect(news(page)).toHaveText("Your words are in the question.");
  await expect(panel(page)).toBeHidden();
  await expect(question(page)).toBeFocused();
  expect(await question(page).evaluate((field: HTMLTextAreaElement) => field.selectionEnd)).toBe(22);
  const { fields, file } = speech.heard.at(-1) ?? {};
  expect(fields).toEqual({ model: "whisper-1", response_format: "json", language: "en" });
  expect(file).toMatchObject({ name: "speech.webm", type: "audio/webm" });
  expect(file?.size).toBeGreaterThan(500);

  await page.reload();
  await expect(question(page)).toHaveValue("Tell me. What is gold? Thanks.");
  await question(page).press("Enter");
  await finished(page);
});

test("Esc ends a recording and stops no answer; what was said goes into the next question", async ({
  page,
  speech,
}) => {
  const held = hold(speech);
  await page.goto("/");
  await record(page);
  await question(page).fill("Yes");
  await question(page).press("Escape");
  await expect(panel(page)).toContainText("Your words are being written down.");
  await expect(button(page)).toHaveAttribute("aria-pressed", "false");
  // It waits for nothing: a question is sent meanwhile.
  await ask(page, "And silver?");
  await finished(page);
  says("And copper?")(await held);
  await expect(question(page)).toHaveValue("And copper?");
});

test("a recording that could not be written down is kept and sent again", async ({
  page,
  speech,
  allowedErrors,
}) => {
  allowedErrors.push(/status of 50[23]/);
  speech.behaviour = refuses(401);
  await page.goto("/");
  await record(page);
  await button(page).click();
  await expect(panel(page)).toContainText("The speech-to-text server refuses the key. Check STT_API_KEY.");
  const sizes = () => speech.heard.slice(-2).map(({ file }) => file?.size);
  // Not even a page that is left by mistake takes it away.
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.reload({ timeout: 1000 }).catch(() => {});
  await expect(panel(page)).toBeVisible();
  speech.behaviour = says("What is silver?");
  await panel(page).getByRole("button", { name: "Try again" }).click();
  await expect(question(page)).toHaveValue("What is silver?");
  const [first, second] = sizes();
  expect(first).toBe(second as number);
  await expect(panel(page)).toBeHidden();
});

test("a recording is thrown away, before and while it is written down", async ({ page, speech }) => {
  await page.goto("/");
  const before = speech.heard.length;
  await record(page);
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await expect(panel(page)).toBeHidden();
  await expect(button(page)).toBeFocused();

  speech.behaviour = () => {};
  await record(page);
  await button(page).click();
  await expect.poll(() => speech.heard.length).toBe(before + 1);
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await expect(panel(page)).toBeHidden();
  speech.behaviour = says("At last.");
  await record(page);
  await button(page).click();
  await expect(question(page)).toHaveValue("At last.");
});

test("a microphone that is refused or missing says what to do", async ({ page }) => {
  await page.goto("/");
  const refuse = (name: string) =>
    page.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name));
    }, name);
  for (const [name, sentence] of [
    ["NotAllowedError", "Allow it beside the address"],
    ["NotFoundError", "There is no microphone"],
    ["NotReadableError", "Close what else uses it"],
  ] as const) {
    await refuse(name);
    await button(page).click();
    await expect(panel(page)).toContainText(sentence);
    await expect(panel(page).getByRole("button", { name: "Try again" })).toBeHidden();
  }
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await expect(panel(page)).toBeHidden();
});

test("a microphone that cannot be recorded is let go", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      Object.assign(globalThis, { heard: stream.getTracks() });
      return stream;
    };
    MediaRecorder.prototype.start = () => {
      throw new DOMException("", "NotSupportedError");
    };
  });
  await button(page).click();
  await expect(panel(page)).toContainText("The microphone cannot be used");
  const states = () =>
    page.evaluate(() =>
      (globalThis as unknown as { heard: MediaStreamTrack[] }).heard.map(({ readyState }) => readyState),
    );
  expect(await states()).toEqual(["ended"]);
});

test.describe("each state", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("can be used by everyone, in both themes and on a phone", async ({ page, speech, allowedErrors }) => {
    allowedErrors.push(/status of 503/);
    await page.goto("/");
    await expectClean(page, "dictation idle");
    await record(page);
    await expectClean(page, "dictation recording");
    const held = hold(speech);
    await button(page).click();
    const response = await held;
    await expectClean(page, "dictation sending");
    refuses(401)(response);
    await expect(panel(page)).toContainText("refuses the key");
    await expectClean(page, "dictation failed");
    await panel(page).getByRole("button", { name: "Cancel" }).click();
  });
});

test("where the browser cannot record, and without JavaScript, there is no button", async ({
  page,
  browser,
  server,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "MediaRecorder"));
  await page.goto("/");
  await expect(question(page)).toBeVisible();
  await expect(page.locator("#dictate")).toBeHidden();
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server });
  const plain = await context.newPage();
  await plain.goto("/");
  await expect(plain.locator("#dictate")).toBeHidden();
  await context.close();
});
