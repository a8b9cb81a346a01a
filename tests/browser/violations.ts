/** What axe-core finds on a page. The page must allow its script: `bypassCSP`. */
import { join } from "node:path";
import type { Page } from "@playwright/test";

const axePath = join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");

interface Axe {
  run(options: {
    runOnly?: readonly string[];
  }): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/**
 * @param runOnly the rules to check; left out: all
 * @returns each violation with the elements that it is of
 */
export async function violations(page: Page, runOnly?: readonly string[]): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  const found = await page.evaluate(
    (options) => (window as unknown as { axe: Axe }).axe.run(options),
    runOnly === undefined ? {} : { runOnly },
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
