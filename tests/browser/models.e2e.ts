/** The Models page: a model of a hub by its name, watched, paused, gone on with after a crash, used, and removed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { askToEnd, expect, test } from "./chat.ts";
import { modelIsThere, RealServer } from "./real-server.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

/** A row of the page. */
const row = (page: Page, name: string) => page.locator("#models li", { hasText: name });

test.describe("with a server, a hub and an empty folder of models", () => {
  test.skip(!modelIsThere, "the small model is not there: bun run models pull smollm2-135m-instruct");
  test.describe.configure({ timeout: 150_000 });

  test("a model is pulled by its name, paused, resumed after a crash, used, and asked by that name", async ({
    page,
    allowedErrors,
    lasting,
  }) => {
    allowedErrors.push(/ERR_|sse:error|Failed to fetch|network error|404|422|503/);
    const modelsDir = mkdtempSync(join(tmpdir(), "models-"));
    lasting({ [Symbol.asyncDispose]: async () => rmSync(modelsDir, { recursive: true, force: true }) });
    const hub = lasting(await spawnServer("hub-server.ts", { PACE_MS: "150" }));
    const server = lasting(new RealServer({ MODELS_DIR: modelsDir, HF_ENDPOINT: hub.url, MODEL: "auto" }));
    await server.start();
    await page.goto(`${server.url}/models`);
    await expect(page.getByText("No model is here yet.")).toBeVisible();
    await expect(page.getByRole("heading", { name: /^Get a better model/ })).toBeVisible();

    const field = page.getByLabel("A GGUF model of Hugging Face");
    await field.fill("https://evil.example/maker/Small-GGUF");
    await page.getByRole("button", { name: "Show its files" }).click();
    await expect(page.getByRole("alert")).toContainText("is not an address of the model hub");
    await field.fill(`${hub.url}/maker/Small-GGUF`);
    await page.getByRole("button", { name: "Show its files" }).click();
    await expect(page.getByRole("heading", { name: "maker/Small-GGUF" })).toBeVisible();
    await expect(page.getByRole("alert")).toBeEmpty();
    await expect(page.getByText("Suits this machine")).toBeVisible();
    await expect(page.getByText("Reads pictures or sounds")).toBeVisible();

    await page.getByRole("button", { name: /^Get ?: Q4_1/ }).click();
    const pull = page.locator("#pull-Small-Q4_1");
    await expect(pull.getByRole("progressbar")).toBeVisible();
    // It goes on by itself.
    await expect(pull).toContainText(/[1-9]\d?\sMB of 98\sMB/);
    await pull.getByRole("button", { name: "Pause" }).click();
    await expect(pull.getByRole("button", { name: "Resume" })).toBeVisible();
    await expect(pull).toContainText("are here");

    await server.kill();
    await server.start();
    await page.goto(`${server.url}/models`);
    await expect(pull).toContainText(/[1-9]\d?\sMB of 98\sMB are here/);
    const chat = await page.context().newPage();
    await chat.goto(server.url);
    await pull.getByRole("button", { name: "Resume" }).click();
    // Whoever asks meanwhile is told, without a reload.
    const banner = chat.locator("#engine-banner");
    await expect(banner).toContainText("No model is running yet: Small-Q4_1 is being downloaded.", {
      timeout: 60_000,
    });
    await expect(banner.getByRole("progressbar")).toHaveAttribute("value", /^0\.[1-9]/);
    await expect(pull).toContainText("It is here, and verified.", { timeout: 60_000 });
    await expect(banner).toContainText("Small-Q4_1 is here, and answers from now on.", { timeout: 60_000 });
    await chat.close();

    const here = page.locator("#model-Small-Q4_1");
    await expect(here).toContainText(/98\sMB · Q4_1 · 8,192 tokens of context · apache-2.0/);
    // None answered before: it does so by itself.
    await expect(here).toContainText("In use", { timeout: 60_000 });
    await expect(here.getByText("Remove…")).toBeHidden();
    await page.goto(server.url);
    await askToEnd(page, "Say yes.").catch(() => page.getByRole("button", { name: "Stop" }).click());
    await expect(page.locator(".message.assistant").last()).toContainText("Small-Q4_1");
    const asked = await page.request.post(`${server.url}/v1/chat/completions`, {
      data: {
        ...{ model: "hf:maker/Small-GGUF:Q4_1", max_tokens: 4 },
        messages: [{ role: "user", content: "Say yes." }],
      },
    });
    expect(await asked.json()).toMatchObject({ model: "Small-Q4_1" });
  });
});

test("the page of a full shelf: what can be done with each, and a removal that is asked about first", async ({
  page,
}) => {
  await page.goto("/models");
  await expect(row(page, "A model in use").getByText("In use", { exact: true })).toBeVisible();
  await expect(row(page, "A huge model")).toContainText("Too big: needs 60.0 GB, this machine has 16.0 GB");
  await expect(row(page, "A huge model").getByRole("button")).toHaveCount(0);
  await expect(row(page, "A failed one")).toContainText("The model hub cannot be reached");
  const stored = row(page, "A model on the disk");
  await stored.getByText("Details").click();
  await expect(stored).toContainText("user/stored-GGUF");
  await stored.getByText("Remove…").click();
  await stored.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("alert").first()).toBeEmpty();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test("the page is in the sidebar and the palette", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("hub");
  await expect(page.locator("#palette [role=option]", { hasText: "Models" })).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("files of the hub are shown, and a model is fetched by plain forms", async ({ page }) => {
    await page.goto("/models");
    await page.getByLabel("A GGUF model of Hugging Face").fill("user/tiny-GGUF");
    await page.getByRole("button", { name: "Show its files" }).click();
    await expect(page.getByRole("heading", { name: "user/tiny-GGUF" })).toBeVisible();
    await page.getByRole("button", { name: /^Get ?: Q4_K_M/ }).click();
    await expect(page).toHaveURL(/\/models$/);
  });
});

test.describe("for axe", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("the files of the hub", async ({ page }) => {
    await page.goto("/models");
    await page.getByLabel("A GGUF model of Hugging Face").fill("user/tiny-GGUF");
    await page.getByRole("button", { name: "Show its files" }).click();
    await expect(page.getByRole("heading", { name: "user/tiny-GGUF" })).toBeVisible();
    await expectClean(page, "files of the hub");
  });
});

test("a model of today shows its files with one press, in view wherever the button stands", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/models");
  await page.locator("li", { hasText: "Ministral 3 14B" }).getByRole("button").click();
  await expect(page.locator("#hub-files-title")).toBeInViewport();
});
