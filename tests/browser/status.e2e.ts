/** The status page, live and without scripts; its pictures go to test-results/looks for people to look at. */
import type { Page } from "@playwright/test";
import { expect, test } from "./chat.ts";

const pictures = "test-results/looks";

const engine = (page: Page, name: string) => page.getByRole("article", { name });
const state = (page: Page, name: string) => engine(page, name).getByRole("status");
/** What the server reports from now on; without an argument, what it reports at first. */
const report = (page: Page, change: object = {}) => page.request.post("/test/status", { data: change });

const failed = {
  status: {
    engine: "vllm",
    state: "failed",
    since: Date.now() - 95_000,
    model: "Qwen/Qwen3-4B-Instruct",
    modelHash: null,
    problem:
      "vLLM ended three times while it started: the GPU has too little memory. Choose a smaller model.",
    progress: null,
    phase: null,
    slots: 32,
    busySlots: 0,
    contextSize: null,
    details: { url: "http://127.0.0.1:8000", launched: true },
  },
  restarts: 3,
  actions: ["start"],
  models: ["smollm2-135m-instruct"],
  logTail: [
    "ERROR 10:35:37 [core.py:586] torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.16 GiB. GPU 0 has a total capacity of 7.79 GiB.",
  ],
  timeToFirstTokenMs: null,
  tokensPerSecond: null,
};
const loading = {
  ...failed,
  status: {
    ...failed.status,
    engine: "llama",
    state: "starting",
    model: "phi3",
    problem: null,
    progress: 0.4,
    phase: null,
  },
  restarts: 0,
  actions: ["stop"],
  models: [],
  logTail: [],
};

test.beforeEach(({ page }) => report(page));

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the status, wide and on a phone of 360 pixels", async ({ page }) => {
      await page.goto("/status");
      await expect(state(page, "vllm")).toHaveText("vllm: Ready");
      const shot = async (name: string) => {
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({
          path: `${pictures}/${colorScheme}-status${name}.png`,
          animations: "disabled",
          fullPage: true,
        });
      };
      await shot("");
      await report(page, { engines: [failed, loading], storage: "The disk is full. Free some space." });
      await expect(state(page, "vllm")).toHaveText("vllm: Failed");
      await engine(page, "vllm").getByText("Last lines of its log").click();
      await shot("-failed");
      await page.setViewportSize({ width: 360, height: 740 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await shot("-phone");
      await report(page, { engines: [] });
      await expect(page.getByText("No engine is configured")).toBeVisible();
      await shot("-empty");
    });
  });

test("the page follows by itself, and leaves alone what the reader has opened and holds", async ({
  page,
}) => {
  await page.goto("/status");
  const log = engine(page, "vllm").getByText("Last lines of its log");
  await log.click();
  await expect(page.getByText("Application startup complete. <b>")).toBeVisible();
  const stop = page.getByRole("button", { name: "Stop llama" });
  await stop.focus();
  await report(page, { waiting: 41 });
  await expect(page.locator(".tiles")).toContainText("41");
  await expect(page.getByText("Application startup complete. <b>")).toBeVisible();
  await expect(stop).toBeFocused();
});

test("the model that the reader has chosen stays chosen through live updates, and is loaded", async ({
  page,
}) => {
  await page.goto("/status");
  const models = engine(page, "vllm").getByLabel("Another model");
  await models.selectOption("phi3");
  await models.focus();
  await report(page, { waiting: 41 });
  await expect(page.locator(".tiles")).toContainText("41");
  await expect(models).toHaveValue("phi3");
  await expect(models).toBeFocused();
  await page.getByRole("button", { name: "Load the model on vllm" }).click();
  await expect(engine(page, "vllm").locator(".engine-model")).toContainText("phi3");
  await expect(engine(page, "llama").getByLabel("Another model")).toHaveCount(0);
});

test("a stream that ends is opened again, and shows how things are by then", async ({ page }) => {
  const ended = { contentType: "text/event-stream", body: ": ok\n\n" };
  await page.route("/status/live", (route) => route.fulfill(ended), { times: 1 });
  await page.goto("/status");
  await report(page, { engines: [failed] });
  await expect(state(page, "vllm")).toHaveText("vllm: Failed");
});

test("engines are stopped and started with the keyboard alone", async ({ page }) => {
  await page.goto("/status");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the status" })).toBeFocused();
  await page.keyboard.press("Enter");
  const stop = page.getByRole("button", { name: "Stop llama" });
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press("Tab");
    if (await stop.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(stop).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(state(page, "llama")).toHaveText("llama: Stopped");
  await expect(stop).toBeFocused();
  await expect(stop).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Start llama", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(state(page, "llama")).toHaveText("llama: Starting");
});

test.describe("what is refused", () => {
  test.use({ allowedErrors: [/404/] });

  test("is said in a sentence, which goes with the next thing that succeeds", async ({ page }) => {
    // The page is not told of this change before it has sent its request.
    await page.route("/status/live", (route) => route.fulfill({ status: 204 }));
    await page.goto("/status");
    await report(page, { engines: [loading] });
    await page.getByRole("button", { name: "Restart vllm" }).click();
    const note = page.getByRole("alert");
    await expect(note).toHaveText('There is no engine "vllm".');
    await page.getByRole("button", { name: "Stop llama" }).click();
    await expect(note).toBeEmpty();
  });
});

test("the page is reached from the chat, and the chat from it", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Status" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Status");
  // A conversation in the list may have the same name.
  await page.locator("a.new-chat").click();
  await expect(page.locator("#question")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false, allowedErrors: [/404/] });

  test("engines are steered by plain forms", async ({ page }) => {
    await page.goto("/status");
    await engine(page, "vllm").getByLabel("Another model").selectOption("phi3");
    await page.getByRole("button", { name: "Load the model on vllm" }).click();
    await expect(engine(page, "vllm").locator(".engine-model")).toContainText("phi3");
    await page.getByRole("button", { name: "Stop llama" }).click();
    await expect(page).toHaveURL(/\/status$/);
    await expect(state(page, "llama")).toHaveText("llama: Stopped");
    await expect(page.getByText("Start it to get answers.")).toBeVisible();
    await report(page, { engines: [loading] });
    await page.getByRole("button", { name: "Restart vllm" }).click();
    await expect(page.getByRole("alert")).toHaveText('There is no engine "vllm".');
    await page.getByRole("link", { name: "Reload" }).click();
    await expect(state(page, "llama")).toHaveText("llama: Starting");
  });
});

test.describe("an address that does not exist", () => {
  test.use({ allowedErrors: [/404/] });

  test("is answered with a page that leads on", async ({ page }) => {
    const reply = await page.goto("/nothing/here");
    expect(reply?.status()).toBe(404);
    await expect(page.getByText("Nothing is at this address.")).toBeVisible();
    await page.screenshot({ path: `${pictures}/light-nothing.png`, animations: "disabled" });
    await page.getByRole("link", { name: "Start a new chat" }).click();
    await expect(page.locator("#question")).toBeVisible();
  });
});
