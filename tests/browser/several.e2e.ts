/** More than one answer at once: two beside each other, and a card for each of several questions. */
import type { Page } from "@playwright/test";
import { test as base, expect } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

const test = base.extend<object, { server: string }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using server = await spawnServer("several-server.ts");
      await use(server.url);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server),
});

const side = (page: Page, name: "First answer" | "Second answer") => page.getByRole("group", { name });
const version = (page: Page, name: "First answer" | "Second answer") => page.getByRole("region", { name });
const cards = (page: Page) => page.locator(".batch-cards > .version");
const card = (page: Page, question: string) => page.getByRole("region", { name: question });

async function askBoth(page: Page, question: string): Promise<void> {
  await page.goto("/compare");
  await page.getByLabel("Question", { exact: true }).fill(question);
  await side(page, "First answer").getByLabel("Model").selectOption("left-model");
  await side(page, "Second answer").getByLabel("Model").selectOption("right-model");
  await side(page, "Second answer").getByLabel("Temperature").fill("1.2");
  await page.getByRole("button", { name: "Ask both" }).click();
}

async function askAll(page: Page, ...questions: readonly string[]): Promise<void> {
  await page.goto("/batches");
  await page.getByLabel("Questions, one per line").fill(questions.join("\n"));
  await page.getByRole("button", { name: "Ask all" }).click();
}

test.describe("side by side", () => {
  test("two models stream together, and the conversation goes on with the one that is picked", async ({
    page,
  }) => {
    await askBoth(page, "What is gold?");
    await expect(version(page, "First answer")).toContainText("Engine left says");
    await expect(version(page, "Second answer")).toContainText("Engine right says");
    await expect(version(page, "Second answer")).toContainText("Temperature 1.2");
    await expect(page.locator(".message.assistant.done")).toHaveCount(2);
    await page.getByRole("button", { name: "Continue with this one: Second answer" }).click();
    await expect(page).toHaveURL(/\/c\//);
    await expect(page.locator(".message.assistant")).toHaveCount(1);
    await expect(page.locator(".message.assistant")).toContainText("Engine right says");
    await page.locator("#question").fill("And silver?");
    await page.locator("#question").press("Enter");
    await expect(page.locator(".message.assistant.done")).toHaveCount(2);
  });

  test("both are stopped, a reload keeps them, and the form keeps what was refused", async ({
    page,
    allowedErrors,
  }) => {
    allowedErrors.push(/422/);
    await askBoth(page, "What is gold, held?");
    await expect(version(page, "First answer")).toContainText("Engine left says");
    await page.reload();
    await expect(version(page, "Second answer")).toContainText("Engine right says");
    await page.getByRole("button", { name: "Stop both" }).click();
    await expect(page.locator(".message.assistant.stopped")).toHaveCount(2);
    await expect(page.getByRole("button", { name: "Stop both" })).toHaveCount(0);
    await page.reload();
    await expect(page.locator(".message.assistant.stopped")).toHaveCount(2);

    await page.goto("/compare");
    await page.getByLabel("Question", { exact: true }).fill("kept");
    await side(page, "First answer")
      .getByLabel("Temperature")
      .evaluate((field: HTMLInputElement) => {
        field.removeAttribute("max");
        field.value = "7";
      });
    await page.getByRole("button", { name: "Ask both" }).click();
    await expect(page.getByRole("alert")).toContainText("from 0 to 2");
    await expect(page.getByLabel("Question", { exact: true })).toHaveValue("kept");
  });
});

test.describe("several questions", () => {
  test("each is answered in its card and is a conversation, and a reload keeps them all", async ({
    page,
    allowedErrors,
  }) => {
    allowedErrors.push(/422/);
    await askAll(page, "What is gold?", "What moves [instrument]?", "Why?");
    await expect(page.getByRole("alert")).toContainText("Name the instruments");
    await page.getByLabel("Instruments").fill("EURUSD, XAUUSD");
    await page.getByRole("button", { name: "Ask all" }).click();
    await expect(cards(page)).toHaveCount(4);
    await expect(page.locator(".batch-head")).toContainText("4 of 4 done");
    await page.reload();
    await expect(card(page, "What moves XAUUSD?")).toContainText("says of this");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save as Markdown" }).click();
    expect((await download).suggestedFilename()).toBe("questions.md");
    await card(page, "What moves EURUSD?").getByRole("link", { name: "Open" }).click();
    await expect(page.locator(".message.user")).toHaveText(/What moves EURUSD\?/);
    await page.goto("/batches");
    await expect(page.getByRole("link", { name: /What is gold\?/ }).first()).toBeVisible();
  });

  test("what is stopped or has failed is asked again, and what was answered is not", async ({
    page,
    allowedErrors,
  }) => {
    allowedErrors.push(/422/);
    await askAll(page, "What is copper?", "What breaks here?", "What is held back?");
    await expect(card(page, "breaks").locator(".message")).toHaveClass(/failed/);
    await expect(card(page, "copper").locator(".message")).toHaveClass(/done/);
    await page.getByRole("button", { name: "Stop all" }).click();
    await expect(card(page, "held").locator(".message")).toHaveClass(/stopped/);
    await expect(page.locator(".batch-head")).toContainText("3 of 3 done");
    await expect(page.getByRole("button", { name: "Stop all" })).toHaveCount(0);
    await page.getByRole("button", { name: "Ask the failed and stopped again" }).click();
    await expect(card(page, "breaks").locator(".message")).toHaveClass(/done/);
    await expect(card(page, "held").locator(".message")).toHaveClass(/streaming/);
    await expect(card(page, "copper").locator(".message")).toHaveClass(/done/);
    await page.getByRole("button", { name: "Stop all" }).click();
    await expect(page.locator(".batch-head")).toContainText("3 of 3 done");
  });
});

test.describe("to look at", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("the page of two answers holds for everyone: its form, while they are written, and after", async ({
    page,
  }) => {
    await page.goto("/compare");
    await expectClean(page, "compare form");
    await askBoth(page, "What is gold, held?");
    await expect(version(page, "First answer")).toContainText("Engine left says");
    await expect(version(page, "Second answer")).toContainText("Engine right says");
    await expectClean(page, "compare running");
    await page.getByRole("button", { name: "Stop both" }).click();
    await expect(page.locator(".message.assistant.stopped")).toHaveCount(2);
    await askBoth(page, "What is gold?");
    await expect(page.locator(".message.assistant.done")).toHaveCount(2);
    await expectClean(page, "compare done");
  });

  test("the page of several questions holds for everyone: its form, while they are answered, and after", async ({
    page,
  }) => {
    await page.goto("/batches");
    await expectClean(page, "batch form");
    await askAll(
      page,
      "What is copper?",
      "What breaks here too?",
      "What is held back?",
      "A long one: what happens to the price of gold when the dollar falls, rates are cut, and everybody else wants to sell at the same time?",
    );
    await expect(card(page, "breaks").locator(".message")).toHaveClass(/failed/);
    await expect(page.locator(".batch-head")).toContainText("3 of 4 done");
    await expectClean(page, "batch running");
    await page.getByRole("button", { name: "Stop all" }).click();
    await expect(page.locator(".batch-head")).toContainText("4 of 4 done");
    await expectClean(page, "batch done");
  });
});
