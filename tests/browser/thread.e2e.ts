import type { Page } from "@playwright/test";
import { answer, askToEnd, expect, finished, prose, reaches, test } from "./chat.ts";

const pictures = "test-results/looks";
const questions = (page: Page) => page.locator(".message.user");
const texts = (page: Page) => page.locator(".message.user .text");
const answers = (page: Page) => page.locator(".message.assistant");

async function talk(page: Page, ...said: string[]): Promise<void> {
  await page.goto("/");
  for (const question of said) {
    await askToEnd(page, question);
    await expect(page.locator("#question")).toHaveValue("");
  }
}

test("a question asked in other words is a branch beside it, and arrows lead from one to the other", async ({
  page,
}) => {
  await talk(page, "hello first", "hello second");
  await questions(page).first().hover();
  await questions(page).first().getByRole("link", { name: "Edit" }).click();
  const field = page.getByRole("textbox", { name: "Edit your question" });
  await expect(field).toHaveValue("hello first");
  await expect(field).toBeFocused();
  await field.fill("hello in other words");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await finished(page);
  await expect(texts(page)).toHaveText(["hello in other words"]);
  await expect(questions(page).first()).toContainText("2 of 2");
  await questions(page).first().getByRole("button", { name: "Previous" }).click();
  await expect(texts(page)).toHaveText(["hello first", "hello second"]);
  // The focus stays on the arrow, which leads no further.
  await expect(questions(page).first().getByRole("button", { name: "Previous" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(texts(page)).toHaveText(["hello in other words"]);
  await page.reload();
  await expect(texts(page)).toHaveText(["hello in other words"]);
  // What is asked next belongs to the branch that is shown.
  await askToEnd(page, "hello after that");
  await expect(texts(page)).toHaveText(["hello in other words", "hello after that"]);
});

test("an edit is put away by Cancel and by Esc, and what is refused keeps its text", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/503/);
  await talk(page, "hello");
  const edit = questions(page).getByRole("link", { name: "Edit" });
  await edit.click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.locator(".edit-form")).toHaveCount(0);
  await expect(questions(page)).toBeFocused();
  await page.keyboard.press("e");
  await expect(page.locator(".edit-form textarea")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.locator(".edit-form")).toHaveCount(0);
  await edit.click();
  await page.locator(".edit-form textarea").fill("full house");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Try again in 5 seconds" })).toBeVisible();
  await expect(page.locator(".edit-form textarea")).toHaveValue("full house");
});

test("every answer can be asked again, and the other one is kept beside it", async ({ page }) => {
  await talk(page, "hello one", "hello two");
  await answers(page).first().hover();
  await answers(page).first().getByRole("button", { name: "Ask again" }).click();
  await expect(answers(page)).toHaveCount(1);
  await finished(page);
  await expect(answers(page).first()).toContainText("2 of 2");
  await answers(page).first().getByRole("button", { name: "Previous" }).click();
  await expect(texts(page)).toHaveText(["hello one", "hello two"]);
  await expect(answers(page).first()).toContainText("1 of 2");
});

test("an answer is asked for again with another model, which is loaded first", async ({ page }) => {
  await talk(page, "hello");
  await answer(page).hover();
  const more = answer(page).getByLabel("More");
  await more.click();
  await page.getByRole("link", { name: "Ask again with other settings" }).click();
  const models = answer(page).getByRole("combobox", { name: "Model" });
  await expect(models).toBeFocused();
  await more.click();
  await page.getByRole("link", { name: "Ask again with other settings" }).click();
  await expect(models).toHaveCount(1);
  await page.screenshot({ path: `${pictures}/again-with.png`, animations: "disabled" });
  await answer(page).locator(".edit-form").getByRole("button", { name: "Ask again" }).click();
  await expect(answer(page)).toContainText("2 of 2");
  await finished(page);
  await expect(page.locator(".edit-form")).toHaveCount(0);
});

test("how an answer was made is shown on demand, and it can be written once more", async ({ page }) => {
  await talk(page, "hello");
  await answer(page).getByRole("link", { name: "How this answer was made" }).click();
  await expect(answer(page).locator("summary", { hasText: "How this answer was made" })).toBeFocused();
  await expect(answer(page).locator(".how-facts")).toContainText("temperature 0");
  await page.screenshot({ path: `${pictures}/receipt.png`, fullPage: true, animations: "disabled" });
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(answer(page)).toContainText("2 of 2");
});

