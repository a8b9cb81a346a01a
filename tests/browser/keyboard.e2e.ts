import { answer, ask, expect, finished, goOn, reaches, test } from "./chat.ts";

test("the whole chat can be used with the keyboard alone", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("#question")).toBeFocused();
  await page.keyboard.type("fail with keys");
  await page.keyboard.press("Enter");
  await finished(page, "failed");
  await expect(page.locator("#question")).toBeFocused();
  const next = answer(page).getByRole("button", { name: "Continue" });
  for (
    let step = 0;
    step < 10 && !(await next.evaluate((button) => button === document.activeElement));
    step++
  )
    await page.keyboard.press("Shift+Tab");
  await expect(next).toBeFocused();
  await page.keyboard.press("Enter");
  await finished(page);
});

test("Esc stops the answer", async ({ page }) => {
  await page.goto("/");
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  await page.keyboard.press("Escape");
  await finished(page, "stopped");
});

test("Stop is reached with Tab and pressed with Enter", async ({ page }) => {
  await page.goto("/");
  await ask(page, "long held at word10");
  const stop = page.getByRole("button", { name: "Stop" });
  for (
    let step = 0;
    step < 5 && !(await stop.evaluate((button) => button === document.activeElement));
    step++
  )
    await page.keyboard.press("Tab");
  await expect(stop).toBeFocused();
  await page.keyboard.press("Enter");
  await finished(page, "stopped");
});

test("the first Tab leads to a link past the list", async ({ page }) => {
  await page.goto("/");
  await page.locator("#question").blur();
  await page.evaluate(() => document.body.focus());
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the question" });
  await skip.focus();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#question")).toBeFocused();
});

test("a screen reader hears that an answer is written, that it is complete, and its sentences once", async ({
  page,
}) => {
  await page.goto("/");
  await ask(page, "long held at word10");
  const announcer = page.locator("#announcer");
  await expect(announcer).toHaveText("The answer is being written.");
  await expect(answer(page)).toHaveAttribute("aria-busy", "true");
  await goOn(page);
  await finished(page);
  await expect(announcer).toHaveText("The answer is complete.");
  await expect(answer(page)).not.toHaveAttribute("aria-busy", "true");
  expect(await page.locator("[aria-live]").count()).toBe(2);
  await expect(page.locator("[aria-live] .message, .message [aria-live]")).toHaveCount(0);
  await ask(page, "paragraphs");
  await expect(page.locator(".message.assistant")).toHaveCount(2);
  await finished(page);
  // All of it once, without signs; not what was said of the answer before.
  const spoken = page.locator("#spoken p");
  const heard = (await spoken.allTextContents()).join(" ");
  expect(heard).toBe(
    Array.from({ length: 14 }, (_, at) => `Paragraph ${at} with bold ${at} text.`).join(" "),
  );
  expect(await spoken.count()).toBeGreaterThan(1);
  await page.reload();
  await finished(page);
  await expect(spoken).toHaveCount(0);
});

test("landmarks and names are there", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("banner")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your question" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});
