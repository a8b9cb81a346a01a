/**
 * What the browser tests share: a page that fails the test on any error or refused content, and the few things
 * a reader does in a chat.
 */
import { test as base, expect, type Page } from "@playwright/test";
import { renderMarkdown } from "../../views/markdown.ts";
import { answers } from "../fakes/scripted-answers.ts";
import { withoutControls } from "../views/without-controls.ts";

/** What the stream's frames alone had built when the end came, before the final form could hide a loss. */
export interface Built {
  readonly html: string;
}

declare global {
  interface Window {
    built: Built[];
  }
}

interface ChatFixtures {
  readonly allowedErrors: RegExp[];
  /** Keeps a server of the test's own until its page has been judged: one that ends before cuts the page's streams. */
  readonly lasting: <T extends AsyncDisposable>(server: T) => T;
}

export const test = base.extend<ChatFixtures>({
  // Each worker has a server of its own, so that a test may change that server's state.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  baseURL: async ({}, use, { parallelIndex }) =>
    use(`http://127.0.0.1:${Number(process.env.BROWSER_TEST_PORT) + parallelIndex}`),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  allowedErrors: async ({}, use) => use([]),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  lasting: async ({}, use) => {
    const servers: AsyncDisposable[] = [];
    await use((server) => {
      servers.push(server);
      return server;
    });
    for (const server of servers.toReversed()) await server[Symbol.asyncDispose]();
  },
  // It asks for `lasting` only to end before it.
  page: async ({ page, allowedErrors, lasting: _ }, use) => {
    const errors: string[] = [];
    watch(page, errors);
    page.context().on("page", (other) => watch(other, errors));
    await page.context().addInitScript(reportRefusals);
    await page.addInitScript(recordBuilt);
    await use(page);
    expect(errors.filter((error) => !allowedErrors.some((allowed) => allowed.test(error)))).toEqual([]);
  },
});

/** Most tests run without one: playwright.config.ts. */
const noServiceWorker = "Service Worker registration blocked by Playwright";

function watch(page: Page, errors: string[]): void {
  page.on("console", (message) => {
    if (message.text() === noServiceWorker) return;
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== "127.0.0.1" && protocol !== "data:") errors.push(`asked elsewhere: ${request.url()}`);
  });
}

/** Browsers report some refusals of the content security policy to the page alone. */
function reportRefusals(): void {
  document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused by policy: ${event.violatedDirective} ${event.blockedURI}`),
  );
}

function recordBuilt(): void {
  window.built = [];
  document.addEventListener("htmx:sse:before:message", (event) => {
    if (!(event instanceof CustomEvent) || !(event.target instanceof Element)) return;
    if (!event.detail.message.data.includes('hx-swap="outerMorph"')) return;
    const prose = event.target.closest(".message")?.querySelector(".prose");
    const html = (selector: string) => prose?.querySelector(selector)?.innerHTML.trim() ?? "";
    window.built.push({ html: `${html(".blocks")}\n${html(".tail")}` });
  });
}

export const answer = (page: Page) => page.locator(".message.assistant").last();
export const prose = (page: Page) => answer(page).locator(".prose");
export const finished = (page: Page, state = "done") =>
  expect(answer(page)).toHaveClass(new RegExp(`\\b${state}\\b`), { timeout: 20_000 });

export async function ask(page: Page, question: string): Promise<void> {
  await page.locator("#question").fill(question);
  await page.locator("#question").press("Enter");
}

/** Asks, and waits for the end of this answer, not for that of the one before, which has long ended. */
export async function askToEnd(page: Page, question: string, state = "done"): Promise<void> {
  const answers = page.locator(".message.assistant");
  const before = await answers.count();
  await ask(page, question);
  await expect(answers).toHaveCount(before + 1);
  await finished(page, state);
}

/** Waits until the answer shows this text, which is somewhere in its middle. */
export const reaches = (page: Page, text: string) => expect(prose(page)).toContainText(text);

/** Lets an answer go on that is held in its middle: "trouble", or whatever was asked with "held at" and a text. */
export const goOn = (page: Page) => page.request.post("/test/go-on");

/** The answer shows exactly what the script says, rendered; and so did its frames, before the final form. */
export async function expectWholeAnswer(page: Page, script: string): Promise<void> {
  const expected = await normalised(page, renderMarkdown(answers[script] ?? ""));
  expect(await normalised(page, await prose(page).locator(".blocks").innerHTML())).toBe(expected);
  for (const { html } of await page.evaluate(() => window.built))
    expect(await normalised(page, html)).toBe(expected);
}

/** As the browser writes it, without the cursor and the line breaks between blocks. */
const normalised = (page: Page, html: string) =>
  page.evaluate((source) => {
    const { body } = new DOMParser().parseFromString(source, "text/html");
    for (const cursor of body.querySelectorAll(".streaming-cursor")) cursor.remove();
    return body.innerHTML.replace(/>\s+/g, ">").replace(/\s+</g, "<");
  }, withoutControls(html));

export { expect };
