/** A model that has the program compute in the middle of its answer. */
import type { Page } from "@playwright/test";
import { answer, askToEnd, expect, prose, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

const question = "About my position size: I have $10,000, I risk 1%, and my stop is 25 pips in EURUSD.";

const expectComputed = async (page: Page) => {
  await expect(answer(page).locator(".tool-call summary")).toHaveText(
    /^Computed: Position size, 0.40\slots$/,
  );
  await expect(prose(page)).toContainText("Let me compute that.");
  await expect(prose(page).locator("a.figure.computed")).toHaveText(["0.40"]);
  await expect(prose(page).locator(".figure.unsupported")).toContainText(["0.75"]);
};

test.use({ bypassCSP: true });

test("what a model has computed is shown, marked as computed, and opens the computation", async ({
  page,
  lasting,
}) => {
  const { url } = lasting(await spawnServer("tools-server.ts"));
  await page.goto(url);
  await askToEnd(page, question);
  await expectComputed(page);
  await page.reload();
  await expectComputed(page);
  const call = answer(page).locator(".tool-call");
  await call.locator("summary").click();
  await expect(call).toContainText('"stopPips":25');
  await expectClean(page, "tool-call");
  await call.getByRole("link").first().click();
  await expect(page.getByText("Account balance").first()).toBeVisible();
});

test("a call with a figure that nobody has stated is refused, and says so", async ({ page, lasting }) => {
  const { url } = lasting(await spawnServer("tools-server.ts"));
  await page.goto(url);
  await askToEnd(page, `${question} (wrongly)`);
  const call = answer(page).locator(".tool-call");
  await expect(call.locator("summary")).toHaveText("Not computed: Position size");
  await call.locator("summary").click();
  await expect(call).toContainText("Nobody has stated 25000 for Account balance.");
  await expect(prose(page).locator(".figure.computed")).toHaveCount(0);
  await expect(prose(page).locator(".figure.unsupported")).not.toHaveCount(0);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the answer shows what was computed", async ({ page, lasting }) => {
    const { url } = lasting(await spawnServer("tools-server.ts"));
    await page.goto(`${url}/?draft=${encodeURIComponent(question)}`);
    await page.getByRole("button", { name: "Send" }).click();
    await expectComputed(page);
  });
});
