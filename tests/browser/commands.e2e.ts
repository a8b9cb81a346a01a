/** Commands are completed while one types, and do their work in place. */
import { expect, finished, test } from "./chat.ts";
import { violations } from "./violations.ts";

test.use({ bypassCSP: true, reducedMotion: "reduce" });

test("a slash opens the list; arrows, Enter, Tab and Esc use it; a command does its work and an unknown one stays", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/422/);
  await page.goto("/");
  const field = page.locator("#question");
  const list = page.getByRole("listbox", { name: "Commands" });
  const chosen = list.locator("[aria-selected=true]");
  await field.pressSequentially("/");
  await expect(chosen).toHaveText(/\/remember/);
  await expect(field).toHaveAttribute("aria-activedescendant", "command-remember");
  expect(await violations(page)).toEqual([]);
  await field.press("ArrowDown");
  await expect(chosen).toHaveText(/\/forget/);
  await field.press("Escape");
  await expect(list).toBeHidden();
  await expect(field).not.toHaveAttribute("aria-activedescendant");

  await field.pressSequentially("mortga");
  await expect(chosen).toHaveText(/\/mortgage/);
  await field.press("Tab");
  await expect(list).toBeHidden();
  await expect(field).toHaveValue(/^\/mortgage \w+=/);
  await expect(field).toBeFocused();

  await field.fill("/hlp");
  await field.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Did you mean /help?");
  await expect(field).toHaveValue("/hlp");
  await field.fill("/help");
  await field.press("Enter");
  await expect(page.locator(".command-reply")).toContainText("/remember");
  await expect(field).toHaveValue("");
  await expect(page.getByRole("alert")).toBeEmpty();
  expect(await violations(page)).toEqual([]);

  await field.fill("/sys");
  await field.press("Enter");
  await expect(field).toHaveValue("/system ");
  await field.pressSequentially("Answer briefly.");
  await field.press("Enter");
  await expect(page.locator("#instructions")).toHaveValue("Answer briefly.");
  await expect(page).toHaveURL(/\/c\//);
  await field.fill("hello");
  await field.press("Enter");
  await finished(page);
  await expect(page.locator(".command-reply")).toHaveCount(0);
  const saved = page.waitForEvent("download");
  await field.fill("/export");
  await field.press("Enter");
  expect((await saved).url()).toMatch(/\/export\?format=markdown$/);
});
