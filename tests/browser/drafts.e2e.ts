/** What is typed and not sent is there again after a detour, in its own conversation and nowhere else. */
import type { Page } from "@playwright/test";
import { ask, askToEnd, expect, finished, test } from "./chat.ts";

const question = (page: Page) => page.locator("#question");
const kept = (page: Page) => page.evaluate(() => sessionStorage.getItem("drafts"));

async function newConversation(page: Page, text: string): Promise<string> {
  await page.goto("/");
  await askToEnd(page, text);
  return page.url();
}

test("each conversation has its own draft, and a new chat has one too", async ({ page }) => {
  const first = await newConversation(page, "hello one");
  await question(page).fill("a draft in the first\nof two lines");
  const height = (await question(page).boundingBox())?.height;
  const second = await newConversation(page, "hello two");
  await expect(question(page)).toHaveValue("");
  await question(page).fill("a draft in the second");
  await page.goto("/");
  await question(page).fill("a draft of a new chat");

  await page.goto(first);
  await expect(question(page)).toHaveValue("a draft in the first\nof two lines");
  expect((await question(page).boundingBox())?.height).toBe(height);
  await page.goto(second);
  await expect(question(page)).toHaveValue("a draft in the second");
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(question(page)).toHaveValue("a draft of a new chat");
  await page.reload();
  await expect(question(page)).toHaveValue("a draft of a new chat");
});

test("what was sent is no draft any more, and what is typed meanwhile is one of the conversation that began", async ({
  page,
}) => {
  await page.goto("/");
  await page.route("**/ask", async (route) => {
    await question(page).fill("the next question");
    await route.continue();
  });
  await askToEnd(page, "hello");
  const here = page.url();
  await page.unroute("**/ask");
  await page.goto("/");
  await expect(question(page)).toHaveValue("");
  await page.goto(here);
  await expect(question(page)).toHaveValue("the next question");
  await question(page).press("Enter");
  await expect(page.locator(".message.user")).toHaveCount(2);
  await finished(page);
  await page.reload();
  await expect(question(page)).toHaveValue("");
  expect(await kept(page)).toBeNull();
});

test("a question that was refused stays a draft", async ({ page, allowedErrors }) => {
  allowedErrors.push(/503/);
  await page.goto("/");
  await ask(page, "full");
  await expect(page.locator("#composer-note")).not.toBeEmpty();
  await page.reload();
  await expect(question(page)).toHaveValue("full");
});

test("it keeps the last twenty, and not more than there is room for", async ({ page }) => {
  await page.goto("/");
  const field = page.locator("#composer-fields");
  const typeIn = async (conversation: string, text: string) => {
    await field.evaluate((fields, id) => {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = "conversation_id";
      input.value = id;
      fields.replaceChildren(input);
    }, conversation);
    await question(page).fill(text);
  };
  for (let number = 0; number < 25; number++) await typeIn(`c${number}`, `draft ${number}`);
  const drafts = async (): Promise<[string, string][]> => JSON.parse((await kept(page)) ?? "{}").drafts;
  expect((await drafts()).map(([id]) => id)).toEqual(
    Array.from({ length: 20 }, (_, index) => `c${index + 5}`),
  );
  for (let number = 30; number < 42; number++) await typeIn(`c${number}`, "x".repeat(20_000));
  expect((await drafts()).map(([id]) => id)).toEqual(
    Array.from({ length: 10 }, (_, index) => `c${index + 32}`),
  );
});

test("drafts are forgotten when that is asked for, and somebody else never gets them", async ({ page }) => {
  await page.goto("/");
  await question(page).fill("a secret");
  await page.evaluate(() => document.dispatchEvent(new Event("drafts:forget")));
  expect(await kept(page)).toBeNull();

  await question(page).fill("another secret");
  await page.evaluate(() => {
    const text = sessionStorage.getItem("drafts") ?? "";
    sessionStorage.setItem("drafts", text.replace('"viewer":""', '"viewer":"somebody"'));
  });
  await page.reload();
  await expect(question(page)).toHaveValue("");

  await question(page).fill("a third secret");
  await page.evaluate(() => {
    const form = document.createElement("form");
    form.action = "/logout";
    form.addEventListener("submit", (event) => event.preventDefault());
    document.body.append(form);
    form.requestSubmit();
  });
  expect(await kept(page)).toBeNull();
});

test("what another version left there, or a browser that keeps nothing, harms nobody", async ({ page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem("drafts") === null)
      sessionStorage.setItem("drafts", '{"viewer":"","drafts":[7]}');
    if (location.search === "?nothing")
      Storage.prototype.setItem = () => {
        throw new DOMException("no", "QuotaExceededError");
      };
  });
  await page.goto("/");
  await expect(question(page)).toHaveValue("");
  await page.goto("/?nothing");
  await askToEnd(page, "hello one");
});
