/** Logins as people use them: set up, logged in, keys made and revoked, logged out; with scripts and without. */
import type { Page } from "@playwright/test";
import { expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

const pictures = "test-results/looks";
const password = "correct horse battery";

/** In every look that a person may have chosen. */
async function photograph(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${pictures}/accounts-${name}-${colorScheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.screenshot({ path: `${pictures}/accounts-${name}-phone.png`, fullPage: true });
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWider).toBe(false);
  if (size !== null) await page.setViewportSize(size);
}

async function setUp(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.locator(".sidebar-foot summary").click();
  await page.getByRole("link", { name: "Logins" }).click();
  await photograph(page, "none");
  await page.getByRole("link", { name: "Set up logins" }).click();
  await photograph(page, "setup");
  await page.getByLabel("Name").fill("Anna");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(password);
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("status")).toContainText("Everything saved so far is yours");
}

async function logIn(page: Page, name: string, typed = password): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(typed);
  await page.getByRole("button", { name: "Log in" }).click();
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("logins are set up, a key is made, shown once and revoked, and after the logout nothing is shown", async ({
      page,
      allowedErrors,
      lasting,
    }) => {
      const server = lasting(await spawnServer("accounts-server.ts"));
      const { url } = server;
      await setUp(page, url);
      await page.goto(`${url}/`);
      await expect(page.locator(".sidebar-foot")).toContainText("Logged in as anna");
      await expect(page.locator("#conversation-list")).toContainText("What was here before");
      if (javaScriptEnabled) await photograph(page, "chat");

      await page.goto(`${url}/account`);
      await page.locator("summary", { hasText: "Create key" }).click();
      await page.getByLabel("What it is for").fill("a script");
      if (javaScriptEnabled) await photograph(page, "account");
      await page.getByRole("button", { name: "Create key" }).click();
      const key = (await page.locator(".new-key pre code").textContent()) ?? "";
      expect(key).toMatch(/^lfa_[\w-]{43}$/);
      if (javaScriptEnabled) await photograph(page, "new-key");
      const listed = () => fetch(`${url}/api/conversations`, { headers: { authorization: `Bearer ${key}` } });
      expect((await listed()).status).toBe(200);
      await page.goto(`${url}/account`);
      await expect(page.locator("main")).not.toContainText(key);
      await page.getByRole("button", { name: "Revoke the key a script" }).click();
      await expect(page.getByRole("status")).toContainText("revoked");
      expect((await listed()).status).toBe(401);

      await page.getByRole("button", { name: "Log out", exact: true }).click();
      await expect(page.getByRole("status")).toContainText("logged out");
      await photograph(page, "login");
      await page.goto(`${url}/search?q=before`);
      await expect(page).toHaveURL(/\/login\?next=/);
      allowedErrors.push(/401/);
      await logIn(page, "anna", "something else entirely");
      await expect(page.getByRole("alert")).toContainText("wrong");
      await logIn(page, "Anna");
      await expect(page).toHaveURL(`${url}/search?q=before`);
    });
  });

test("a tab whose login has ended in another one leads to the login with the next thing that is done, and back", async ({
  page,
  allowedErrors,
  lasting,
}) => {
  const server = lasting(await spawnServer("accounts-server.ts"));
  const { url } = server;
  await setUp(page, url);
  await page.goto(`${url}/`);
  await page.locator("#conversation-list a").first().click();
  await expect(page).toHaveURL(/\/c\//);
  const address = page.url();
  const other = await page.context().newPage();
  await other.goto(`${url}/account`);
  await other.getByRole("button", { name: "Log out everywhere" }).click();
  await expect(other.getByRole("status")).toContainText("logged out");
  allowedErrors.push(/401/);
  // What the page asks for by itself while one types took the page away under the question.
  const refused = page.waitForResponse((reply) => reply.url().endsWith("/context") && reply.status() === 401);
  await page.locator("#question").fill("What is gold?");
  await refused;
  await expect(page.locator("#question")).toHaveValue("What is gold?");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
  await logIn(page, "anna");
  await expect(page).toHaveURL(address);
});

test("an admin adds a member, who sees neither the admin's conversations nor what steers the program", async ({
  page,
  browser,
  allowedErrors,
  lasting,
}) => {
  const server = lasting(await spawnServer("accounts-server.ts"));
  const { url } = server;
  await setUp(page, url);
  await page.goto(`${url}/users`);
  await page.getByText("Add a user").click();
  await page.getByLabel("Name").fill("ben");
  await page.getByLabel("First password").fill(password);
  await page.getByRole("button", { name: "Add the user" }).click();
  await expect(page.getByRole("status")).toContainText("added");
  await page.getByLabel("Change ben").click();
  await photograph(page, "users");

  const other = await browser.newContext();
  const member = await other.newPage();
  await member.goto(`${url}/`);
  await logIn(member, "ben");
  await expect(member.locator(".sidebar-foot")).toContainText("Logged in as ben");
  await expect(member.locator("#conversation-list")).not.toContainText("What was here before");
  await member.locator(".sidebar-foot summary").click();
  await expect(member.locator(".sidebar-foot").getByRole("link", { name: "Deleted" })).toBeVisible();
  for (const link of ["Status", "Users", "Audit"])
    await expect(member.locator(".sidebar-foot").getByRole("link", { name: link })).toHaveCount(0);
  expect((await member.goto(`${url}/users`))?.status()).toBe(403);
  await expect(member.locator("main")).toContainText("Only admins");
  await photograph(member, "forbidden");
  await member.goto(`${url}/`);
  await member.locator("#question").fill("What is gold?");
  await member.getByRole("button", { name: "Send" }).click();
  await expect(member.locator("#conversation-list")).toContainText("What is gold?");

  await page.getByLabel("Type ben to confirm").fill("ben");
  await page.getByRole("button", { name: "Delete the user" }).click();
  await expect(page.getByRole("status")).toContainText("deleted");
  await page.goto(`${url}/audit`);
  await expect(page.locator("table")).toContainText("user deleted");
  await photograph(page, "audit");
  allowedErrors.push(/401|403/);
  // The page may be on its way to the login by itself.
  await member.goto(`${url}/`).catch(() => {});
  await expect(member).toHaveURL(/\/login/);
  await other.close();
});
