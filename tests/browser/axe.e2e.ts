/** What axe-core says of every page and state, on a phone and on a desktop, in light and in dark: nothing. */
import type { Page } from "@playwright/test";
import { answer, ask, askToEnd, expect, finished, prose, reaches, test } from "./chat.ts";
import { startInventedUpstream } from "./invented-upstream.ts";
import { RealServer } from "./real-server.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

test.use({ bypassCSP: true, reducedMotion: "reduce" });

// Pictures take longer than checks.
if (process.env.PICTURES) test.describe.configure({ timeout: 600_000 });

const unfold = (page: Page) =>
  page.locator("main details").evaluateAll((all) => {
    for (const details of all) details.setAttribute("open", "");
  });

/** What has one form many times is looked at a few times. */
const onlyFirst = (page: Page, what: string, count: number) =>
  page.locator(what).evaluateAll((all, kept) => {
    for (const element of all.slice(kept)) element.remove();
  }, count);

/** Each as it is, and with what can be unfolded. */
const pages = {
  "a new chat": "/",
  "the trash": "/trash",
  "the list": "/conversations",
  "an empty search": "/search",
  "a search": "/search?q=hello",
  status: "/status",
  models: "/models",
  memory: "/memory",
  desk: "/desk",
  calculators: "/calculators",
  "a calculator": "/calculators/position-size",
  "a result": "/calculators/position-size?balance=10000&riskPercent=1&symbol=EURUSD&stopPips=25&currency=USD",
  "a wrong figure": "/calculators/position-size?balance=x",
  presets: "/presets",
  "a new preset": "/presets/new",
  instruments: "/instruments",
  "a new instrument": "/instruments/add",
  "an instrument": "/instruments/EURUSD",
  components: "/components",
  "an error": "/nothing/here",
} as const;

for (const [name, path] of Object.entries(pages))
  test(name, async ({ page, allowedErrors }) => {
    allowedErrors.push(/404|422/);
    await page.goto(path);
    await onlyFirst(page, ".instrument-table tr", 12);
    await unfold(page);
    await expectClean(page, name);
  });

test("the palette, the keys and the menus", async ({ page }) => {
  await page.goto("/memory");
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette [role=option]").first()).toBeVisible();
  await expectClean(page, "palette", "#palette");
  await page.goto("/status");
  await page.keyboard.press("?");
  await expect(page.locator("#shortcuts")).toBeVisible();
  await expectClean(page, "keys", "#shortcuts");
  await page.keyboard.press("Escape");
  await page.goto("/");
  await askToEnd(page, "hello menus");
  await answer(page).getByLabel("More").click();
  await expectClean(page, "answer menu", ".message-footer .menu");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Conversations" }).click();
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeInViewport({ ratio: 1 });
  await expectClean(page, "drawer", "#conversations");
  await page.keyboard.press("Escape");
  await page.getByLabel("Conversation menu").click();
  await expectClean(page, "conversation menu", "#conversation-top");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await expectClean(page, "deleted");
  await page.goto("/trash");
  await unfold(page);
  await expectClean(page, "filled trash");
});

test("a thread with answers of headings, tables and text in another direction, a receipt and an edit", async ({
  page,
}) => {
  await page.goto("/");
  for (const [index, script] of [
    "markdown",
    "wide",
    "tables",
    "tasks",
    "rtl",
    "tiny",
    "markdown",
  ].entries()) {
    await ask(page, script);
    // Until then the answer before it is the last one, and it has ended.
    await expect(page.locator(".message.assistant")).toHaveCount(index + 1);
    await finished(page);
  }
  await answer(page).getByRole("link", { name: "How this answer was made" }).click();
  await expect(answer(page).locator(".receipt")).toBeVisible();
  await page.locator(".message.user .edit").last().click();
  await expect(page.locator(".edit-form")).toBeVisible();
  await expectClean(page, "thread");
});

test("how an answer was made and how sure it was, as pages", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "hello receipt");
  const id = ((await answer(page).getAttribute("id")) ?? "").replace("answer-", "");
  for (const part of ["receipt", "tokens"]) {
    await page.goto(`/generations/${id}/${part}`);
    await expectClean(page, part);
  }
});

