/** The desk: a calculator that is opened, filled in by keyboard, computed, and its fact computed again; with and without scripts. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./chat.ts";

const axePath = join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");

/** @returns each violation with the elements that it is of */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  const found = await page.evaluate(() => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return axe.run();
  });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** Goes on with the Tab key until this has the focus. */
async function tabTo(page: Page, name: string | RegExp, role: "link" | "button" | "textbox"): Promise<void> {
  const wanted = page
    .getByRole("main")
    .getByRole(role, { name, exact: typeof name === "string" })
    .first();
  for (let press = 0; press < 120; press++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not reach ${name}.`);
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("a figure is computed by keyboard from the desk, opened, and computed again", async ({ page }) => {
      await page.goto("/");
      await page.getByRole("link", { name: "Desk", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Desk" })).toBeVisible();
      // Without scripts a page cannot be asked what has the focus.
      if (javaScriptEnabled) {
        await tabTo(page, /^Compound annual growth rate/, "link");
        await page.keyboard.press("Enter");
        await expect(
          page.getByRole("heading", { level: 1, name: "Compound annual growth rate" }),
        ).toBeVisible();
        await tabTo(page, "Value at the beginning", "textbox");
        await page.keyboard.type("10000.00");
        await page.keyboard.press("Tab");
        await page.keyboard.type("16000");
        await page.keyboard.press("Tab");
        await page.keyboard.type("5");
        await page.keyboard.press("Enter");
      } else {
        await page.getByRole("link", { name: /^Compound annual growth rate/ }).click();
        await page.getByLabel("Value at the beginning").fill("10000.00");
        await page.getByLabel("Value at the end").fill("16000");
        await page.getByLabel("Years").fill("5");
        await page.getByLabel("Years").press("Enter");
      }
      const result = page.getByRole("region", { name: "Growth a year" });
      await expect(result).toBeInViewport();
      await expect(result).toContainText("9.86%");
      await expect(result).toContainText("(16000 ÷ 10000)^(1 ÷ 5) − 1");
      await expect(page).toHaveURL(/\?start=10000\.00&end=16000&years=5#result$/);
      await expect(page.getByLabel("Value at the beginning")).toHaveValue("10000.00");
      await result.getByRole("link", { name: "Open this figure" }).press("Enter");
      const fact = page.getByRole("article", { name: "Growth a year" });
      await expect(fact).toContainText("9.86%");
      await fact.getByRole("button", { name: "Recompute" }).press("Enter");
      await expect(fact.getByRole("status")).toContainText("Equal. Computed again just now: 9.86%.");
      await fact.getByRole("link", { name: "Change the inputs" }).click();
      await expect(page.getByLabel("Years")).toHaveValue("5");
      await page.goto("/desk");
      await expect(page.getByRole("region", { name: "Recent figures" })).toContainText("9.86%");
    });

    test("what is refused is told beside its field, with all that was filled in", async ({
      page,
      allowedErrors,
    }) => {
      allowedErrors.push(/422/);
      await page.goto("/calculators/cagr");
      await page.getByLabel("Value at the beginning").fill("10,000");
      await page.getByLabel("Value at the end").fill("16000");
      await page.getByLabel("Years").fill("5");
      await page.getByRole("button", { name: "Calculate" }).click();
      const field = page.getByLabel("Value at the beginning");
      await expect(field).toHaveValue("10,000");
      await expect(field).toHaveAccessibleDescription(/two ways/);
      await expect(field).toBeFocused();
      await expect(page.getByLabel("Years")).toHaveValue("5");
      await field.fill("10000");
      await page.getByRole("button", { name: "Calculate" }).click();
      await expect(page.getByRole("region", { name: "Growth a year" })).toContainText("9.86%");
    });

    test("an instrument is changed, used, and taken back", async ({ page }) => {
      await page.goto("/instruments?q=eurusd");
      await page.getByRole("link", { name: "EURUSD" }).click();
      await page.getByLabel("Smallest lot").fill("0.1");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByRole("status")).toContainText("Saved.");
      await page.goto("/instruments?q=eurusd");
      await expect(page.getByRole("row", { name: /EURUSD/ })).toContainText("yours");
      await page.getByRole("link", { name: "EURUSD" }).click();
      await page.getByRole("button", { name: "Back to the default" }).click();
      await expect(page.getByRole("status")).toContainText("Back to the default.");
      await expect(page.getByLabel("Smallest lot")).toHaveValue("0.01");
    });
  });

test("a result leads to the chat with a question about it", async ({ page }) => {
  await page.goto("/calculators/cagr?start=10000&end=16000&years=5");
  await page.getByRole("link", { name: "Ask about this" }).click();
  await expect(page.locator("#question")).toHaveValue(/Result: Growth a year: 9\.86%/);
});

test("the back key leads from a result to the form as it was", async ({ page }) => {
  await page.goto("/calculators/cagr");
  await page.goto("/calculators/cagr?start=10000&end=16000&years=5");
  await page.goBack();
  await expect(page.getByRole("region", { name: "About this calculator" })).toBeVisible();
});

const paths = [
  "/desk",
  "/calculators",
  "/calculators?q=no+such+thing",
  "/calculators/savings-plan",
  "/calculators/savings-plan?deposit=500&every=month&rate=6&years=20&currency=USD",
  "/calculators/cagr?start=10,000&end=16000&years=5",
  "/instruments",
  "/instruments/EURUSD",
  "/instruments/add",
];

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, bypassCSP: true, reducedMotion: "reduce" });

    for (const path of paths)
      test(`${path} has no violation that axe-core knows, and fits a phone`, async ({
        page,
        allowedErrors,
      }) => {
        allowedErrors.push(/422/);
        await page.goto(path);
        for (const details of await page.locator("main details").all())
          await details.locator("summary").click();
        expect(await violations(page)).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      });

    test("a fact that was computed again has no violation", async ({ page }) => {
      await page.goto("/calculators/cagr?start=10000&end=16000&years=5");
      await page.getByRole("link", { name: "Open this figure" }).click();
      await page.getByRole("button", { name: "Recompute" }).click();
      await expect(page.getByRole("status")).toContainText("Equal.");
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
  });
