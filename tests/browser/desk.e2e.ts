/** Numbers that can be checked, as a newcomer meets them: the desk computes without a model, and what a model invents is marked. */
import { type Browser, expect, type Page } from "@playwright/test";
import { answer, ask, askToEnd, test as base, finished, prose } from "./chat.ts";
import { type InventedUpstream, startInventedUpstream } from "./invented-upstream.ts";
import { RealServer } from "./real-server.ts";

interface Worker {
  upstream: InventedUpstream;
  server: RealServer;
}
const test = base.extend<object, Worker>({
  upstream: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using upstream = await startInventedUpstream();
      await use(upstream);
    },
    { scope: "worker" },
  ],
  server: [
    async ({ upstream }, use) => {
      await using server = new RealServer({ ENGINE: "vllm", VLLM_URL: upstream.url });
      await server.start();
      await use(server);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});
test.describe.configure({ mode: "default" });

const lots = "Position size: 0.40 lots (EURUSD)";

async function clickPositionSize(page: Page): Promise<void> {
  await page.goto("/");
  await page.locator(".examples a", { hasText: "Position size" }).click();
  await page.locator("#question").press("Enter");
}

/** Each figure that bears a mark, with its class. */
const marks = (page: Page) =>
  prose(page)
    .locator(".figure")
    .evaluateAll((figures) =>
      figures.map((figure) => `${figure.textContent?.replace(" (unchecked)", "")} ${figure.className}`),
    );

test("the first card of a new chat is answered with the right lots and the formula, with no engine running", async ({
  page,
  lasting,
}) => {
  const server = lasting(new RealServer({ ENGINE: "vllm", VLLM_URL: "http://127.0.0.1:9" }));
  await server.start();
  await page.goto(server.url);
  await page.locator(".examples a", { hasText: "Position size" }).click();
  await page.locator("#question").press("Enter");
  await finished(page);
  const card = prose(page).locator(".desk-card");
  await expect(card.getByRole("heading").first()).toHaveText(lots);
  // The card is taller than the window: its result is what is seen of it.
  await expect(card.getByRole("heading").first()).toBeInViewport();
  await expect(card).toContainText("rounded down to the lot step");
  await expect(card.locator(".figure.unsupported")).toHaveCount(0);
  await expect(answer(page).locator(".figures")).toContainText("computed");
  await page.reload();
  await expect(prose(page).locator(".desk-card").getByRole("heading").first()).toHaveText(lots);
  await expect(prose(page).locator(".desk-card").getByRole("heading").first()).toBeInViewport();
});

test("a figure opens the fact behind it, by a click and by a key; Escape leads back to it", async ({
  page,
}) => {
  await clickPositionSize(page);
  await finished(page);
  const figure = prose(page).locator("a.figure.computed").first();
  const popover = page.locator(".fact-popover");
  await figure.click();
  await expect(popover).toBeVisible();
  await expect(popover).toContainText("Position size");
  await expect(popover).toContainText("10,000 USD");
  await page.keyboard.press("Escape");
  await expect(popover).toBeHidden();
  await expect(figure).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(popover).toBeVisible();
  await popover.getByRole("button", { name: "Recompute" }).click();
  await expect(page.getByText(/same|equal/i).first()).toBeVisible();
});

test("a price that the model invents is marked, and what the user said is not", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "I have 10,000 USD and risk 1%. Tell me about gold.");
  expect(await marks(page)).toEqual([
    "10,000 figure quoted",
    "1% figure quoted",
    "2,150.75 figure unsupported",
    "37 % figure unsupported",
  ]);
  await expect(answer(page).locator(".figures")).toHaveText(/4 figures: 2 quoted, 2 unchecked/);
  await answer(page).getByLabel("Mark only unchecked").check();
  await expect(prose(page).locator(".figure.quoted").first()).toHaveCSS("text-decoration-line", "none");
});

test("marks are the same while it is written, after a crash, after a reload, and in a second tab", async ({
  page,
  browser,
  server,
  upstream,
  allowedErrors,
}) => {
  allowedErrors.push(/network error|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|Failed to fetch/i);
  upstream.holdAt("That");
  await page.goto("/");
  await ask(page, "I have 10,000 USD and risk 1%. What about gold?");
  await expect(prose(page)).toContainText("37 % higher.");
  const whileWritten = await marks(page);
  await server.kill();
  await server.start();
  upstream.release();
  await finished(page);
  const after = await marks(page);
  expect(after).toEqual(whileWritten.map((mark) => mark.replace("pending", "unsupported")));
  expect(after.at(-1)).toBe("37 % figure unsupported");
  const html = await prose(page).locator(".blocks").innerHTML();
  await page.reload();
  expect(await prose(page).locator(".blocks").innerHTML()).toBe(html);
  await inSecondTab(browser, page.url(), async (other) => {
    expect(await prose(other).locator(".blocks").innerHTML()).toBe(html);
  });
});

async function inSecondTab(
  browser: Browser,
  url: string,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await look(page);
  await context.close();
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a question is answered by its card, and a figure leads to its fact's page", async ({ page }) => {
    await page.goto(
      "/?draft=I%20have%20%2410%2C000%20and%20risk%201%25%20per%20trade%20with%20a%2025%20pip%20stop%20on%20EURUSD.%20What%20position%20size%3F",
    );
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.locator(".desk-card").getByRole("heading").first()).toHaveText(lots);
    await prose(page).locator("a.figure.computed").first().click();
    await expect(page).toHaveURL(/\/facts\/f[0-9a-f]{24}$/);
    await expect(page.getByRole("heading", { name: /Position size/ }).first()).toBeVisible();
  });
});
