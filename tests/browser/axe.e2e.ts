/** What axe-core says of every page, in light and dark: nothing. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { answer, ask, expect, finished, test } from "./chat.ts";

const axePath = join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** @returns each violation with the elements that it is of */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  const found = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run());
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

test.use({ bypassCSP: true, reducedMotion: "reduce" });

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const path of [
      "/",
      "/trash",
      "/conversations",
      "/search",
      "/search?q=hello",
      "/status",
      "/nothing/here",
    ])
      test(`the page ${path}`, async ({ page, allowedErrors }) => {
        allowedErrors.push(/404/);
        await page.goto(path);
        expect(await violations(page)).toEqual([]);
      });

    test("a thread with answers of headings, tables and text in another direction, and an open receipt", async ({
      page,
    }) => {
      await page.goto("/");
      for (const [index, script] of ["markdown", "wide", "rtl", "tiny", "markdown"].entries()) {
        await ask(page, script);
        // Until then the answer before it is the last one, and it has ended.
        await expect(page.locator(".message.assistant")).toHaveCount(index + 1);
        await finished(page);
      }
      expect(await violations(page)).toEqual([]);
      await answer(page).getByRole("link", { name: "How this answer was made" }).click();
      await expect(answer(page).locator(".receipt")).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.locator(".message.user .edit").last().click();
      await expect(page.locator(".edit-form")).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("a failed answer", async ({ page }) => {
      await page.goto("/");
      await ask(page, "fail for axe");
      await finished(page, "failed");
      expect(await violations(page)).toEqual([]);
    });
  });
