/** Faults that somebody found in the browser, each by its name. */
import type { Page } from "@playwright/test";
import { answer, ask, askToEnd, expect, finished, goOn, prose, reaches, test } from "./chat.ts";

const question = (page: Page) => page.locator(".message.user .text").last();

for (const how of ["ends", "is stopped"])
  test(`an alarm that an answer is still being written goes when that answer ${how}`, async ({
    page,
    allowedErrors,
  }) => {
    allowedErrors.push(/409/);
    await page.goto("/");
    await askToEnd(page, "hello");
    await ask(page, "long held at word10");
    await reaches(page, "word10");
    await page.locator(".message.assistant").first().getByRole("button", { name: "Ask again" }).click();
    await expect(page.locator("#composer-note")).toContainText(/still/i);
    if (how === "ends") await goOn(page);
    else await page.getByRole("button", { name: "Stop" }).click();
    await finished(page, how === "ends" ? "done" : "stopped");
    await expect(page.locator("#composer-note")).toBeEmpty();
  });

test("an open page learns that the model is gone, and that it is back", async ({ page }) => {
  const engine = (state: object) => page.request.post("/test/engine", { data: state });
  try {
    await page.goto("/");
    await expect(page.locator("#engine-banner")).toBeHidden();
    await engine({ state: "failed", problem: "vLLM stopped answering." });
    await expect(page.locator("#engine-banner")).toContainText("vLLM stopped answering.");
    await engine({ state: "ready", problem: null });
    await expect(page.locator("#engine-banner")).toBeHidden();
    await engine({ state: "failed", problem: "vLLM stopped again." });
    await expect(page.locator("#engine-banner")).toContainText("vLLM stopped again.");
  } finally {
    await engine({ state: "ready", problem: null });
  }
});

test("a question that is longer than the limit is never cut, and the page says what to do", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/422/);
  await page.goto("/");
  const field = page.locator("#question");
  const text = "Is gold a hedge? ".repeat(1500).trim();
  await field.evaluate((element, pasted) => {
    element.focus();
    document.execCommand("insertText", false, pasted);
  }, text);
  await expect(field).toHaveValue(text);
  await expect(page.locator("#question-length")).toHaveText(/^25,499 characters: 5,499 too many/);
  await field.press("Enter");
  await expect(page.locator("#composer-note")).toContainText("at most 20,000 characters; yours has 25,499");
  await expect(field).toHaveValue(text);
  await field.fill("x".repeat(19_000));
  await expect(page.locator("#question-length")).toHaveText("1,000 characters left");
  await field.fill("hello");
  await expect(page.locator("#question-length")).toBeEmpty();
  await field.press("Enter");
  await finished(page);
});

test("an edited question that is longer than the limit is never cut", async ({ page, allowedErrors }) => {
  allowedErrors.push(/422/);
  await page.goto("/");
  await askToEnd(page, "hello");
  await page.locator(".message.user .edit").click();
  const field = page.locator(".edit-form textarea");
  const text = "y".repeat(21_000);
  await field.selectText();
  await field.evaluate((element, pasted) => {
    element.focus();
    document.execCommand("insertText", false, pasted);
  }, text);
  await expect(page.locator(".edit-form .question-length")).toContainText("1,000 too many");
  await field.press("Control+Enter");
  await expect(page.locator(".edit-form [role=alert]")).toContainText("at most 20,000 characters");
  await expect(field).toHaveValue(text);
});

test("the edit form is as wide as the column", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await askToEnd(page, "hello");
  await page.locator(".message.user .edit").click();
  const form = await page.locator(".edit-form").boundingBox();
  const column = await page.locator("#thread").boundingBox();
  expect(form?.width).toBe(column?.width);
  await expect(answer(page).locator(".message-footer")).toBeHidden();
});

test("Arabic and Hebrew are written from right to left", async ({ page }) => {
  await page.goto("/");
  await page.locator("#question").fill("rtl ما هو الصندوق؟");
  await askToEnd(page, "rtl");
  const directions = await prose(page)
    .locator(":is(p, ul, ol, table, h3, li, td)")
    .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).direction));
  expect(directions.length).toBeGreaterThan(6);
  expect(directions.filter((direction) => direction === "ltr")).toHaveLength(1);
  await expect(prose(page).locator("p", { hasText: "An English line" })).toHaveCSS("direction", "ltr");
  await askToEnd(page, "ما هو الصندوق؟ 1 %");
  await expect(question(page)).toHaveCSS("direction", "rtl");
  await page.locator("#question").fill("שלום");
  await expect(page.locator("#question")).toHaveCSS("direction", "rtl");
  await page.goto("/");
  await askToEnd(page, "שלום עולם");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCSS("direction", "rtl");
  await expect(page.locator("#conversation-list [aria-current=page]")).toHaveCSS("direction", "rtl");
});

test("at 400 % of zoom the answer can be read", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "paragraphs");
  await page.setViewportSize({ width: 360, height: 225 });
  await page.evaluate(() =>
    document.querySelector(".prose p:nth-of-type(5)")?.scrollIntoView({ block: "start" }),
  );
  const visible = await page.evaluate(
    () =>
      [...Array(9)].filter(
        (_, at) => document.elementFromPoint(120, 12 + at * 25)?.closest(".prose, .thread") !== null,
      ).length,
  );
  expect(visible).toBe(9);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test("a long question is folded, and unfolds without a script", async ({ page }) => {
  await page.goto("/");
  const long = `hello ${"A long story about gold.\n".repeat(60)}The very end.`;
  await askToEnd(page, long);
  await expect(page.getByText("The very end.")).toBeHidden();
  const folded = await page.locator(".message.user").boundingBox();
  expect(folded?.height).toBeLessThan(600);
  await page.locator(".message.user .long summary").click();
  await expect(question(page)).toBeVisible();
  await expect(question(page)).toContainText("The very end.");
  await page.locator(".message.user .long summary").click();
  await expect(question(page)).toBeHidden();
});

test("only the conversation is printed, folded questions and earlier answers whole", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, `hello ${"A long story about gold.\n".repeat(60)}The very end.`);
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".sidebar", ".topbar", ".composer", ".tools"])
    await expect(page.locator(hidden).first()).toBeHidden();
  await expect(prose(page)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(question(page)).toBeInViewport();
  expect((await question(page).boundingBox())?.height).toBeGreaterThan(1000);
});
