/** How much of the context is used, told while a question is typed; and a chat that is not kept. */
import { askToEnd, expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

test("the level of the context follows what is typed, and what is typed stays", async ({ page, lasting }) => {
  const { url } = lasting(await spawnServer("accounts-server.ts"));
  await page.goto(url);
  const level = page.locator(".context-level");
  await expect(level).toHaveCount(0);
  await askToEnd(page, "What is gold?");
  await expect(level).toContainText(/^\d+ of 4\.1k tokens$/);
  const before = await level.textContent();
  const draft = "And what of silver, platinum, palladium and rhodium?";
  await page.locator("#question").fill(draft);
  await expect(level).not.toHaveText(before ?? "");
  await expect(page.locator("#question")).toHaveValue(draft);
  await page.locator("#question").fill("gold ".repeat(3_900));
  await expect(page.locator(".context-problem")).toContainText("This does not fit");
});

test("a temporary chat is in no list, and one click keeps it", async ({ page, lasting }) => {
  const { url } = lasting(await spawnServer("accounts-server.ts"));
  await page.goto(url);
  await page.getByRole("link", { name: "Temporary chat" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Temporary chat");
  await askToEnd(page, "My secret plan");
  const listed = page.locator("#conversation-list").getByRole("link", { name: "My secret plan" });
  await expect(listed).toHaveCount(0);
  await askToEnd(page, "Go on");
  await expect(listed).toHaveCount(0);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(listed).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep it" })).toHaveCount(0);
});
