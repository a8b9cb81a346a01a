/** Presets: made by hand, begun with, named above the form, and taken off. */
import { askToEnd, expect, test } from "./chat.ts";
import { expectLooks } from "./violations.ts";

test.use({ bypassCSP: true, reducedMotion: "reduce" });

test("a preset is made, a chat is begun with it by keyboard, and it is deleted and brought back", async ({
  page,
}) => {
  const clean = async (name: string) => {
    await expectLooks(page, name);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await page.goto("/settings/answers");
  await page.getByRole("link", { name: /^Presets/ }).click();
  await page.getByRole("link", { name: "New preset" }).click();
  await page.getByLabel("Name").fill("Short answers");
  await page.getByLabel("Instructions").fill("Answer in one sentence.");
  await page.getByLabel("Temperature").fill("0,2");
  await clean("preset");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Temperature 0.2 · Answer in one sentence.")).toBeVisible();
  await clean("presets");

  await page.goto("/");
  const chip = page.getByRole("navigation", { name: "Presets" }).getByRole("link", { name: "Short answers" });
  await clean("preset-chips");
  await chip.focus();
  await chip.press("Enter");
  await expect(page.getByText("Preset: Short answers")).toBeVisible();
  await clean("preset-chosen");
  await askToEnd(page, "hello preset");
  await expect(page.locator("#preset-chips")).toBeEmpty();
  await page.getByLabel("Conversation menu").click();
  await page.getByRole("button", { name: "Preset: Short answers" }).click();
  await expect(page.locator(".command-reply")).toContainText("In use");
  await clean("preset-card");
  await page.getByRole("button", { name: /^Take it off/ }).click();
  await expect(page.getByText("The next answers follow your settings again.")).toBeVisible();

  await page.goto("/presets");
  await page.getByRole("button", { name: "Delete Short answers" }).click();
  await expect(page.getByText("You have no presets yet.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Short answers", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Delete Short answers" }).click();
});
