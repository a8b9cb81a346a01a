/** A PDF is dropped, asked about, cited at its place; what is not in it is refused. With and without JavaScript. */
import type { Page } from "@playwright/test";
import { linesAt, pdfOf, wrapped } from "../documents/pdf-writer.ts";
import { expect } from "./chat.ts";
import { expectClean } from "./violations.ts";
import { test } from "./with-documents.ts";

const policy = (name: string) => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.from(
    pdfOf([
      [
        { text: "Household insurance", x: 60, y: 60, size: 18 },
        ...linesAt(wrapped(`The premium of ${name} is 240 euros a year, due in January.`, 70), 60, 100),
      ],
      linesAt(wrapped("The excess is 500 euros for each claim. Water damage is insured.", 70), 60, 80),
    ]),
  ),
});

async function add(page: Page, name: string): Promise<void> {
  await page.goto("/documents");
  await page.locator("input[type=file]").setInputFiles(policy(name));
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
}

const row = (page: Page, name: string) => page.locator(".memory-list > li").filter({ hasText: name });
const answers = (page: Page) => page.locator(".message.assistant");
const send = async (page: Page, question: string) => {
  await page.locator("#question").fill(question);
  await page.getByRole("button", { name: "Send" }).click({ noWaitAfter: true });
};

async function walk(page: Page, name: string): Promise<void> {
  await row(page, name).getByRole("link", { name: "Ask about this" }).click();
  await expect(page.getByRole("list", { name: "Asked about" })).toContainText(name);
  await send(page, "How high is the excess of a claim?");
  const answer = answers(page).first();
  const citation = answer.getByRole("link", { name: "[2]" });
  await expect(citation).toBeVisible({ timeout: 20_000 });
  await expect(answer).toContainText("The excess is 500 euros for each claim.");
  // Its words stand there; the others do not.
  await expect(answer.locator(".prose .visually-hidden", { hasText: "(not in the documents)" })).toHaveCount(
    1,
  );
  const chat = page.url();
  await citation.click();
  await expect(page.locator("mark")).toContainText("The excess is 500 euros for each claim.");
  await expect(page).toHaveURL(/passage=2#p-2$/);
  await expect(page.locator("mark")).toBeInViewport();
  await expect(page.getByRole("heading", { name: "Page 2" })).toBeVisible();
  await page.goto(chat);
  await expect(page.getByRole("list", { name: "Asked about" })).toContainText(name);
  await send(page, "Who invented the steam engine?");
  await expect(answers(page).last()).toContainText(`I found nothing in ${name} that answers this.`, {
    timeout: 20_000,
  });
}

test("drop a PDF, ask, open the citation at its place, ask what is not in it, get a refusal", async ({
  page,
}) => {
  await add(page, "household.pdf");
  // Its row says so by itself when it is read; the page stays where it is.
  await expect(row(page, "household.pdf").getByText("Ready")).toBeVisible({ timeout: 20_000 });
  await expect(row(page, "household.pdf")).toContainText("2 pages · 2 passages");
  await walk(page, "household.pdf");
});

test("what in it bears on a question is shown on its page, and why", async ({ page }) => {
  await add(page, "searched.pdf");
  await expect(row(page, "searched.pdf").getByText("Ready")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: "searched.pdf", exact: true }).click();
  await page
    .getByRole("searchbox", { name: "What in it bears on a question" })
    .fill("When is the premium due?");
  await page.keyboard.press("Enter");
  const found = page.getByRole("list", { name: "Passages that were found" });
  await expect(found).toContainText("near by meaning and words");
  await found.getByRole("link", { name: "Page 1, passage 1" }).click();
  await expect(page.locator("mark")).toContainText("240 euros a year");
});

test("a document is deleted, and comes back", async ({ page }) => {
  await add(page, "deleted.pdf");
  await row(page, "deleted.pdf").getByRole("button", { name: "Delete" }).click();
  await expect(row(page, "deleted.pdf")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "deleted.pdf")).toBeVisible();
});

test.describe("what axe-core says", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("of the list, of a document, and of a chat about one is nothing", async ({ page }) => {
    await add(page, "clean.pdf");
    await expect(row(page, "clean.pdf").getByText("Ready")).toBeVisible({ timeout: 20_000 });
    await expectClean(page, "documents");
    await page.getByRole("link", { name: "clean.pdf", exact: true }).click();
    await page.goto(`${page.url()}?passage=2&q=excess+of+a+claim`);
    await expectClean(page, "document");
    await page.getByRole("link", { name: "Ask about this" }).click();
    await send(page, "How high is the excess of a claim?");
    await expect(answers(page).first().getByRole("link", { name: "[2]" })).toBeVisible({ timeout: 20_000 });
    await expectClean(page, "cited answer");
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the same walk", async ({ page }) => {
    await add(page, "plain.pdf");
    await walk(page, "plain.pdf");
  });
});
