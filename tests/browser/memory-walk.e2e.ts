/**
 * What memory and documents are for, as one person walks through it: a rule is stated, used for a question in other words, corrected,
 * asked for as of before, forgotten and gone from the files; a sentence is proposed and accepted; a PDF is cited at its place, and
 * what it does not say is refused.
 */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { linesAt, pdfOf, wrapped } from "../documents/pdf-writer.ts";
import { test as base, expect } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  folder: async ({}, use) => use(mkdtempSync(join(tmpdir(), "walk-"))),
  baseURL: async ({ folder, lasting }, use) => {
    const server = lasting(await spawnServer("memory-walk-server.ts", { WALK_FOLDER: folder }));
    await use(server.url);
  },
});

const paraphrase = "How much may I lose on a single position?";
const [oldRule, newRule] = [
  "never risk more than 1.25% on one trade",
  "never risk more than 2% on one trade",
];

const answers = (page: Page) => page.locator(".message.assistant");
async function ask(page: Page, question: string): Promise<void> {
  const before = await answers(page).count();
  await page.locator("#question").fill(question);
  await page.getByRole("button", { name: "Send", exact: true }).click({ noWaitAfter: true });
  await expect(answers(page)).toHaveCount(before + 1);
}

/** PICTURES=1 keeps what is seen, in both looks and on a phone. */
async function look(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === undefined) return;
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const colorScheme of ["light", "dark"] as const)
    for (const [width, height] of [
      [size.width, size.height],
      [390, 844],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `test-results/walk/${name}-${colorScheme}-${width}.png` });
    }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(size);
}

const policy = {
  name: "household.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from(
    pdfOf([
      linesAt(wrapped("The premium is 240 euros a year, due in January.", 70), 60, 80),
      linesAt(wrapped("The excess is 500 euros for each claim. Water damage is insured.", 70), 60, 80),
    ]),
  ),
};

test("a rule is stated, used, corrected and forgotten, and is gone from page and files", async ({
  page,
  folder,
}) => {
  test.setTimeout(120_000);
  await page.goto("/");
  await ask(page, `Remember that I ${oldRule}.`);
  await expect(answers(page).first()).toContainText(`I will remember: I ${oldRule}.`);

  await page.goto("/");
  await ask(page, paraphrase);
  await expect(answers(page).first()).toContainText(oldRule);
  const chip = answers(page).first().getByRole("link", { name: "Used 1 memory" });
  await expect(chip).toBeVisible();
  await chip.click();
  await expect(
    answers(page)
      .first()
      .getByRole("button", { name: /^Forget/ }),
  ).toBeVisible();
  await look(page, "used");

  const before = new Date().toISOString();
  await page.goto("/memory");
  const row = page.locator(".memory-list > li").filter({ hasText: oldRule });
  await row.locator("summary", { hasText: "Edit" }).click();
  await row.getByLabel("Text").fill(`I ${newRule}.`);
  await row.getByRole("button", { name: "Save as the new value, keep the old one" }).click();
  const corrected = page.locator(".memory-list > li").filter({ hasText: newRule }).first();
  await expect(corrected).toContainText("Earlier values");
  // Nothing of the old figure stands over the new one.
  await expect(corrected.getByRole("heading")).toHaveText(`I ${newRule}.`);
  await look(page, "corrected");

  await page.goto("/");
  await ask(page, paraphrase);
  await expect(answers(page).first()).toContainText(newRule);
  await expect(answers(page).first()).not.toContainText(oldRule);
  const asOf = async (moment?: string) => {
    const params = { q: paraphrase, n: 1, ...(moment === undefined ? {} : { as_of: moment }) };
    const [found] = await (await page.request.get("/memories/search", { params })).json();
    return found?.value as string;
  };
  expect(await asOf()).toContain(newRule);
  expect(await asOf(before)).toContain(oldRule);

  const remembered: { id: string }[] = await (await page.request.get("/memories?n=10")).json();
  await page.goto("/memory");
  for (const rule of [newRule, oldRule]) {
    const forgotten = page.locator(`.memory-list > li`).filter({ hasText: rule }).first();
    await forgotten.getByRole("button", { name: /^Forget/ }).click();
    await expect(page.getByText("Forgotten.")).toBeVisible();
  }
  await expect(page.locator("#memory")).not.toContainText("never risk");
  await page.goto("/");
  await ask(page, paraphrase);
  await expect(answers(page).first()).toContainText("I know nothing of that.");

  // For good: what was said goes with its chat, and the memories with it.
  const chats = await (await page.request.get("/api/conversations")).json();
  for (const { id } of chats.conversations ?? chats) {
    await page.request.delete(`/api/conversations/${id}`);
    await page.request.post(`/c/${id}/erase`);
  }
  for (const { id } of remembered) await page.request.delete(`/memories/${id}?permanent=true`);
  await expect
    .poll(() => filesWith(join(folder, "data"), "never risk more"), { timeout: 20_000 })
    .toEqual([]);
});

/** The files of a data folder that hold these words. */
const filesWith = (folder: string, words: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(words));

test("a sentence is proposed below its message, without a reload, and remembered", async ({ page }) => {
  await page.goto("/");
  await ask(page, "I never trade on Fridays. What is gold?");
  const proposal = page.locator("form.proposal");
  await expect(proposal).toContainText("Remember “I never trade on Fridays.”?");
  await look(page, "proposed");
  await page.goto("/memory");
  await expect(page.getByRole("heading", { name: "Proposed to be remembered" })).toBeVisible();
  await look(page, "proposed-list");
  await page.goBack();
  await proposal.getByRole("button", { name: /^No/ }).click();
  await expect(proposal).toContainText("Not remembered.");
  await proposal.getByRole("button", { name: /^Undo/ }).click();
  await proposal.getByRole("button", { name: /^Remember/ }).click();
  const remembered = page.getByRole("link", { name: "Remembered from this message" });
  await expect(remembered).toBeVisible();
  await look(page, "accepted");
  await remembered.click();
  await expect(page.locator(".memory-list")).toContainText("I never trade on Fridays.");
});

test.describe("what axe-core says", () => {
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("of a proposal below its message, and on the page of memories, is nothing", async ({ page }) => {
    await page.goto("/");
    await ask(page, "I never trade on Fridays. What is gold?");
    await expect(page.locator("form.proposal")).toBeVisible();
    await expectClean(page, "proposed");
    await page.goto("/memory");
    await expect(page.getByRole("heading", { name: "Proposed to be remembered" })).toBeVisible();
    await expectClean(page, "proposals");
  });
});

test("a PDF is dropped and asked about, cited at its place, and what it does not say is refused", async ({
  page,
}) => {
  await page.goto("/documents");
  await page.locator("input[type=file]").setInputFiles(policy);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const row = page.locator(".memory-list > li").filter({ hasText: policy.name });
  await expect(row.getByText("Ready")).toBeVisible();
  await look(page, "document");
  await row.getByRole("link", { name: "Ask about this" }).click();
  await ask(page, "How high is the excess of a claim?");
  const citation = answers(page).first().getByRole("link", { name: "[2]" });
  await expect(citation).toBeVisible();
  await look(page, "cited");
  const chat = page.url();
  await citation.click();
  await expect(page.locator("mark")).toContainText("The excess is 500 euros for each claim.");
  await expect(page.locator("mark")).toBeInViewport();
  await look(page, "passage");
  await page.goto(chat);
  await ask(page, "Who invented the steam engine?");
  await expect(answers(page).last()).toContainText(`I found nothing in ${policy.name} that answers this.`);
  await look(page, "refused");
});
