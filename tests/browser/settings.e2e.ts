/** The settings: saved and shown at once, reset, and every section in both themes. */
import { expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { violations } from "./violations.ts";

test.use({ bypassCSP: true, reducedMotion: "reduce", colorScheme: "light" });

test("a change is saved and seen at once, by mouse and keys; each section is clean in both themes and at 390 px", async ({
  page,
  allowedErrors,
  lasting,
}) => {
  const server = lasting(await spawnServer("accounts-server.ts"));
  const open = (section: string) => page.goto(`${server.url}/settings/${section}`);
  const row = (name: string) => page.locator(`form#${name}`);
  const html = page.locator("html");
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const clean = async (only?: readonly string[]) => {
    for (const section of ["you", "answers", "look", "memory", "keys", "data", "access", "about"]) {
      await open(section);
      await page.locator("main details").evaluateAll((all) => {
        for (const details of all) details.setAttribute("open", "");
      });
      expect([section, await violations(page, only)]).toEqual([section, []]);
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect([section, isWide]).toEqual([section, false]);
    }
  };
  await page.setViewportSize({ width: 390, height: 844 });
  await clean();

  await open("look");
  const light = await paper();
  await row("theme").getByText("Dark", { exact: true }).click();
  await expect(row("theme").getByText("Saved")).toBeVisible();
  await expect(html).toHaveAttribute("data-theme", "dark");
  const dark = await paper();
  expect(dark).not.toBe(light);
  await expect(row("theme").getByRole("radio", { name: "Dark" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(html).toHaveAttribute("data-theme", "light");
  expect(await paper()).toBe(light);
  await row("theme").getByRole("button", { name: "Reset Theme" }).click();
  await expect(html).toHaveAttribute("data-theme", "system");
  await expect(row("theme").getByRole("radio", { name: "System" })).toBeChecked();
  await expect(row("theme").getByRole("radio", { name: "System" })).toBeFocused();
  await expect(page.locator("#settings-said")).toHaveText("Theme: saved");
  await row("theme").getByText("Dark", { exact: true }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  // The server wrote it: no script has to come first.
  await page.reload();
  expect(await paper()).toBe(dark);

  await open("answers");
  await row("temperature").getByRole("button", { name: "Precise" }).click();
  await expect(row("temperature").getByRole("spinbutton")).toHaveValue("0.2");
  await row("temperature").getByRole("spinbutton").fill("0.5");
  await page.keyboard.press("Enter");
  await expect(row("temperature").getByText("Saved")).toBeVisible();
  await expect(row("temperature").getByRole("button", { name: "Precise" })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
  await row("temperature").getByRole("button", { name: "Reset" }).click();
  await expect(row("temperature").getByRole("spinbutton")).toHaveValue("0.7");

  // The page is shown anew, in the other language.
  await open("you");
  await row("language").getByText("Deutsch", { exact: true }).click();
  await expect(html).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Einstellungen");
  await expect(row("language").getByRole("radio", { name: "Deutsch" })).toBeChecked();
  await row("language").getByText("English", { exact: true }).click();
  await expect(html).toHaveAttribute("lang", "en");
  await open("answers");

  await page.route("**/settings/answers", (route) => route.abort());
  allowedErrors.push(/ERR_FAILED|Failed to fetch/);
  await row("temperature").getByRole("button", { name: "Free" }).click();
  await expect(page.getByRole("alert")).toHaveText("The assistant cannot be reached. Try again in a moment.");
  await page.unroute("**/settings/answers");

  // The theme changes the colours alone.
  await page.setViewportSize({ width: 1280, height: 900 });
  await clean(["color-contrast"]);
});