test("an answer that is being written, with questions that wait, and how answers end", async ({ page }) => {
  await page.goto("/");
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  await ask(page, "hello after that");
  await expect(page.locator(".queued")).toHaveCount(1);
  await expectClean(page, "writing");
  await page.locator(".queued-edit summary").click();
  await expectClean(page, "edit of the queue", ".asking");
  await page.locator(".queued-edit summary").click();
  await page.getByRole("button", { name: "Stop" }).click();
  await finished(page, "stopped");
  await expect(page.getByText("The queue is paused")).toBeVisible();
  await expectClean(page, "stopped", "main");
});

test("a failed answer", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "fail for axe", "failed");
  await expectClean(page, "failed");
});

test("the banners of the model and of the storage", async ({ page }) => {
  const tell = (what: string, data: object) => page.request.post(`/test/${what}`, { data });
  try {
    await tell("engine", { state: "failed", problem: "The model file is damaged." });
    await tell("storage", { problem: "The disk is full. Free some space and try again.", isUrgent: true });
    await page.goto("/");
    await expect(page.getByText("The model file is damaged.")).toBeVisible();
    await expectClean(page, "banners");
  } finally {
    await tell("engine", { state: "ready", problem: null });
    await tell("storage", { problem: null, isUrgent: false });
  }
});

test("a card of the desk, the fact behind a figure, its page, figures that are only claimed, and what is remembered", async ({
  page,
  lasting,
}) => {
  const upstream = lasting(await startInventedUpstream());
  const server = lasting(new RealServer({ ENGINE: "vllm", VLLM_URL: upstream.url }));
  await server.start();
  await page.goto(server.url);
  await ask(
    page,
    "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. What position size is that?",
  );
  await finished(page);
  await expect(prose(page).locator(".desk-card a.figure.computed").first()).toHaveText("0.40");
  await ask(page, "What did gold do?");
  await expect(page.locator(".message.assistant")).toHaveCount(2);
  await finished(page);
  await expect(prose(page).locator(".figure.unsupported")).not.toHaveCount(0);
  await expectClean(page, "figures");
  const figure = page.locator(".desk-card a.figure.computed").first();
  const address = (await figure.getAttribute("href")) ?? "";
  await figure.click();
  await expect(page.getByRole("dialog", { name: "Where this figure comes from" })).toContainText("0.40");
  await expectClean(page, "fact dialog", ".fact-popover");
  await page.goto(server.url + address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectClean(page, "fact");
  await page.goto(`${server.url}/memory`);
  await expect(page.locator(".memory-list li")).not.toHaveCount(0);
  await unfold(page);
  await expectClean(page, "memories");
});

test("the documents", async ({ page, lasting }) => {
  const server = lasting(await spawnServer("accounts-server.ts"));
  await page.goto(`${server.url}/docs`);
  await onlyFirst(page, ".operation", 4);
  await unfold(page);
  await expectClean(page, "docs");
});

test("attached files, and the pages of logins", async ({ page, allowedErrors, lasting }) => {
  allowedErrors.push(/401/);
  const server = lasting(await spawnServer("accounts-server.ts"));
  const clean = async (heading: string) => {
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await unfold(page);
    await expectClean(page, heading);
  };
  const logIn = async (typed: string) => {
    await page.getByLabel("Name").fill("anna");
    await page.getByLabel("Password", { exact: true }).fill(typed);
  };
  const password = "correct horse battery";
  await page.goto(server.url);
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (await chosen).setFiles([
    {
      name: "trades-of-a-year-with-a-long-name.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("a,b\n1,2\n"),
    },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Buy low.") },
  ]);
  await expect(page.locator(".file-chip progress")).toHaveCount(0);
  await expectClean(page, "files", ".asking");
  await page.goto(`${server.url}/account`);
  await expectClean(page, "no logins");
  await page.getByRole("link", { name: "Set up logins" }).click();
  await expect(page.getByLabel("Password again")).toBeVisible();
  await expectClean(page, "setup");
  await logIn(password);
  await page.getByLabel("Password again").fill(password);
  await page.getByRole("button", { name: "Create user" }).click();
  await clean("Your login");
  await page.goto(`${server.url}/users`);
  await clean("Users");
  await page.goto(`${server.url}/audit`);
  await clean("Audit log");
  await page.goto(`${server.url}/account`);
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await logIn("something else entirely");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("wrong");
  await expectClean(page, "login");
});
