import type { Page } from "@playwright/test";
import { answer, ask, askToEnd, expect, expectWholeAnswer, finished, prose, reaches, test } from "./chat.ts";

const texts = (page: Page) => page.locator(".message.user .text");

test("what happens in one tab is shown in the other: questions, branches, deletions, names", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await askToEnd(page, "hello one");
  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator("#question").fill("a draft");
  await page.evaluate(() => {
    window.built = [];
  });
  await ask(page, "paragraphs");
  await expect(texts(other)).toHaveText(["hello one", "paragraphs"]);
  for (const tab of [page, other]) await finished(tab);
  await expectWholeAnswer(page, "paragraphs");
  expect(await prose(other).innerHTML()).toBe(await prose(page).innerHTML());

  await answer(page).getByRole("button", { name: "Ask again" }).click();
  await expect(other.locator(".message.assistant").last()).toContainText("2 of 2");
  await page.locator(".message.user").last().hover();
  await page.locator(".message.user").last().getByLabel("More").click();
  await page.getByRole("button", { name: "Delete from here" }).click();
  await expect(texts(other)).toHaveText(["hello one"]);

  await page.getByLabel("Conversation menu").click();
  await page.getByLabel("Name").fill("Renamed elsewhere");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Renamed elsewhere");
  await expect(other.locator("#conversation-list [aria-current]")).toHaveText("Renamed elsewhere");
  await expect(other.locator("#question")).toHaveValue("a draft");
});

test("what a conversation's menu says of it is true in the other tab too, and what is being typed there is left", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await askToEnd(page, "hello one");
  const other = await context.newPage();
  await other.goto(page.url());
  const menu = (tab: Page) => tab.locator("#conversation-menu");
  for (const tab of [page, other]) await tab.getByLabel("Conversation menu").click();
  await menu(other).getByLabel("Name").fill("Half a na");
  const folder = `Folder ${crypto.randomUUID()}`;
  await menu(page).getByLabel("Folder").fill(folder);
  await menu(page).getByRole("button", { name: "Move" }).click();
  await expect(menu(other).getByLabel("Folder")).toHaveValue(folder);
  await page.getByLabel("Conversation menu").click();
  await menu(page).getByRole("button", { name: "Pin to the top" }).click();
  await expect(menu(other).getByRole("button", { name: "Unpin" })).toBeVisible();
  await page.getByLabel("Conversation menu").click();
  await menu(page).getByRole("button", { name: "Archive", exact: true }).click();
  await expect(menu(other).getByRole("button", { name: "Unarchive" })).toBeVisible();
  await expect(menu(other).getByLabel("Name")).toHaveValue("Half a na");
  await expect(menu(other).getByLabel("Name")).toBeFocused();
});

test("a new conversation appears in the list of another page", async ({ page, context }) => {
  const name = `hello ${crypto.randomUUID()}`;
  const other = await context.newPage();
  await other.goto("/");
  await page.goto("/");
  await ask(page, name);
  await expect(other.locator("#conversation-list").getByRole("link", { name })).toBeVisible();
});

test("an edit that is being typed is left alone: the change is offered", async ({ page, context }) => {
  await page.goto("/");
  await askToEnd(page, "hello one");
  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator(".message.user").getByRole("link", { name: "Edit" }).click();
  await other.locator(".edit-form textarea").fill("not finished");
  await ask(page, "hello two");
  await expect(other.getByText("This conversation has changed.")).toBeVisible();
  await expect(other.locator(".edit-form textarea")).toHaveValue("not finished");
  await expect(texts(other)).toHaveCount(1);
  await other.getByRole("button", { name: "Show" }).click();
  await expect(texts(other)).toHaveCount(2);
  await expect(other.locator(".edit-form textarea")).toHaveValue("not finished");
});

test("a question asked on top of one from another tab stands after it", async ({
  page,
  context,
  allowedErrors,
}) => {
  allowedErrors.push(/ERR_FAILED|Failed to fetch/);
  await page.goto("/");
  await askToEnd(page, "hello one");
  const other = await context.newPage();
  // It learns nothing by itself.
  await other.route("**/live*", (route) => route.abort());
  await other.goto(page.url());
  await ask(page, "hello two");
  await expect(texts(page)).toHaveCount(2);
  await finished(page);
  await ask(other, "hello three");
  await expect(texts(other)).toHaveText(["hello one", "hello two", "hello three"]);
  await expect(texts(page)).toHaveText(["hello one", "hello two", "hello three"]);
});

test("the tab in which the question was asked is not put anew", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/");
  await askToEnd(page, "hello one");
  await page.evaluate(() => {
    window.built = [];
  });
  await ask(page, "long");
  await reaches(page, "word10");
  await finished(page);
  await expectWholeAnswer(page, "long");
  expect(asked.filter((path) => path.endsWith("/thread"))).toEqual([]);
});

test("an answer that is continued in one tab is written on in the other", async ({ page, context }) => {
  await page.goto("/");
  await askToEnd(page, "fail in two tabs", "failed");
  const other = await context.newPage();
  await other.goto(page.url());
  await finished(other, "failed");
  await answer(page).getByRole("button", { name: "Continue" }).click();
  for (const tab of [page, other])
    await expect(prose(tab)).toHaveText("It goes well until the very end, as it should.");
});
