/** Tables of answers: how wide they are, how they are sorted, copied and drawn. And listings, which are wrapped and saved. */
import { ask, askToEnd, expect, finished, prose, test } from "./chat.ts";

test("a table is wider than the column, sorted by a column, copied as CSV, and drawn; a listing is wrapped and saved", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await askToEnd(page, "tables");
  const block = page.locator(".table-block").first();
  const names = () => block.locator("tbody td:first-child").allInnerTexts();

  const { width = 0 } = (await block.locator(".table").boundingBox()) ?? {};
  const column = (await page.locator(".thread").boundingBox())?.width ?? 0;
  expect(width).toBeGreaterThan(column);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);

  const marks = await block.locator(".figure").count();
  await block.getByRole("button", { name: "Sort by Return" }).click();
  expect(await names()).toEqual(["2026", "2024", "2025", "2027"]);
  await expect(block.getByRole("columnheader", { name: "Return" })).toHaveAttribute("aria-sort", "ascending");
  await block.getByRole("button", { name: "Sort by Return" }).press("Enter");
  expect(await names()).toEqual(["2027", "2025", "2024", "2026"]);
  await block.getByRole("button", { name: "Sort by Note" }).click();
  expect(await names()).toEqual(["2026", "2025", "2027", "2024"]);
  expect(await block.locator(".figure").count()).toBe(marks);

  await block.getByRole("button", { name: "Copy as CSV" }).click();
  await expect(block.getByRole("button", { name: "Copied" })).toBeVisible();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  expect(csv.split("\r\n")[0]).toBe("Year,Balance,Paid in,Return,Note,Remark,Another column");
  expect(csv).toContain('2026,"$11,410","$10,800",−1.5 %,a bad one,\'=1+1,end');
  expect(csv).toContain('"none, or little","""quoted"", and more"');

  const second = page.locator(".table-block").nth(1);
  await second.getByRole("button", { name: "Chart" }).click();
  await expect(second.getByRole("img", { name: "Bar chart of Cost" })).toBeVisible();
  await second.getByRole("link", { name: "Line" }).click();
  await expect(second.getByRole("img", { name: "Line chart of Cost" })).toBeVisible();

  // What was sorted and drawn stays when the thread is rendered anew.
  await ask(page, "tasks");
  await expect(page.locator("figure pre")).toBeVisible();
  await finished(page);
  await expect(second.getByRole("img", { name: "Line chart of Cost" })).toBeVisible();
  expect(await names()).toEqual(["2026", "2025", "2027", "2024"]);
  await second.getByRole("button", { name: "Chart" }).click();
  await expect(second.getByRole("img")).toHaveCount(0);

  // The listing of the second answer.
  const listing = page.locator("figure", { has: page.locator("pre") });
  const scrolls = () => listing.locator("pre").evaluate((pre) => pre.scrollWidth > pre.clientWidth);
  expect(await scrolls()).toBe(true);
  await listing.getByRole("button", { name: "Wrap" }).click();
  expect(await scrolls()).toBe(false);
  const download = page.waitForEvent("download");
  await listing.getByRole("button", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("listing.py");
  await expect(prose(page).getByRole("checkbox", { name: "Done" })).toBeChecked();
});
