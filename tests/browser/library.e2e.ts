import type { Page } from "@playwright/test";
import { ask, askToEnd, expect, finished, prose, test } from "./chat.ts";

const pictures = "test-results/looks";
const list = (page: Page) => page.locator("#conversation-list");
const day = 24 * 60 * 60 * 1000;

const add = async (page: Page, title: string, ago = 0, turns = 1) => {
  const data = { title, turns, updatedAt: Date.now() - ago };
  return (await page.request.post("/test/long-conversation", { data })).text();
};

async function menu(page: Page): Promise<void> {
  await page.getByLabel("Conversation menu").click();
}

test("a conversation is renamed, pinned, put into a folder and archived from its own page", async ({
  page,
}) => {
  const name = `Gold ${crypto.randomUUID()}`;
  await page.goto(await add(page, "To be renamed"));
  await page.locator("#question").fill("a draft");
  await menu(page);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page).toHaveTitle(new RegExp(name));
  await expect(list(page).locator("[aria-current]")).toHaveText(name);

  await menu(page);
  await page.getByRole("button", { name: "Pin to the top" }).click();
  await expect(list(page).locator("li").first()).toHaveText("Pinned");
  await menu(page);
  await page.getByLabel("Folder").fill(`Metals ${name}`);
  await page.getByRole("button", { name: "Move" }).click();
  await page.locator(".filters").getByRole("link", { name: "All" }).click();
  await page
    .locator(".filters")
    .getByRole("link", { name: `Metals ${name}` })
    .click();
  await expect(list(page).getByRole("link")).toHaveText([name]);
  await page.locator(".filters").getByRole("link", { name: "All" }).click();

  await menu(page);
  await page.getByRole("button", { name: "Archive" }).click();
  await expect(list(page).getByRole("link", { name })).toHaveCount(0);
  await page.locator(".filters").getByRole("link", { name: "Archived" }).click();
  await expect(list(page).getByRole("link", { name })).toBeVisible();
  await expect(page.locator("#question")).toHaveValue("a draft");
});

test("a conversation is deleted, and brought back by Undo or from the deleted ones", async ({ page }) => {
  const name = `Silver ${crypto.randomUUID()}`;
  const address = await add(page, name);
  await page.goto(address);
  await menu(page);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText(`“${name}” was deleted.`)).toBeVisible();
  await expect(list(page).getByRole("link", { name })).toHaveCount(0);
  await page.screenshot({ path: `${pictures}/deleted.png`, animations: "disabled" });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await menu(page);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.goto("/trash");
  await page.screenshot({ path: `${pictures}/trash.png`, animations: "disabled" });
  await page.getByRole("button", { name: `Restore: ${name}` }).click();
  await expect(page).toHaveURL(new RegExp(address));
});

