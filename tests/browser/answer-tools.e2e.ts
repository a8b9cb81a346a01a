/** What a reader does with an answer: hears it, with voices that a test hears instead of ears, and rates it. */
import type { Page } from "@playwright/test";
import { ask, expect, finished, test } from "./chat.ts";

declare global {
  interface Window {
    spoken: { text: string; lang: string }[];
    /** Ends what is being said. */
    endSentence: () => void;
  }
}

/** One sentence is said until a test ends it. */
function installVoices(): void {
  window.spoken = [];
  let current: SpeechSynthesisUtterance | null = null;
  window.endSentence = () => {
    const ended = current;
    current = null;
    ended?.onend?.(new Event("end") as SpeechSynthesisEvent);
  };
  const voices = {
    speak: (utterance: SpeechSynthesisUtterance) => {
      current = utterance;
      window.spoken.push({ text: utterance.text, lang: utterance.lang });
    },
    cancel: () => {
      current = null;
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: voices });
}

const spoken = (page: Page) => page.evaluate(() => window.spoken);
const endSentence = (page: Page) => page.evaluate(() => window.endSentence());
const button = (page: Page, name: string) =>
  page.locator(".message.assistant").last().getByRole("button", { name });

async function answerTo(page: Page, text: string): Promise<void> {
  await page.goto("/");
  await ask(page, text);
  await finished(page);
}

test("an answer is read a sentence at a time, without its marks, and stopped by the same button", async ({
  page,
}) => {
  await page.addInitScript(installVoices);
  await answerTo(page, "tiny");
  await button(page, "Read aloud").click();
  await expect
    .poll(() => spoken(page))
    .toEqual([{ text: "A lot is 100,000 units, so you need 2 lots.", lang: "en" }]);
  await expect(button(page, "Stop reading")).toHaveAttribute("aria-pressed", "true");
  await endSentence(page);
  await expect(button(page, "Read aloud")).toBeVisible();

  await answerTo(page, "tasks");
  await button(page, "Read aloud").click();
  await endSentence(page);
  await endSentence(page);
  const said = (await spoken(page)).map(({ text }) => text);
  expect(said.length).toBeGreaterThan(2);
  expect(said.join(" ")).not.toContain("print(");
  await button(page, "Stop reading").click();
  await expect(button(page, "Read aloud")).not.toHaveAttribute("aria-pressed", "true");
  await endSentence(page);
  expect(await spoken(page)).toHaveLength(said.length);
});

test("where the browser has no voices there is no button", async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "speechSynthesis");
    Reflect.deleteProperty(Window.prototype, "speechSynthesis");
  });
  await answerTo(page, "hello");
  await expect(button(page, "Copy")).toBeVisible();
  await expect(button(page, "Read aloud")).toHaveCount(0);
});

test("an answer is rated by a thumb, which keeps the focus and a reload keeps, and the same one takes it back", async ({
  page,
}) => {
  await answerTo(page, "hello");
  const thumb = (name: string) => button(page, name);
  await thumb("Good answer").focus();
  await page.keyboard.press("Enter");
  await expect(thumb("Good answer")).toHaveAttribute("aria-pressed", "true");
  await expect(thumb("Good answer")).toBeFocused();
  await thumb("Bad answer").click();
  await expect(thumb("Bad answer")).toHaveAttribute("aria-pressed", "true");
  await expect(thumb("Good answer")).toHaveAttribute("aria-pressed", "false");
  await page.reload();
  await expect(thumb("Bad answer")).toHaveAttribute("aria-pressed", "true");
  await thumb("Bad answer").click();
  await expect(thumb("Bad answer")).toHaveAttribute("aria-pressed", "false");
});

test("a rating is seen in the other tab, and taken back there", async ({ page, context }) => {
  await answerTo(page, "hello");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(button(other, "Good answer")).toHaveAttribute("aria-pressed", "false");
  await button(page, "Good answer").click();
  await expect(button(other, "Good answer")).toHaveAttribute("aria-pressed", "true");
  // The tab in which it was given is not told anew what it shows.
  await expect(button(page, "Good answer")).toBeFocused();
  await button(other, "Good answer").click();
  await expect(button(page, "Good answer")).toHaveAttribute("aria-pressed", "false");
  await expect(button(other, "Good answer")).toBeFocused();
});
