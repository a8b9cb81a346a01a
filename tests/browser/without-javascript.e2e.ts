import { answer, expect, finished, goOn, prose, test } from "./chat.ts";

// `.prose` is the rendered answer, whether the page was still open when it ended (`.rendered`) or loaded afterwards:
// a short answer may have ended before a busy browser loads the page. What must be seen being written is held.

test.use({ javaScriptEnabled: false });

const send = async (page: Parameters<typeof answer>[0], question: string) => {
  await page.locator("#question").fill(question);
  // The page goes on loading while the answer is written into it.
  await page.getByRole("button", { name: "Send" }).click({ noWaitAfter: true });
};

test("the answer is written into the page, then shown rendered", async ({ page }) => {
  await page.goto("/");
  await send(page, "markdown held at | Largest drawdown |");
  const plain = answer(page).locator(".plain");
  await expect(plain).toContainText("| Largest drawdown |");
  await expect(plain).toBeVisible();
  await expect(answer(page).locator(".status").first()).toBeHidden();
  await expect(page.locator("#question")).toBeVisible();
  await goOn(page);
  await expect(answer(page).locator(".rendered table")).toBeVisible({ timeout: 20_000 });
  await expect(plain).toBeHidden();
  await expect(answer(page).getByRole("button", { name: "Stop" })).toBeHidden();
});

test("raw HTML is text there too", async ({ page }) => {
  await page.goto("/");
  await send(page, "html");
  await expect(prose(page)).toContainText('<script>alert("x")</script>');
  await expect(answer(page).locator("script, img, .prose b")).toHaveCount(0);
});

test("Stop is a form that works while the answer is being written", async ({ page }) => {
  await page.goto("/");
  await send(page, "long held at word10");
  await expect(answer(page).locator(".plain")).toContainText("word10");
  await answer(page).getByRole("button", { name: "Stop" }).click();
  await finished(page, "stopped");
  await expect(answer(page)).toContainText("You stopped this answer.");
});

test("a question sent while an answer is being written waits above the form, and can be removed", async ({
  page,
}) => {
  await page.goto("/");
  await send(page, "long held at word5");
  await expect(answer(page).locator(".plain")).toContainText("word5");
  await send(page, "hello");
  await expect(page.locator(".queued > .text")).toHaveText("hello");
  await expect(answer(page).locator(".plain")).toContainText("word5");
  await page.getByRole("button", { name: "Remove" }).click({ noWaitAfter: true });
  await expect(page.locator(".queued")).toHaveCount(0);
  await answer(page).getByRole("link", { name: "Show it being written" }).click({ noWaitAfter: true });
  await goOn(page);
  await expect(answer(page).locator(".rendered")).toContainText("word159", { timeout: 20_000 });
});

test("an interrupted answer is continued by a plain form, and writes on in the page", async ({ page }) => {
  await page.goto("/");
  await send(page, "fail here");
  await expect(answer(page).getByRole("alert")).toContainText("This answer was interrupted.");
  await answer(page).getByRole("button", { name: "Continue" }).click({ noWaitAfter: true });
  await expect(prose(page)).toContainText("It goes well until the very end, as it should.");
  await expect(page.locator(".message.assistant")).toHaveCount(1);
});

test("trouble in mid-answer is shown under the text, and goes when the next word comes", async ({ page }) => {
  await page.goto("/");
  await send(page, "trouble");
  const loading = answer(page).getByText("The model is loading, 40 % (loading weights)…");
  await expect(loading).toBeVisible();
  await expect(answer(page).getByText("Waiting for a free model…")).toBeHidden();
  await expect(answer(page).locator(".plain")).toContainText("An index fund holds many companies");
  await goOn(page);
  await expect(answer(page).locator(".rendered")).toContainText("ten years.");
  await expect(loading).toBeHidden();
});

test("a failed answer offers Retry, and a refused question keeps its text", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/503/);
  await page.goto("/");
  await send(page, "mute once");
  await expect(answer(page).getByRole("alert")).toContainText("The model broke off");
  await answer(page).getByRole("button", { name: "Retry" }).click({ noWaitAfter: true });
  await expect(prose(page)).toContainText("You asked: mute once");
  await page.locator("#question").fill("full house");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator("#composer-note")).toContainText("Try again in 5 seconds");
  await expect(page.locator("#question")).toHaveValue("full house");
});

test("an example question leads to a page with the field filled", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: /Savings plan/ }).click();
  await expect(page.locator("#question")).toHaveValue(/^If I save/);
  await page.getByRole("button", { name: "Send" }).click({ noWaitAfter: true });
  await expect(prose(page)).toContainText("You asked: If I save");
});

test("a wide table scrolls in its box while the page is still being loaded, and the streaming bar goes", async ({
  page,
}) => {
  await page.setViewportSize({ width: 820, height: 700 });
  await page.goto("/");
  await send(page, "wide held at 8.5 % a year");
  await expect(answer(page).locator(".plain")).toContainText("8.5 % a year");
  await goOn(page);
  await expect(answer(page).locator(".rendered .table")).toBeVisible();
  await expect(page.locator("#question")).toBeAttached();
  expect(await page.locator("html").evaluate((element) => element.scrollWidth)).toBe(820);
  await expect(answer(page)).toHaveCSS("border-inline-start-color", "rgba(0, 0, 0, 0)");
  await expect(answer(page).locator(".plain")).toBeHidden();
});

test("each answer of a tiny model bears its warning once, while it is written and after", async ({
  page,
}) => {
  await page.goto("/");
  await send(page, "tiny held at 100,000");
  const warning = answer(page).locator(".caution:visible");
  await expect(answer(page).locator(".plain")).toContainText("100,000");
  await expect(warning).toHaveText("Tiny demo model: check every figure");
  await goOn(page);
  await expect(answer(page).locator(".rendered")).toBeVisible();
  await expect(warning).toHaveCount(1);
  await page.goto(page.url().replace(/[?#].*$/, ""));
  await expect(warning).toHaveCount(1);
});
