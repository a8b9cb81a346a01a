/** What axe-core finds on a page. The page must allow its script: `bypassCSP`. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "./chat.ts";

const axePath = join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");

interface Axe {
  run(
    within: string | Document,
    options: { runOnly?: readonly string[] },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/**
 * @param runOnly the rules to check; left out: all
 * @param within a selector; left out: the whole page
 * @returns each violation with the elements that it is of
 */
export async function violations(
  page: Page,
  runOnly?: readonly string[],
  within?: string,
): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: axePath });
  const found = await page.evaluate(
    ({ options, place }) => (window as unknown as { axe: Axe }).axe.run(place ?? document, options),
    { options: runOnly === undefined ? {} : { runOnly }, place: within },
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
/** A phone, a tablet, and what 400 % of zoom leaves of a desktop. */
const widths = [320, phone.width, 820];

/**
 * Nothing is found on a phone and on a desktop, in light and in dark, and no width makes the page scroll sideways. With
 * PICTURES=1 pictures of it go to test-results/looks.
 * @param within where something is to be found; left out: on the whole page
 */
export async function expectClean(page: Page, name: string, within?: string): Promise<void> {
  for (const viewport of [desktop, phone]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: "light" });
    const inLight = await violations(page, undefined, within);
    // The theme changes the colours alone.
    await page.emulateMedia({ colorScheme: "dark" });
    const inDark = await violations(page, ["color-contrast"], within);
    expect({ name, ...viewport, inLight, inDark }).toEqual({ name, ...viewport, inLight: [], inDark: [] });
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    const shown = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect
      .poll(async () => ({ name, width, shown: await shown() }))
      .toEqual({ name, width, shown: width });
  }
  if (process.env.PICTURES) await photograph(page, name);
  await page.setViewportSize(desktop);
}

async function photograph(page: Page, name: string): Promise<void> {
  for (const width of [320, 390, 640, 820, 1440])
    for (const [look, media] of [
      ["light", { colorScheme: "light", contrast: "no-preference" }],
      ["dark", { colorScheme: "dark", contrast: "no-preference" }],
      ["contrast", { colorScheme: "dark", contrast: "more" }],
    ] as const) {
      await page.setViewportSize({ width, height: width < 700 ? 844 : 900 });
      await page.emulateMedia(media);
      await page.screenshot({
        path: `test-results/looks/${name.replaceAll(/\W+/g, "-")}-${width}-${look}.png`,
      });
    }
  await page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
}

const looks = [
  { width: 1280, height: 900, colorScheme: "light" },
  { width: 390, height: 800, colorScheme: "dark" },
  { width: 1280, height: 900, colorScheme: "dark" },
  { width: 390, height: 800, colorScheme: "light" },
] as const;

/** By all rules, on a phone and on a desktop, light and dark; a picture of each goes to test-results/looks. */
export async function expectLooks(page: Page, name: string): Promise<void> {
  for (const { colorScheme, ...viewport } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(viewport.width);
    await page.screenshot({ path: `test-results/looks/${name}-${colorScheme}-${viewport.width}.png` });
  }
}
