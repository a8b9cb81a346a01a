/** Faults of the list, the menus and the keys that somebody found in the browser, each by its name. */
import type { Page } from "@playwright/test";
import { answer, askToEnd, expect, finished, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

const list = (page: Page) => page.locator("#conversation-list");
const filters = (page: Page) => page.locator(".filters");

const add = async (page: Page, title: string) => {
  const data = { title, turns: 1, updatedAt: Date.now() };
  return (await page.request.post("/test/long-conversation", { data })).text();
};
const menu = (page: Page) => page.getByLabel("Conversation menu").click();

test("a new folder is in the list of folders at once, in other tabs too, and is offered to other chats", async ({
  page,
  context,
}) => {
  const folder = `Bonds ${crypto.randomUUID().slice(0, 8)}`;
  const other = await context.newPage();
  await other.goto(await add(page, "The other one"));
  await page.goto(await add(page, "To be moved"));
  await menu(page);
  await page.getByLabel("Folder", { exact: true }).fill(folder);
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(filters(page).getByRole("link", { name: folder })).toBeVisible();
  await expect(filters(other).getByRole("link", { name: folder })).toBeVisible();
  await menu(other);
  await other.getByRole("button", { name: folder }).click();
  await filters(other).getByRole("link", { name: folder }).click();
  await expect(list(other).getByRole("link")).toHaveCount(2);
});

test("archiving says so, can be undone, and an archived chat opens beside the archive", async ({ page }) => {
  const name = `Zinc ${crypto.randomUUID()}`;
  const address = await add(page, name);
  await page.goto(address);
  await menu(page);
  await page.getByRole("button", { name: "Archive" }).click();
  await expect(page.locator(".notice")).toContainText("Archived.");
  await expect(list(page).getByRole("link", { name })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".notice")).toContainText("Unarchived.");
  await expect(list(page).getByRole("link", { name })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.goto(address);
  await expect(filters(page).getByRole("link", { name: "Archived" })).toHaveAttribute("aria-current", "true");
  await expect(list(page).locator("[aria-current=page]")).toHaveText(name);
});

test("a copy has a title of its own", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "hello original");
  for (const title of ["Copy of hello original", "Copy 2 of hello original"]) {
    await answer(page).hover();
    await answer(page).getByLabel("More").click();
    await answer(page).getByRole("button", { name: "Branch into new chat" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  }
});

test("what was found is plain text with its date, counted, under one field", async ({ page }) => {
  const word = `niobium${crypto.randomUUID().slice(0, 8)}`;
  await page.goto("/");
  await askToEnd(page, `## A **${word}** fund \n| a | b |\n|---|---|`);
  await page.goto(`/search?q=${word}`);
  const found = page.locator("#found");
  await expect(found.locator(".excerpt").first()).not.toHaveText(/[#*|]/);
  await expect(found.getByRole("status")).toHaveText("1 conversation");
  await expect(found.locator("time")).toHaveText(new RegExp(String(new Date().getFullYear())));
  await expect(page.getByRole("searchbox")).toHaveCount(1);
});

test("keys edit the last question, copy the last answer, ask again and lead to the field", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await askToEnd(page, "hello one");
  await page.locator("#question").press("ArrowUp");
  await expect(page.locator(".edit-form textarea")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(answer(page).locator(".copy")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("How can I help?");
  await page.keyboard.press("r");
  await expect(answer(page)).toContainText("2 of 2");
  await page.keyboard.press("/");
  await expect(page.locator("#question")).toBeFocused();
  // What is typed stays typed.
  await page.keyboard.type("c/r");
  await expect(page.locator("#question")).toHaveValue("c/r");
  await page.locator("#question").press("ArrowUp");
  await expect(page.locator(".edit-form")).toHaveCount(0);
});

test("a question that found no model names no author, and is asked again when one is back", async ({
  page,
}) => {
  const engine = (state: object) => page.request.post("/test/engine", { data: state });
  try {
    await engine({ state: "failed", problem: "vLLM stopped answering." });
    await page.goto("/");
    await askToEnd(page, "nobody is there", "failed");
    await expect(page.locator(".message.user")).toHaveCount(1);
    await engine({ state: "ready", problem: null });
    await finished(page);
    await expect(answer(page)).toContainText("You asked: nobody is there");
    await expect(page.locator(".message.user")).toHaveCount(1);
  } finally {
    await engine({ state: "ready", problem: null });
  }
});

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("the trash says when each was deleted and how long it stays, and erases one or all after a second look", async ({
      page,
    }) => {
      const names = [`Nickel ${crypto.randomUUID()}`, `Cobalt ${crypto.randomUUID()}`] as const;
      for (const name of names) {
        const id = (await add(page, name)).split("/").at(-1);
        await page.request.post(`/c/${id}/delete`, { maxRedirects: 0 });
      }
      await page.goto("/trash");
      const row = page.locator(".deleted-list li", { hasText: names[0] });
      await expect(row).toContainText(`${new Date().getFullYear()}, 30 days left`);
      await expect(row.getByRole("button", { name: /Delete for good/ })).toBeHidden();
      await row.locator("summary").click();
      await row.getByRole("button", { name: /Delete for good/ }).click();
      await expect(page.getByRole("status")).toHaveText("Deleted for good.");
      await expect(page.getByText(names[0])).toHaveCount(0);
      await expect(page.getByText(names[1])).toBeVisible();
      await page.locator("summary", { hasText: "Empty trash" }).click();
      await page.getByRole("button", { name: "Delete all for good" }).click();
      await expect(page.getByText("Trash is empty.")).toBeVisible();
    });
  });

test.describe("in the reader's time zone (A18)", () => {
  // The other side of the date line of wherever this machine may be: its day is another one than the machine's.
  const zone = new Date().getUTCHours() < 11 ? "Pacific/Pago_Pago" : "Pacific/Kiritimati";
  test.use({ timezoneId: zone });

  test("the list is grouped by the reader's days, on the first page already", async ({ page, lasting }) => {
    const date = (time: number) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(time);
    const now = Date.now();
    // The end of the reader's yesterday.
    let ago = 0;
    while (date(now - ago) === date(now)) ago += 60_000;
    const title = `Of yesterday ${crypto.randomUUID()}`;
    // Alone on its server: elsewhere the list's first page may be full of what other tests asked since.
    const conversation = { title, turns: 1, updatedAt: now - ago };
    const { url } = lasting(
      await spawnServer("data-server.ts", { CONVERSATION: JSON.stringify(conversation) }),
    );
    let loads = 0;
    page.on("load", () => loads++);
    await page.goto(`${url}/conversations`);
    const group = page
      .locator("#conversation-list li.group")
      .filter({
        has: page.locator(`xpath=self::*[following-sibling::li[.//a[normalize-space()="${title}"]]]`),
      })
      .last();
    await expect(group).toHaveText("Yesterday");
    // What the reader does on the page meanwhile is not undone by it.
    expect(loads).toBe(1);
    await page.reload();
    await expect(group).toHaveText("Yesterday");
  });
});
