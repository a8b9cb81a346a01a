/** The palette: Ctrl+K, a word, Enter. */
import { askToEnd, expect, test } from "./chat.ts";

test("Ctrl+K finds pages, calculators and conversations by keys alone, and Esc leads back", async ({
  page,
}) => {
  const word = `rhodium${crypto.randomUUID().slice(0, 8)}`;
  await page.goto("/");
  await askToEnd(page, `hello ${word}`);
  const address = page.url();
  const palette = page.locator("#palette");
  const field = palette.getByRole("combobox");
  const chosen = palette.locator("[aria-selected=true]");

  await page.goto("/memory");
  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await expect(chosen).toContainText(word);
  await page.keyboard.type("pip val");
  await expect(chosen).toHaveText("Pip value");
  await expect(field).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id")) ?? "");
  await page.screenshot({ path: "test-results/looks/palette.png", animations: "disabled" });
  await page.keyboard.press("ArrowDown");
  await expect(chosen).toHaveText("Search all conversations for “pip val”");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/calculators\/pip-value$/);
  await page.waitForLoadState();

  await page.keyboard.press("Control+k");
  await page.keyboard.type(word);
  await expect(chosen).toContainText(word);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`^${address}`));
  await page.waitForLoadState();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("shortcuts");
  await expect(chosen).toHaveText("Keys");
  await page.keyboard.press("Enter");
  await expect(page.locator("#shortcuts")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
});
