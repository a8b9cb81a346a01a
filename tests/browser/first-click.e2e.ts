/** What a newcomer sees of a tiny demo model: its answers bear a warning, and nothing invites to ask it for figures. */
import { answer, ask, expect, finished, goOn, reaches, test } from "./chat.ts";

const warning = "Tiny demo model: check every figure";

test("each answer of a tiny model bears its own warning, from its first word on and for good", async ({
  page,
}) => {
  await page.goto("/");
  await ask(page, "tiny held at 100,000");
  await reaches(page, "100,000");
  await expect(answer(page).locator(".caution")).toHaveText(warning);
  await goOn(page);
  await finished(page);
  await expect(answer(page).locator(".caution")).toHaveText(warning);
  // Another model answers the next question: the earlier answer stays what it was.
  await ask(page, "hello");
  await finished(page);
  await expect(answer(page).locator(".caution")).toHaveCount(0);
  await page.reload();
  await expect(page.locator(".caution")).toHaveText([warning]);
});

test("the examples of a tiny model ask for no figure; those of another one leave every figure to the reader", async ({
  page,
}) => {
  const engine = (state: object) => page.request.post("/test/engine", { data: state });
  const questions = () => page.locator("[data-draft] span").allTextContents();
  try {
    await engine({ tiny: true });
    await page.goto("/");
    expect(await questions()).toHaveLength(4);
    for (const question of await questions())
      expect(question).not.toMatch(/\d|how (much|large|many)|formula|grow|calculate|return/i);
    await engine({ tiny: false });
    await page.goto("/");
    expect(await questions()).toHaveLength(4);
    for (const question of await questions()) expect(question).not.toMatch(/\d|[$€£]|price/i);
  } finally {
    await engine({ tiny: false });
  }
});

test("while no model runs nothing invites to ask", async ({ page }) => {
  const engine = (state: object) => page.request.post("/test/engine", { data: state });
  try {
    await engine({ state: "failed", problem: "The model file is damaged." });
    await page.goto("/");
    await expect(page.locator(".examples")).toBeHidden();
    await engine({ state: "ready", problem: null });
    await expect(page.locator(".examples")).toBeVisible();
  } finally {
    await engine({ state: "ready", problem: null });
  }
});
