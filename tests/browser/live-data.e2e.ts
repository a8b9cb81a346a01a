/** Pages of prices follow what is imported elsewhere, and keep what is chosen on them. */
import { expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

const days = (count: number) => {
  const rows = Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(2024, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
    return `${day},${100 + at},${103 + at},${98 + at},${101 + at}`;
  });
  return `Date,Open,High,Low,Close\n${rows.join("\n")}\n`;
};

/** @returns the id of the series */
async function bringIn(url: string, count: number): Promise<string> {
  const form = new FormData();
  form.set("file", new File([days(count)], "LIVEDATA_D1.csv"));
  form.set("commit", "true");
  form.set("zone", "UTC");
  const reply = await fetch(`${url}/api/imports`, { method: "POST", body: form });
  return (await reply.json()).dataset_id;
}

test("the list, the desk and the page of a series show new rows by themselves", async ({
  page,
  context,
  lasting,
}) => {
  const { url } = lasting(await spawnServer("data-server.ts"));
  const id = await bringIn(url, 40);
  await page.goto(`${url}/data`);
  const series = page.getByRole("listitem").filter({ hasText: "LIVEDATA D1" });
  await expect(series.first()).toContainText("40 bars");
  const desk = await context.newPage();
  await desk.goto(`${url}/desk`);
  const card = desk.getByRole("link", { name: /LIVEDATA D1/ });
  await expect(card.locator(".recent-value")).toHaveText("140");
  const own = await context.newPage();
  await own.goto(`${url}/data/${id}?from=2024-01-10&to=2024-12-31`);
  const last = own.getByRole("rowheader").first();
  await expect(last).toHaveText("Feb 9, 2024");
  await expect(own.getByRole("application")).toBeVisible();
  await expect(own.locator("#chart-values")).toContainText("Feb 9, 2024");
  await bringIn(url, 41);
  await expect(series.first()).toContainText("41 bars");
  await expect(card.locator(".recent-value")).toHaveText("141");
  await expect(last).toHaveText("Feb 10, 2024");
  await expect(own.locator("#lead")).toContainText("41 bars");
  await expect(own.locator("#chart-values")).toContainText("Feb 10, 2024");
  await expect(own.locator("#chart-values")).toContainText("Close 141");
  // From 10 January on: what was chosen is kept.
  await expect(own.getByRole("rowheader")).toHaveCount(32);
});