test("a message is deleted with what follows, and brought back", async ({ page }) => {
  await talk(page, "hello one", "hello two");
  await page.locator("#question").fill("a draft");
  await questions(page).last().hover();
  await questions(page).last().getByLabel("More").click();
  await page.screenshot({ path: `${pictures}/message-menu.png`, animations: "disabled" });
  await page.getByRole("button", { name: "Delete from here" }).click();
  await expect(texts(page)).toHaveText(["hello one"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(texts(page)).toHaveText(["hello one", "hello two"]);
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await expect(page.locator("#question")).toHaveValue("a draft");
});

test("a copy up to a message is a chat of its own", async ({ page }) => {
  await talk(page, "hello one", "hello two");
  const address = page.url();
  await answers(page).first().hover();
  await answers(page).first().getByLabel("More").click();
  await page.getByRole("button", { name: "Branch into new chat" }).first().click();
  await expect(texts(page)).toHaveText(["hello one"]);
  expect(page.url()).not.toBe(address);
  await page.goBack();
  await expect(texts(page)).toHaveText(["hello one", "hello two"]);
});

test("earlier messages come when the reader scrolls up to them, and nothing moves", async ({ page }) => {
  const reply = await page.request.post("/test/long-conversation", { data: { turns: 50 } });
  const address = await reply.text();
  await page.goto(address);
  await expect(questions(page)).toHaveCount(20);
  await expect(page.locator("#question")).toBeInViewport();
  await expect(questions(page).last()).toContainText("question 49");
  const toTop = () => page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await toTop();
  await expect(questions(page)).toHaveCount(40);
  await expect(questions(page).filter({ hasText: "question 30." })).toBeInViewport();
  await toTop();
  await expect(questions(page)).toHaveCount(50);
  await expect(page.locator(".earlier")).toHaveCount(0);
  // What is done then keeps all of it.
  await questions(page).first().hover();
  await questions(page).first().getByRole("link", { name: "Edit" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await askToEnd(page, "hello at the end");
  await expect(questions(page)).toHaveCount(51);
  await reaches(page, "How can I help?");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  const send = async (page: Page, question: string) => {
    await page.locator("#question").fill(question);
    await page.getByRole("button", { name: "Send" }).click({ noWaitAfter: true });
    await expect(prose(page)).toBeVisible();
  };

  test("questions are edited, answers asked again, branches changed, messages deleted and brought back", async ({
    page,
  }) => {
    await page.goto("/");
    await send(page, "hello one");
    await questions(page).getByRole("link", { name: "Edit" }).click();
    await page.getByRole("textbox").fill("hello in other words");
    await page.getByRole("button", { name: "Ask" }).click({ noWaitAfter: true });
    await expect(prose(page)).toBeVisible();
    await expect(texts(page)).toHaveText(["hello in other words"]);
    await page.getByRole("button", { name: "Previous" }).click();
    await expect(texts(page)).toHaveText(["hello one"]);
    await expect(page).toHaveURL(/#m-/);
    await answer(page).getByRole("button", { name: "Ask again" }).click({ noWaitAfter: true });
    await expect(prose(page)).toBeVisible();
    await expect(answer(page)).toContainText("2 of 2");
    await answer(page).getByLabel("More").click();
    await answer(page).getByRole("button", { name: "Delete from here" }).click();
    await expect(answer(page)).not.toContainText("2 of 2");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(answer(page)).toContainText("2 of 2");
    await answer(page).getByRole("link", { name: "How this answer was made" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("How this answer was made");
    await page.screenshot({ path: `${pictures}/receipt-page.png`, animations: "disabled" });
    await page.getByRole("link", { name: "Back to the answer" }).click();
    await expect(prose(page)).toContainText("How can I help?");
  });

  test("a copy that is clicked twice is one copy", async ({ page }) => {
    await page.goto("/");
    const question = `hello ${crypto.randomUUID()}`;
    await send(page, question);
    // The first copy is made, but its reply does not come before the button is pressed again.
    let copied = () => {};
    const made = new Promise<void>((resolve) => {
      copied = resolve;
    });
    let asked = 0;
    await page.route("**/messages/*", async (route) => {
      const response = await route.fetch({ maxRedirects: 0 });
      asked += 1;
      if (asked === 1) copied();
      else await route.fulfill({ response });
    });
    await answer(page).getByLabel("More").click();
    const button = answer(page).getByRole("button", { name: "Branch into new chat" });
    await button.focus();
    await page.keyboard.press("Enter");
    await made;
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/#end$/);
    await expect(texts(page)).toHaveText([question]);
    expect(asked).toBe(2);
    await page.goto("/conversations");
    await expect(page.getByRole("main").getByRole("link", { name: question })).toHaveCount(2);
  });

  test("earlier messages are a link away", async ({ page }) => {
    const reply = await page.request.post("/test/long-conversation", { data: { turns: 50 } });
    await page.goto(await reply.text());
    await expect(questions(page)).toHaveCount(20);
    await page.getByRole("link", { name: "Earlier messages" }).click();
    await expect(questions(page).last()).toContainText("question 29.");
    await page.getByRole("link", { name: "Earlier messages" }).click();
    await expect(questions(page)).toHaveCount(10);
    await page.getByRole("link", { name: "Newest messages" }).click();
    await expect(questions(page).last()).toContainText("question 49.");
  });
});
