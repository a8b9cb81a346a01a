/** The whole of it: a browser, the real server and a real model that writes what it likes. */
import { expect, type Page } from "@playwright/test";
import { renderMarkdown } from "../../views/markdown.ts";
import { answer, test as base, finished, prose } from "./chat.ts";
import { modelIsThere, RealServer } from "./real-server.ts";

const test = base.extend<object, { server: RealServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using server = new RealServer();
      await server.start();
      await server.healthy();
      await use(server);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

// One after the other in one worker: they share the server, and the model needs the processor for itself.
test.describe.configure({ mode: "default", timeout: 150_000 });
test.skip(!modelIsThere, "the small model is not there: bun run models pull smollm2-135m-instruct");

const story = "Tell a long story about a family that learns to save money.";

async function ask(page: Page, question: string): Promise<void> {
  await page.locator("#question").fill(question);
  await page.locator("#question").press("Enter");
}

/** What is shown, without the marks that a line's end still decides upon, and what is said of a figure to who hears it. */
const plain = (text: string) => text.replaceAll(" (unchecked)", "").replace(/[\s*_`~#>|-]/g, "");
const shown = async (page: Page) => plain((await prose(page).textContent()) ?? "");
/** All but the last characters: the open line may be another block a moment later. */
const settled = async (page: Page) => (await shown(page)).slice(0, -15);

/** Waits until so many characters are shown, while the answer is being written. */
async function grown(page: Page, length: number): Promise<string> {
  await expect.poll(async () => (await shown(page)).length, { timeout: 60_000 }).toBeGreaterThan(length);
  await expect(answer(page)).toHaveClass(/streaming/);
  return settled(page);
}

/** The answer's text by another way: the log, as the API streams it from its first token. */
async function logged(page: Page): Promise<string> {
  const id = ((await answer(page).getAttribute("id")) ?? "").replace("answer-", "");
  const stream = await (await page.request.get(new URL(`/generations/${id}/events`, page.url()).href)).text();
  let text = "";
  for (const [, data = ""] of stream.matchAll(/^data: (\{.*\})$/gm))
    text += JSON.parse(data).choices[0]?.delta?.content ?? "";
  return text;
}

/** What a reader sees of HTML. */
const textOf = (page: Page, html: readonly string[]) =>
  page.evaluate(
    (source) => new DOMParser().parseFromString(source, "text/html").body.textContent ?? "",
    html.join(""),
  );

/** The text as the frames built it, before the final form could mend a loss, is the text that was logged. */
async function expectNothingLostOrDoubled(page: Page): Promise<void> {
  const expected = plain(await textOf(page, [renderMarkdown(await logged(page))]));
  expect(await shown(page)).toBe(expected);
  const built = await page.evaluate(() => window.built.map(({ html }) => html));
  expect(built).toHaveLength(1);
  expect(plain(await textOf(page, built))).toBe(expected);
}

test("an answer of a real model comes token by token", async ({ page }) => {
  await page.goto("/");
  await ask(page, "What is a savings account? Explain it in one paragraph.");
  const lengths = new Set<number>();
  await expect
    .poll(
      async () => {
        lengths.add((await shown(page)).length);
        return lengths.size;
      },
      { intervals: [50], timeout: 60_000 },
    )
    .toBeGreaterThan(4);
  const writtenBy = answer(page).locator(".written-by");
  // A model of this size may say the same thing for ever.
  await writtenBy
    .waitFor({ timeout: 20_000 })
    .catch(() => page.getByRole("button", { name: "Stop" }).click({ timeout: 10_000 }))
    .catch(() => {});
  await expect(writtenBy).toContainText("smollm2");
  await expect(page.getByText("Demo model: answers are often wrong")).toBeVisible();
  await expectNothingLostOrDoubled(page);
});

test("a reload in mid-answer keeps the text and goes on, and Stop ends it within a second", async ({
  page,
}) => {
  await page.goto("/");
  await ask(page, story);
  const before = await grown(page, 120);
  await page.reload();
  expect(await shown(page)).toContain(before);
  const after = await grown(page, before.length + 120);
  expect(after).toContain(before);

  const elapsed = await answer(page).evaluate(async (element) => {
    const stopped = Promise.withResolvers<void>();
    const observer = new MutationObserver(() => {
      if (element.classList.contains("stopped")) stopped.resolve();
    });
    observer.observe(element, { attributes: true });
    const pressed = performance.now();
    element.querySelector<HTMLButtonElement>("[data-stop]")?.click();
    await stopped.promise;
    observer.disconnect();
    return performance.now() - pressed;
  });
  expect(elapsed).toBeLessThan(1000);
  const kept = await shown(page);
  expect(kept).toContain(after);
  await page.reload();
  expect(await shown(page)).toBe(kept);
  await expect(answer(page)).toContainText("You stopped this answer.");
});

test("without scripts the answer is written into the page", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url });
  const page = await context.newPage();
  await page.goto("/");
  await page.locator("#question").fill(story);
  await page.getByRole("button", { name: "Send" }).click({ noWaitAfter: true });
  const written = answer(page).locator(".plain");
  await expect
    .poll(async () => (await written.textContent())?.length, { timeout: 60_000 })
    .toBeGreaterThan(60);
  await page.getByRole("button", { name: "Stop" }).click();
  await finished(page, "stopped");
  await context.close();
});

for (const [what, signal] of [
  ["killed", "SIGKILL"],
  ["restarted", "SIGTERM"],
] as const)
  test(`the server is ${what} in mid-answer: the open page goes on by itself to the end`, async ({
    page,
    allowedErrors,
  }) => {
    allowedErrors.push(/ERR_|sse:error|Failed to fetch|network error/);
    // A model of this size may say the same thing for ever: a small context ends it.
    await using server = new RealServer({ LLAMA_CONTEXT: "512" });
    await server.start();
    await page.goto(server.url);
    await ask(page, "What is a mutual fund? Explain it in one paragraph.");
    const before = await grown(page, 40);
    await server.kill(signal);
    await expect(answer(page)).toContainText("The connection was lost.");
    expect(await shown(page)).toContain(before);
    await server.start();
    await expect(answer(page)).toHaveClass(/\bdone\b/, { timeout: 120_000 });
    const whole = await shown(page);
    expect(whole).toContain(before);
    expect(whole.length).toBeGreaterThan(before.length);
    await expectNothingLostOrDoubled(page);
  });
