/** How a growing answer is shown: word by word, at the end of the page, and where the reader is when they look elsewhere. */
import type { Page } from "@playwright/test";
import {
  answer,
  ask,
  askToEnd,
  expect,
  expectWholeAnswer,
  finished,
  goOn,
  prose,
  reaches,
  test,
} from "./chat.ts";

/** At each change: what was to come, as far as it was drawn, and how high the text was once its answer had ended. */
declare global {
  interface Window {
    rests: { readonly rest: string; readonly height: number | null }[];
  }
}

const setStream = (page: Page, mode: string, rate = "") =>
  page.evaluate(
    ([mode, rate]) => Object.assign(document.documentElement.dataset, { stream: mode, streamRate: rate }),
    [mode, rate],
  );

const recordRests = (page: Page) =>
  page.evaluate(() => {
    window.rests = [];
    const look = () => {
      const [range] = CSS.highlights.get("to-come") ?? [];
      const rest = range instanceof Range ? range.toString() : "";
      const ended = document.querySelector(".message.assistant.done .prose");
      if (rest !== window.rests.at(-1)?.rest)
        window.rests.push({ rest, height: ended?.clientHeight ?? null });
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

const isComing = (page: Page) =>
  page.evaluate(() => [...(CSS.highlights.get("to-come") ?? [])].some(({ collapsed }) => !collapsed));

test("a typewriter writes whole words, also after the answer has ended, and its page grows with it", async ({
  page,
}) => {
  await page.goto("/");
  await setStream(page, "typewriter", "20");
  await recordRests(page);
  await ask(page, "trouble");
  await reaches(page, "how you fare");
  await goOn(page);
  await finished(page);
  // All of it is in the page for who copies or hears it; its ink is to come.
  await expectWholeAnswer(page, "trouble");
  expect(await isComing(page)).toBe(true);
  await expect(page.locator(".reveal-cursor")).toBeVisible();
  await expect.poll(() => isComing(page)).toBe(false);
  await expect(page.locator(".reveal-cursor")).toHaveCount(0);
  await expect(prose(page)).toHaveCSS("max-block-size", "none");
  const rests = await page.evaluate(() => window.rests.filter(({ height }) => height !== null));
  // A step shows 8 characters and the rest of a word, and 100 ms are the most that one makes up for.
  expect(rests.length).toBeGreaterThan(5);
  for (const { rest } of rests) expect(rest).toMatch(/^(\s|$)/);
  expect(rests.at(-1)?.height).toBeGreaterThan(rests[0]?.height ?? Number.POSITIVE_INFINITY);
});

test("text is spread over frames by default, and shown at once where the reader chose that or wants no motion", async ({
  page,
}) => {
  await page.goto("/");
  await recordRests(page);
  await askToEnd(page, "tokens 120 at 100");
  await expect.poll(() => isComing(page)).toBe(false);
  expect((await page.evaluate(() => window.rests)).length).toBeGreaterThan(3);
  const atOnce = async () => {
    await page.evaluate(() => window.rests.splice(0));
    await ask(page, "hello");
    await expect(prose(page)).toHaveText("Hello. How can I help?");
    await finished(page);
    expect(await page.evaluate(() => window.rests.filter(({ rest }) => rest !== ""))).toEqual([]);
  };
  await setStream(page, "instant");
  await atOnce();
  await setStream(page, "typewriter");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await atOnce();
});

test("an answer says how long it takes and how fast it is written", async ({ page }) => {
  await page.goto("/");
  await ask(page, "tokens 400 at 100");
  await expect(answer(page).locator(".pace")).toHaveText(/^\d+ s · \d+(\.\d)? tokens\/s$/);
  await finished(page);
  await expect(answer(page).locator(".pace")).toHaveCount(0);
});

test("who reads above is left alone by new text and by earlier messages, and a reload shows what they read", async ({
  page,
}) => {
  const reply = await page.request.post("/test/long-conversation", { data: { turns: 50 } });
  const address = await reply.text();
  await page.goto(address);
  await ask(page, "tokens 600 at 100 held at Step 20");
  await reaches(page, "Step 3");
  // Earlier messages come while it is written.
  await page.mouse.move(700, 300);
  await page.mouse.wheel(0, -100_000);
  await expect(page.locator(".message.user").filter({ hasText: "question 20." })).toHaveCount(1);
  await expect(page.locator(".message.user").filter({ hasText: "question 31." })).toBeInViewport();
  const read = page.locator(".message.user").filter({ hasText: "question 45." });
  const top = () => read.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  await page.mouse.wheel(0, -1200);
  await read.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  const jump = page.getByRole("button", { name: "New text below" });
  await expect(jump).toBeVisible();
  const before = await top();
  await goOn(page);
  await finished(page);
  expect(await top()).toBe(before);
  // It stays until they have seen the text.
  await expect(jump).toBeVisible();
  await page.reload();
  await expect.poll(top).toBe(before);
  await page.goto("/");
  await page.goto(address);
  await expect.poll(top).toBe(before);
  await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
  await expect(answer(page).locator(".message-footer")).toBeInViewport();
  await page.reload();
  await expect(answer(page).locator(".message-footer")).toBeInViewport();
});
