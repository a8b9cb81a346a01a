/** The chat in other languages: from right to left, and what its scripts say. */
import type { Page } from "@playwright/test";
import { askToEnd, expect, test } from "./chat.ts";
import { violations } from "./violations.ts";

const box = async (page: Page, what: string) => {
  const found = await page.locator(what).first().boundingBox();
  if (found === null) throw new Error(`${what} is not shown.`);
  return { ...found, end: found.x + found.width };
};

test.describe("From right to left", () => {
  test.use({ locale: "ar-XB", bypassCSP: true, reducedMotion: "reduce" });

  for (const width of [390, 1280])
    test(`the chat has no sideways scroll and no violation at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      const expectFits = async (name: string) => {
        const root = await page.evaluate(() => {
          const { scrollWidth, dir } = document.documentElement;
          scrollTo({ left: -1000, behavior: "instant" });
          return { scrollWidth, dir, left: scrollX };
        });
        expect({ name, ...root }).toEqual({ name, scrollWidth: width, dir: "rtl", left: 0 });
        expect({ name, found: await violations(page) }).toEqual({ name, found: [] });
      };
      await page.goto("/");
      await expectFits("a new chat");
      for (const question of ["tables", "tasks", "tiny"]) {
        await askToEnd(page, question);
      }
      await expectFits("a conversation");
      if (width < 960) await page.locator(".drawer-open").click();
      await expect(page.locator(".sidebar")).toBeInViewport();
      expect((await box(page, ".sidebar")).end).toBe(width);
      await expectFits("the sidebar");
      if (width < 960) await page.locator(".drawer-close").click();
      await page.keyboard.press("Control+k");
      await expect(page.locator("#palette [role=option]").first()).toBeVisible();
      await expectFits("the palette");
    });

  test("what begins a line stands at the right, what ends it at the left", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    await askToEnd(page, "tiny");
    const [mark, menu, title] = [
      await box(page, ".topbar .mark"),
      await box(page, ".conversation-head > .menu"),
      await box(page, "#conversation-title"),
    ];
    expect((await box(page, ".topbar-new")).end).toBeLessThanOrEqual(menu.x);
    expect(menu.end).toBeLessThanOrEqual(title.x);
    expect(title.end).toBeLessThanOrEqual(mark.x);
    await page.locator(".conversation-head > .menu > summary").click();
    const opened = await box(page, "#conversation-menu");
    expect(opened.x).toBeLessThan(menu.end);
    expect(opened.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Escape");
    const [send, attach] = [await box(page, ".send:not([hidden])"), await box(page, ".attach")];
    expect(send.end).toBeLessThan(attach.x);
  });
});

for (const locale of ["de", "es"])
  test.describe(locale, () => {
    test.use({ locale, reducedMotion: "reduce" });

    test("no page of the chat is wider than a phone", async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 800 });
      await page.goto("/");
      await askToEnd(page, "tiny");
      await page.locator(".tool.how").click();
      await expect(page.locator(".receipt")).toBeVisible();
      const receipt = await page.locator(".how-sure a").getAttribute("href");
      for (const path of [null, receipt ?? "", "/", "/?temporary=1", "/conversations", "/search?q=tiny"]) {
        if (path !== null) await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        const shown = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([path, shown]).toEqual([path, 360]);
      }
    });
  });

test.describe("In German", () => {
  test.use({ locale: "de" });

  test("The scripts speak the language of the page, too", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("#question")).toHaveAttribute("placeholder", "Frag zu Geld oder Märkten");
    const limit = Number(await page.locator("#question").getAttribute("data-limit"));
    await page.locator("#question").fill("x".repeat(limit + 1000));
    const length = new Intl.NumberFormat("de").format(limit + 1000);
    await expect(page.locator("#question-length")).toHaveText(
      `${length} Zeichen: 1.000 zu viel. Kürze die Frage, oder teile sie auf.`,
    );
    await page.locator("#question").fill("");
    await page.locator(".examples a").first().click();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe("10.000");
  });
});
