/** The frame around every page, what a first visit loads, and the components in each of their states. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

const axePath = join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");
const paths = [
  "/",
  "/desk",
  "/calculators",
  "/calculators/position-size",
  "/instruments",
  "/presets",
  "/presets/new",
  "/memory",
  "/status",
  "/search?q=hello",
  "/trash",
  "/conversations",
  "/components",
  "/nothing/here",
];

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

for (const size of [390, 820, 1440])
  test(`every page has the sidebar and no wider line than ${size} pixels`, async ({
    page,
    allowedErrors,
  }) => {
    allowedErrors.push(/404/);
    await page.setViewportSize({ width: size, height: 900 });
    for (const path of paths) {
      await page.goto(path);
      const sidebar = page.getByRole("navigation", { name: "Conversations" });
      if (size < 960) {
        await expect(sidebar).toBeHidden();
        await page.getByRole("button", { name: "Conversations" }).click();
      }
      await expect(sidebar.getByRole("link", { name: "Desk" })).toBeInViewport();
      expect([path, await page.getByRole("heading", { level: 1 }).count()]).toEqual([path, 1]);
      expect([path, await width(page)]).toEqual([path, size]);
    }
  });

test("pages begin where all pages begin, and the sidebar says where the reader is", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/404/);
  const lefts = new Set<number>();
  for (const path of ["/desk", "/calculators", "/instruments", "/status", "/components", "/nothing/here"]) {
    await page.goto(path);
    lefts.add((await page.getByRole("heading", { level: 1 }).boundingBox())?.x ?? -1);
  }
  expect(lefts.size).toBe(1);
  for (const [path, name] of [
    ["/", "New chat"],
    ["/desk", "Desk"],
    ["/calculators", "Desk"],
    ["/memory", "Memory"],
  ] as const) {
    await page.goto(path);
    await expect(page.locator(".sidebar > :not(.sidebar-body) [aria-current=page]")).toHaveText(name);
  }
});

test("the drawer opens and closes without JavaScript", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 800 },
  });
  const page = await context.newPage();
  await page.goto(`${baseURL}/desk`);
  const desk = page.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name: "Desk" });
  await expect(desk).toBeHidden();
  await page.getByRole("button", { name: "Conversations" }).click();
  await expect(desk).toBeVisible();
  await page.getByRole("button", { name: "Close the list" }).click();
  await expect(desk).toBeHidden();
  await context.close();
});

test("a first visit takes at most 12 requests and 90 kB", async ({ page, lasting }) => {
  const server = lasting(await spawnServer("accounts-server.ts"));
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: false });
  const requests: string[] = [];
  let bytes = 0;
  client.on("Network.requestWillBeSent", ({ request }) => requests.push(request.url));
  client.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(server.url);
  await expect(page.locator("#question")).toBeFocused();
  await page.waitForLoadState("load");
  await page.evaluate(() => document.fonts.ready);
  expect(requests.length).toBeLessThanOrEqual(12);
  expect(requests.some((url) => url.includes("inter-latin.woff2"))).toBe(true);
  expect(bytes).toBeGreaterThan(30_000);
  expect(bytes).toBeLessThanOrEqual(90_000);
  console.log(`first visit: ${requests.length} requests, ${bytes} bytes`);
});

test.describe("components", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  for (const colorScheme of ["light", "dark"] as const)
    test(`each is shown in each of its states, in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const size of [390, 820, 1440]) {
        await page.setViewportSize({ width: size, height: 900 });
        await page.goto("/components");
        await page.screenshot({
          path: `test-results/looks/components-${colorScheme}-${size}.png`,
          fullPage: true,
          animations: "disabled",
        });
        expect(await width(page)).toBe(size);
      }
      const colour = (of: string) =>
        page
          .locator(of)
          .first()
          .evaluate((element) => getComputedStyle(element).color);
      const [gain, loss] =
        colorScheme === "light" ? ["10, 116, 70", "184, 50, 42"] : ["70, 209, 138", "255, 138, 125"];
      expect([await colour(".trend.gain"), await colour(".trend.loss")]).toEqual([
        `rgb(${gain})`,
        `rgb(${loss})`,
      ]);
      await expect(page.locator(".trend.gain")).toHaveText("+1.25%");
      await expect(page.locator(".trend.gain svg")).toHaveCount(1);
      await page.addScriptTag({ path: axePath });
      const violations = () =>
        page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          const found = await axe.run();
          return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        });
      expect(await violations()).toEqual([]);
      await page.getByRole("button", { name: "Open" }).click();
      await expect(page.getByText("They are deleted for good.")).toBeVisible();
      expect(await violations()).toEqual([]);
    });

  test("what has only an icon says its name to the pointer and to the keyboard", async ({ page }) => {
    await page.goto("/components");
    const copy = page.getByRole("region", { name: "Icon button" }).getByRole("button", { name: "Copy" });
    const tip = copy.locator(".tip");
    expect((await tip.boundingBox())?.width).toBeLessThanOrEqual(1);
    await copy.hover();
    expect((await tip.boundingBox())?.width).toBeGreaterThan(20);
    await page.mouse.move(0, 0);
    expect((await tip.boundingBox())?.width).toBeLessThanOrEqual(1);
  });
});

for (const theme of ["light", "dark"] as const)
  test(`data-theme="${theme}" wins over the system`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme === "light" ? "dark" : "light" });
    await page.goto("/desk");
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    const paper = theme === "light" ? "rgb(250, 251, 250)" : "rgb(15, 21, 19)";
    await expect(page.locator("html")).toHaveCSS("background-color", paper);
  });