test("several are selected with one click and deleted, and one Undo restores them", async ({ page }) => {
  const folder = `Old ${crypto.randomUUID()}`;
  const names = ["Zinc", "Lead"].map((name) => `${name} ${crypto.randomUUID()}`);
  const filter = (count: number) =>
    page.locator(".filters").getByRole("link", { name: `${folder} ${count}`, exact: true });
  for (const [index, name] of names.entries()) {
    await page.goto(await add(page, name));
    await menu(page);
    await page.getByLabel("Folder").fill(folder);
    await page.getByRole("button", { name: "Move" }).click();
    await expect(filter(index + 1)).toBeVisible();
  }
  await filter(2).click();
  await expect(filter(2)).toHaveAttribute("aria-current", "true");
  await page.getByRole("link", { name: "Select several" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(folder);
  await page.getByLabel("All", { exact: true }).check();
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.getByLabel(`Select: ${names[0]}`).uncheck();
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.getByLabel("All", { exact: true }).check();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("2 conversations deleted.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  for (const name of names) await expect(page.locator("#main").getByRole("link", { name })).toBeVisible();
  await page.screenshot({ path: `${pictures}/selected.png`, animations: "disabled" });
});

test("the list is grouped by time and goes on when the reader comes to its end", async ({ page }) => {
  const oldest = `Oldest ${crypto.randomUUID()}`;
  for (let index = 0; index < 49; index++) await add(page, `Old one ${index}`, (40 + index) * day);
  await add(page, oldest, 90 * day);
  await add(page, "Of yesterday", day);
  await page.goto("/");
  // Earlier tests may have filled the first page with conversations of today, and what they left running may still
  // come in at the top and push the end down again.
  await expect(async () => {
    await list(page).locator("li").last().scrollIntoViewIfNeeded({ timeout: 1_000 });
    await expect(list(page).getByRole("link", { name: oldest })).toBeAttached({ timeout: 1_000 });
  }).toPass();
  const groups = await list(page).locator(".group").allTextContents();
  expect(groups).toContain("Yesterday");
  expect(groups).toEqual([...new Set(groups)]);
});

test("what was said and titles are searched as the reader types", async ({ page }) => {
  const word = `platinum${crypto.randomUUID().slice(0, 8)}`;
  await page.goto("/");
  await askToEnd(page, `hello ${word} and <b>more</b>`);
  const address = page.url();
  await add(page, `About ${word.toUpperCase()}`);
  await page.goto("/");
  await page.locator("#search").focus();
  await page.keyboard.type(word);
  await expect(list(page).locator(".hit")).toHaveCount(2);
  await expect(list(page).locator("mark").first()).toHaveText(word);
  await expect(list(page)).toContainText("<b>more</b>");
  await page.screenshot({ path: `${pictures}/search.png`, animations: "disabled" });
  await list(page)
    .locator(".hit a", { has: page.locator("mark") })
    .click();
  await expect(page).toHaveURL(new RegExp(`^${address}\\?at=`));
  await expect(prose(page)).toContainText("How can I help?");
  await page.locator("#search").fill("nothinglikethis");
  await expect(list(page)).toContainText("No results for “nothinglikethis”.");
  await page.locator("#search").fill("");
  await expect(list(page).locator(".group").first()).toBeVisible();
});

test("what was found far back in a long conversation is in view, with what lies around it", async ({
  page,
}) => {
  const word = `rhodium${crypto.randomUUID().slice(0, 8)}`;
  await page.goto("/");
  await askToEnd(page, `hello ${word}`);
  const id = /\/c\/(.*)$/.exec(page.url())?.[1] ?? "";
  await page.request.post("/test/more-turns", { data: { id, turns: 60 } });
  await page.goto("/");
  await page.locator("#search").fill(word);
  await list(page).locator(".hit a").click();
  await expect(page.locator(".message.user", { hasText: word })).toBeInViewport();
  await expect(page.getByRole("link", { name: "Newest messages" })).toBeAttached();
  await ask(page, "hello at the end");
  await expect(page.locator(".message.user").last()).toContainText("hello at the end");
  await finished(page);
});

test("keys lead to a new chat, to the conversations beside, and to the list of keys", async ({ page }) => {
  await add(page, "The older");
  await page.goto(await add(page, "The newer"));
  await page.locator("#question").blur();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The older");
  await page.locator("#question").blur();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The newer");
  // In a field these are text.
  await page.locator("#question").pressSequentially("e?");
  await expect(page.locator("#question")).toHaveValue("e?");
  await page.locator("#question").fill("");
  await page.locator("#question").blur();
  await page.keyboard.press("?");
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
  await page.screenshot({ path: `${pictures}/keys.png`, animations: "disabled" });
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Keys" })).toBeHidden();
  await page.keyboard.press("Control+Shift+O");
  await expect(page.locator(".empty")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("how a thread looks, wide and on a phone of 360 pixels", async ({ page }) => {
      await page.goto(
        await add(page, `A title that is quite long and says a lot ${"and more ".repeat(9)}`, 0, 30),
      );
      await askToEnd(page, "hello");
      await page.screenshot({ path: `${pictures}/${colorScheme}-thread.png`, animations: "disabled" });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.screenshot({ path: `${pictures}/${colorScheme}-thread-phone.png`, animations: "disabled" });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await menu(page);
      await page.screenshot({ path: `${pictures}/${colorScheme}-menu-phone.png`, animations: "disabled" });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
  });

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the list, the search, the menu and the deleted ones are forms and links", async ({ page }) => {
    const name = `Copper ${crypto.randomUUID()}`;
    await page.goto(await add(page, name));
    await menu(page);
    await page.getByRole("button", { name: "Pin to the top" }).click();
    await expect(list(page).locator("li").nth(1)).toBeVisible();
    await expect(list(page).locator("li").first()).toHaveText("Pinned");
    await page.locator("#search").fill(name.split(" ")[1] ?? "");
    await page.keyboard.press("Enter");
    await expect(page.locator("#found")).toContainText(name);
    await page.locator("#found").getByRole("link", { name }).click();
    await menu(page);
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await page.locator(".filters").getByRole("link", { name: "Archived" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Archived");
  });
});
