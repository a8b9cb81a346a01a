/** The page of the API: offline, under the policy of all pages, with scripts and without. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

const pictures = "test-results/looks";

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("every operation is there, opens by itself and by its address, and nothing comes from elsewhere", async ({
      page,
      lasting,
    }) => {
      const server = lasting(await spawnServer("accounts-server.ts"));
      await page.goto(`${server.url}/`);
      await page.locator(".sidebar-foot summary").click();
      await page.getByRole("link", { name: "API" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("The API");
      const { paths } = await (await page.request.get(`${server.url}/openapi.json`)).json();
      const operations = Object.values<object>(paths).flatMap((item) => Object.keys(item));
      await expect(page.locator(".operation")).toHaveCount(operations.length);
      const remember = page.locator(".operation", { has: page.locator("#postMemorize") });
      await expect(remember.getByText("a text of 1 to 500 characters")).toBeHidden();
      await remember.locator("summary").first().click();
      await expect(remember.getByText("a text of 1 to 500 characters")).toBeVisible();
      await page.goto(`${server.url}/docs#postChat`);
      await expect(page.getByText(`curl '${server.url}/chat'`)).toBeInViewport();
    });
  });

test("a curl of the page can be copied, and does what it says", async ({ page, lasting }) => {
  const server = lasting(await spawnServer("accounts-server.ts"));
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
  await page.goto(`${server.url}/docs#postMemorize`);
  const operation = page.locator(".operation", { hasText: "/memorize" });
  await operation.locator("figure", { hasText: "curl" }).getByRole("button", { name: "Copy" }).click();
  await expect(operation.getByRole("button", { name: "Copied" })).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain('-d \'{"key":"savings goal"');
  const { stdout } = await promisify(execFile)("sh", ["-c", command]);
  expect(JSON.parse(stdout)).toMatchObject({ success: true });
});

for (const [name, colorScheme, width] of [
  ["light", "light", 1200],
  ["dark", "dark", 1200],
  ["phone", "light", 360],
] as const)
  test(`it fits and can be read: ${name}`, async ({ page, lasting }) => {
    const server = lasting(await spawnServer("accounts-server.ts"));
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${server.url}/docs`);
    await page.screenshot({ path: `${pictures}/docs-${name}.png`, animations: "disabled" });
    for (const summary of await page.locator(".operation > summary").all()) await summary.click();
    await page.locator(".docs-reply").nth(20).scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${pictures}/docs-${name}-open.png`, animations: "disabled" });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
