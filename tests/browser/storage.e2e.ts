/** What a reader is told when nothing can be saved, or soon nothing will be; and that what was typed is kept. */
import type { Page } from "@playwright/test";
import { ask, askToEnd, expect, finished, goOn, reaches, test } from "./chat.ts";

const full = "The disk is full, so nothing more can be saved. Free some space and try again.";
const storage = (page: Page, problem: string | null, isUrgent = problem !== null) =>
  page.request.post("/test/storage", { data: { problem, isUrgent } });
const asked = (page: Page) => page.waitForResponse((response) => response.url().endsWith("/storage-banner"));

test.afterEach(({ page }) => storage(page, null));

test("it appears without a reload when that begins, is read out once, and goes when it is over", async ({
  page,
}) => {
  await page.goto("/");
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  await expect(page.getByRole("alert").filter({ hasText: full })).toHaveCount(0);
  await storage(page, full);
  const banner = page.getByRole("alert").filter({ hasText: full });
  await expect(banner).toBeVisible();
  await expect(banner).toBeInViewport();
  // The same element with the same text through all the times that it is asked for: nothing for a screen reader.
  const element = await banner.elementHandle();
  await element?.evaluate((alert) => {
    const changes = new MutationObserver(() => alert.setAttribute("data-touched", ""));
    changes.observe(alert, { childList: true, subtree: true, characterData: true });
  });
  for (let time = 0; time < 2; time++) await asked(page);
  expect(await element?.evaluate((alert) => alert.isConnected && !alert.matches("[data-touched]"))).toBe(
    true,
  );
  await storage(page, null);
  await expect(banner).toHaveCount(0);
  await goOn(page);
  await finished(page);
});

test("a disk that is nearly full is told of, and not as an alarm", async ({ page }) => {
  await page.goto("/");
  await storage(page, "The disk is nearly full: free some space.", false);
  await expect(page.getByRole("status").filter({ hasText: "nearly full" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "nearly full" })).toHaveCount(0);
  await storage(page, full);
  await expect(page.getByRole("alert").filter({ hasText: full })).toBeVisible();
});

test("a page whose live stream does not come finds out by itself that it is over", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/ERR_FAILED|Failed to fetch/);
  await page.route("**/live*", (route) => route.abort());
  await storage(page, full);
  await page.goto("/");
  const banner = page.getByRole("alert").filter({ hasText: full });
  await expect(banner).toBeVisible();
  await storage(page, null);
  await expect(banner).toHaveCount(0);
});

test("a question that cannot be saved stays in its field, with the reason, and is taken when it can", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/507/);
  await page.goto("/");
  await askToEnd(page, "hello one");
  await storage(page, full);
  await ask(page, "hello two");
  await expect(page.locator("#composer-note")).toContainText(full);
  await expect(page.locator("#question")).toHaveValue("hello two");
  await expect(page.locator(".message.user")).toHaveCount(1);
  await storage(page, null);
  await page.locator("#question").press("Enter");
  await expect(page.locator(".message.user")).toHaveCount(2);
  await finished(page);
  await expect(page.locator("#composer-note")).toBeEmpty();
  await expect(page.locator("#question")).toHaveValue("");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says it, and a refused question is in its field again", async ({ page, allowedErrors }) => {
    allowedErrors.push(/507/);
    await storage(page, full);
    await page.goto("/");
    await expect(page.getByRole("alert").filter({ hasText: full })).toBeVisible();
    await page.locator("#question").fill("hello one");
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.locator("#composer-note")).toContainText(full);
    await expect(page.locator("#question")).toHaveValue("hello one");
  });
});
