/** What a tab does while its reader is elsewhere. */
import type { Page } from "@playwright/test";
import { ask, expect, finished, goOn, reaches, test } from "./chat.ts";

const show = (page: Page, state: "hidden" | "visible") =>
  page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => value === "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);

test("an answer that ends in a hidden tab marks its title, and is there when the reader comes back", async ({
  page,
}) => {
  await page.goto("/");
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  const title = await page.title();
  await show(page, "hidden");
  await goOn(page);
  await expect(page).toHaveTitle(`● ${title}`);
  await show(page, "visible");
  await expect(page).toHaveTitle(title);
  await finished(page);
});
