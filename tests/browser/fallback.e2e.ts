/** Streams that do not get through: the answer comes as a whole, and the page says so. */
import { answer, ask, askToEnd, expect, finished, goOn, prose, test } from "./chat.ts";

test.beforeEach(({ allowedErrors }) => {
  allowedErrors.push(/ERR_|Failed to fetch|Failed to load|50\d/);
});

test("a stream that is refused", async ({ page }) => {
  await page.route("**/generations/*/html*", (route) => route.abort());
  await page.goto("/");
  await ask(page, "paragraphs held at Paragraph 3");
  await expect(answer(page)).toContainText("Streaming is not available here");
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await goOn(page);
  await finished(page);
  await expect(prose(page).locator("p")).toHaveCount(14);
  await expect(answer(page)).toContainText("Shown at once: streaming is not available here.");
});

test("a stream that something else answers", async ({ page }) => {
  await page.route("**/generations/*/html*", (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<p>A proxy's own page</p>" }),
  );
  await page.goto("/");
  await askToEnd(page, "paragraphs");
  await expect(prose(page).locator("p")).toHaveCount(14);
  await expect(page.locator("body")).not.toContainText("A proxy's own page");
});

test("a stream that answers with an error", async ({ page }) => {
  await page.route("**/generations/*/html*", (route) => route.fulfill({ status: 502, body: "bad gateway" }));
  await page.goto("/");
  await askToEnd(page, "paragraphs");
  await expect(prose(page).locator("p")).toHaveCount(14);
});

test("a browser that gives scripts no streams", async ({ page, allowedErrors }) => {
  allowedErrors.push(/getReader/);
  await page.addInitScript(() => {
    Object.defineProperty(Response.prototype, "body", { get: () => null });
  });
  await page.goto("/");
  await askToEnd(page, "paragraphs");
  await expect(prose(page).locator("p")).toHaveCount(14);
});

test("a whole answer that does not arrive is asked for again", async ({ page }) => {
  await page.clock.install();
  await page.route("**/generations/*/html*", (route) => route.abort());
  await page.route("**/generations/*/answer?wait=1", (route) => route.abort(), { times: 1 });
  await page.goto("/");
  const lost = page.waitForEvent("requestfailed", (request) => request.url().includes("wait=1"));
  await ask(page, "paragraphs");
  await lost;
  await page.clock.fastForward(6000);
  await finished(page);
  await expect(prose(page).locator("p")).toHaveCount(14);
});

test("a stream through which nothing comes", async ({ page }) => {
  await page.clock.install();
  await page.route("**/generations/*/html*", () => {});
  await page.goto("/");
  const held = page.waitForRequest("**/generations/*/html*");
  await ask(page, "hello");
  await held;
  await page.clock.fastForward(9000);
  await finished(page);
  await expect(prose(page)).toHaveText("Hello. How can I help?");
});
