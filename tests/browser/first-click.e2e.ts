/** What a newcomer sees: a tiny demo model's answers bear a warning, and the examples are questions that need no model. */
import { answer, ask, askToEnd, expect, finished, goOn, reaches, test } from "./chat.ts";

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
  await askToEnd(page, "hello");
  await expect(answer(page).locator(".caution")).toHaveCount(0);
  await page.reload();
  await expect(page.locator(".caution")).toHaveText([warning]);
});

test("the examples stay when no model runs: the desk answers them without one", async ({ page }) => {
  const engine = (state: object) => page.request.post("/test/engine", { data: state });
  try {
    await engine({ state: "failed", problem: "The model file is damaged." });
    await page.goto("/");
    await expect(page.locator(".examples a")).toHaveCount(4);
    await expect(page.locator(".examples")).toBeVisible();
  } finally {
    await engine({ state: "ready", problem: null });
  }
});
