import { answer, ask, askToEnd, expect, finished, goOn, prose, reaches, test } from "./chat.ts";

test("a first question gets an address, a title and a place in the list", async ({ page }) => {
  await page.goto("/");
  await ask(page, "hello from the first test");
  await expect(page).toHaveURL(/\/c\/[\w-]+$/);
  await expect(page).toHaveTitle(/^hello from the first test/);
  await expect(page.locator("#conversation-list [aria-current=page]")).toHaveText(
    "hello from the first test",
  );
  await finished(page);
  await expect(page.locator("#question")).toHaveValue("");
  await expect(page.locator("#question")).toBeFocused();
});

test("a double click on Send is one message", async ({ page }) => {
  await page.goto("/");
  await page.locator("#question").fill("hello twice");
  await page.getByRole("button", { name: "Send" }).dblclick();
  await finished(page);
  await expect(page.locator(".message.user")).toHaveCount(1);
  await page.reload();
  await expect(page.locator(".message.user")).toHaveCount(1);
  await expect(page.locator(".message.assistant")).toHaveCount(1);
});

test("the same form sent twice without waiting is one message", async ({ page }) => {
  await page.goto("/");
  const key = await page.locator("#composer-fields input[name=key]").getAttribute("value");
  const form = { text: "hello once", key: key ?? "" };
  const replies = await Promise.all(
    [1, 2, 3].map(() => page.request.post("/ask", { form, maxRedirects: 0 })),
  );
  expect(new Set(replies.map((reply) => reply.headers().location)).size).toBe(1);
});

test("a page out of the browser's history sends its old key with a new question, which is a new message", async ({
  page,
}) => {
  await page.goto("/");
  const key = (await page.locator("#composer-fields input[name=key]").getAttribute("value")) ?? "";
  const reply = async (text: string) =>
    (await page.request.post("/ask", { form: { text, key }, maxRedirects: 0 })).headers().location;
  expect(await reply("hello one")).not.toBe(await reply("hello two"));
});

test("an example question fills the field with its amount selected, and is not sent", async ({ page }) => {
  await page.goto("/");
  const field = page.locator("#question");
  await page.getByRole("link", { name: /Compound interest/ }).click();
  await expect(field).toBeFocused();
  await page.keyboard.type("25,000");
  await expect(field).toHaveValue("What will $25,000 grow to at 5% in 10 years?");
  await expect(page.locator(".message")).toHaveCount(0);
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/");
});

test("an example question takes the place of another, and leaves what was typed", async ({ page }) => {
  await page.goto("/");
  const field = page.locator("#question");
  await page.getByRole("link", { name: /Compound interest/ }).click();
  await page.getByRole("link", { name: /Savings plan/ }).click();
  await expect(field).toHaveValue("If I save $300 a month at 5% for 20 years, how much will I have?");
  await field.fill("My own words");
  await page.getByRole("link", { name: /Savings plan/ }).click();
  await expect(field).toHaveValue(/^My own words\n\nIf I save \$300 a month/);
});

test("Shift+Enter is a new line and Enter sends", async ({ page }) => {
  await page.goto("/");
  await page.locator("#question").pressSequentially("first line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("second line");
  await page.keyboard.press("Enter");
  await expect(page.locator(".message.user .text")).toHaveText("first line\nsecond line", {
    useInnerText: true,
  });
});

test("an empty question is not sent", async ({ page }) => {
  await page.goto("/");
  await ask(page, "   ");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator(".empty")).toBeVisible();
  await expect(page.locator(".message")).toHaveCount(0);
});

test("what is typed while a question is on its way is kept", async ({ page }) => {
  await page.goto("/");
  await page.route("**/ask", async (route) => {
    await page.locator("#question").fill("the next question");
    await route.continue();
  });
  await askToEnd(page, "hello");
  await expect(page.locator("#question")).toHaveValue("the next question");
});

test("a question that is refused keeps its text and says what to do", async ({ page, allowedErrors }) => {
  allowedErrors.push(/503/);
  await page.goto("/");
  await ask(page, "full house");
  await expect(page.locator("#composer-note")).toContainText("Try again in 5 seconds");
  await expect(page.locator("#question")).toHaveValue("full house");
  await askToEnd(page, "hello");
  await expect(page.locator("#composer-note")).toBeEmpty();
});

test("a question that does not reach the server keeps its text and says so", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/ERR_|Failed to fetch/);
  await page.goto("/");
  await page.route("**/ask", (route) => route.abort());
  await ask(page, "hello");
  await expect(page.locator("#composer-note")).toContainText("cannot be reached");
  await expect(page.locator("#question")).toHaveValue("hello");
});

for (const [what, reply] of [
  ["a proxy's own page", { status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }],
  ["an error in another form", { status: 500, contentType: "application/json", body: "{}" }],
  ["something that is no reply to it", { status: 200, contentType: "text/html", body: "<p>Sign in</p>" }],
] as const)
  test(`a question that is answered with ${what} keeps its text and says so`, async ({
    page,
    allowedErrors,
  }) => {
    allowedErrors.push(/50\d/);
    await page.goto("/");
    await page.route("**/ask", (route) => route.fulfill(reply));
    await ask(page, "hello");
    await expect(page.locator("#composer-note")).toContainText("cannot be reached");
    await expect(page.locator("#question")).toHaveValue("hello");
    await expect(page.locator("body")).not.toContainText(/Bad gateway|Sign in/);
  });

test("back and forward lead through the conversations, into the middle of an answer too", async ({
  page,
}) => {
  await page.goto("/");
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  const address = page.url();
  await page.goBack();
  await expect(page.locator(".empty")).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await page.goForward();
  await expect(page).toHaveURL(address);
  await expect(answer(page)).toHaveClass(/streaming/);
  await goOn(page);
  await finished(page);
  await expect(prose(page)).toContainText("word159");
  await askToEnd(page, "hello again");
  await expect(page.locator(".message.user")).toHaveCount(2);
});

test("an unknown conversation is a page that says so", async ({ page, allowedErrors }) => {
  allowedErrors.push(/404/);
  const reply = await page.goto("/c/none");
  expect(reply?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page does not exist");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: "Conversations" }).click();
  await expect(page.locator("#conversation-list")).toBeInViewport();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Start a new chat" }).click();
  await expect(page.locator(".empty")).toBeVisible();
});
