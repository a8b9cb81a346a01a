/** A project: instructions and a document, a chat that cites it, one outside that does not, moved, deleted and restored. */
import type { Page } from "@playwright/test";
import { expect } from "./chat.ts";
import { expectClean } from "./violations.ts";
import { test } from "./with-documents.ts";

const policy = (name: string) => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(`The excess of ${name} is 500 euros for each claim. Water damage is insured.`),
});

const answers = (page: Page) => page.locator(".message.assistant");
const send = async (page: Page, question: string) => {
  await page.locator("#question").fill(question);
  await page.getByRole("button", { name: "Send" }).click({ noWaitAfter: true });
};
const question = "How high is the excess of a claim?";

async function walk(page: Page, project: string, file: string): Promise<void> {
  await page.goto("/projects");
  await page.getByLabel("New project").fill(project);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: project })).toBeVisible();
  await page.getByLabel("Instructions", { exact: true }).fill("Amounts are in euros.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Instructions", { exact: true })).toHaveValue("Amounts are in euros.");
  await page.getByLabel("Add files").setInputFiles(policy(file));
  await page
    .locator("form", { has: page.getByLabel("Add files") })
    .getByRole("button", { name: "Add", exact: true })
    .click();
  await expect(page.getByRole("link", { name: file })).toBeVisible();
  await page.getByLabel("Remember a fact").fill(`The notary of ${project} is Dr. Zanzibar`);
  await page.getByRole("button", { name: "Remember", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Forget/ })).toHaveCount(1);
  // Inside, the document answers, and is cited.
  await page.getByRole("link", { name: "New chat in this project" }).click();
  await expect(page.getByText(`New chat in ${project}`)).toBeVisible();
  await send(page, question);
  await expect(answers(page).first().getByRole("link", { name: "[1]" })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator("#conversation-head").getByRole("link", { name: project })).toBeVisible();
  const inside = page.url().split("?")[0] ?? "";
  // Outside it is not seen.
  await page.goto("/");
  await send(page, question);
  await expect(answers(page).first()).toContainText("There are no passages.", { timeout: 20_000 });
  const outside = page.url().split("?")[0] ?? "";
  // Moved into the project it is.
  await page.goto(outside);
  await page.getByLabel("Conversation menu").click();
  await page.getByLabel("Project", { exact: true }).selectOption({ label: project });
  await page
    .locator("form", { has: page.getByLabel("Project", { exact: true }) })
    .getByRole("button", { name: "Move" })
    .click();
  await expect(page.locator("#conversation-head").getByRole("link", { name: project })).toBeVisible();
  await page.goto(outside);
  await send(page, "And how high is the excess?");
  await expect(answers(page).last().getByRole("link", { name: "[1]" })).toBeVisible({ timeout: 20_000 });
  // Deleted, its conversations stay; restored, they are of it again.
  await page.goto("/projects");
  await page.getByRole("link", { name: project, exact: true }).first().click();
  await expect(page.locator("main .conversation-list li")).toHaveCount(2);
  await page.getByText("Delete the project").click();
  await page.locator("details[open]").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText(`“${project}” was deleted.`)).toBeVisible();
  await page.goto(inside);
  await expect(page.locator("#conversation-head")).not.toContainText(project);
  await page.goBack();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { level: 1, name: project })).toBeVisible();
  await expect(page.locator("main .conversation-list li")).toHaveCount(2);
}

test("a project has its instructions and documents in its conversations alone", async ({ page }) => {
  await walk(page, "House purchase", "household.txt");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("all of it works, too", async ({ page }) => {
    await walk(page, "Car", "car.txt");
  });
});

test.describe("for everybody", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("the pages have no violation of WCAG", async ({ page }) => {
    await page.goto("/projects");
    await expectClean(page, "projects");
    await page.getByLabel("New project").fill("Portfolio");
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByLabel("Add files").setInputFiles(policy("portfolio.txt"));
    await page
      .locator("form", { has: page.getByLabel("Add files") })
      .getByRole("button", { name: "Add", exact: true })
      .click();
    await expect(page.getByRole("link", { name: "portfolio.txt" })).toBeVisible();
    await expectClean(page, "project");
  });
});
