/** An answer that ended early goes on in its place; the pictures go to test-results/looks for people to look at. */
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

const pictures = "test-results/looks";
const whole = "It goes well until the very end, as it should.";
/** What the frames had built at the first end is not the whole answer. */
const forgetBuilt = (page: Page) =>
  page.evaluate(() => {
    window.built = [];
  });
const button = (page: Page, name: string) => answer(page).getByRole("button", { name });

test("an interrupted answer says that its text is kept, and Continue goes on with it in its place", async ({
  page,
}) => {
  await page.goto("/");
  await askToEnd(page, "fail here", "failed");
  await expect(prose(page)).toHaveText("It goes well until");
  await expect(answer(page).getByRole("alert")).toContainText(
    "This answer was interrupted. What was written is kept.",
  );
  await button(page, "Continue").click();
  await finished(page);
  await expect(prose(page)).toHaveText(whole);
  await expect(page.locator(".message.assistant")).toHaveCount(1);
  await expect(page.locator("#announcer")).toHaveText("The answer is complete.");
  await page.reload();
  await expect(prose(page)).toHaveText(whole);
});

test("a stopped answer is continued from where it was, with nothing lost or doubled", async ({ page }) => {
  await page.goto("/");
  await ask(page, "long held at word20");
  await reaches(page, "word20");
  await page.getByRole("button", { name: "Stop" }).click();
  await finished(page, "stopped");
  await expect(button(page, "Ask again")).toBeVisible();
  await forgetBuilt(page);
  await button(page, "Continue").click();
  await finished(page);
  await expectWholeAnswer(page, "long");
});

test("an answer that reached its length limit is continued, and only that is offered", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "cut");
  await expect(answer(page)).toContainText("Stopped at the length limit.");
  await expect(answer(page).locator(".next-steps button")).toHaveText(["Continue"]);
  await button(page, "Continue").click();
  await expect(prose(page)).toHaveText(whole);
  await expect(button(page, "Continue")).toHaveCount(0);
});

test("a connection that breaks after Continue loses and doubles nothing", async ({ page, allowedErrors }) => {
  allowedErrors.push(/sse:error|ERR_|network error/);
  await page.goto("/");
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  await page.getByRole("button", { name: "Stop" }).click();
  await finished(page, "stopped");
  await forgetBuilt(page);
  await button(page, "Continue").click();
  for (const reached of ["word40", "word90"]) {
    await reaches(page, reached);
    await page.request.post("/test/cut-streams");
  }
  await finished(page);
  await expectWholeAnswer(page, "long");
});

test("Continue in two tabs at once is one answer", async ({ page, context }) => {
  await page.goto("/");
  await ask(page, "trouble in two tabs");
  await reaches(page, "how you fare");
  await page.getByRole("button", { name: "Stop" }).click();
  await finished(page, "stopped");
  const second = await context.newPage();
  await second.goto(page.url());
  for (const tab of [page, second]) {
    await button(tab, "Continue").click();
    await expect(answer(tab)).toHaveClass(/streaming/);
  }
  await goOn(page);
  for (const tab of [page, second]) {
    await finished(tab);
    await expect(prose(tab)).toContainText("ten years.");
  }
  expect(await prose(second).textContent()).toBe(await prose(page).textContent());
});

test("Continue that comes too late shows the answer as it is by now, and says why", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/422/);
  await page.goto("/");
  await askToEnd(page, "fail too late", "failed");
  const id = ((await answer(page).getAttribute("id")) ?? "").replace("answer-", "");
  await page.request.post(`/generations/${id}/answer/continue`);
  await expect
    .poll(async () => (await page.request.get(`/generations/${id}/answer`)).text())
    .not.toContain("streaming");
  await button(page, "Continue").click();
  await expect(prose(page)).toHaveText(whole);
  await expect(page.locator("#composer-note")).toHaveText(
    "This answer is complete. Ask a further question instead.",
  );
});

test("trouble in mid-answer is shown under the text until the next word comes, and who wrote it at the end", async ({
  page,
}) => {
  await page.goto("/");
  await page.evaluate(() => {
    const shown = [""];
    new MutationObserver(() => {
      const status = document.querySelector(".message.streaming .status")?.textContent ?? "";
      if (status !== shown.at(-1)) shown.push(status);
      document.body.dataset.statuses = shown.slice(1).join("|");
    }).observe(document.body, { childList: true, subtree: true });
  });
  await ask(page, "trouble");
  await expect(answer(page).getByText("The model is loading, 40 %")).toBeVisible();
  await goOn(page);
  await finished(page);
  await expect(page.locator("body")).toHaveAttribute(
    "data-statuses",
    "Thinking…||Waiting for a free model…|The model is loading, 40 % (loading weights)…|",
  );
  await expectWholeAnswer(page, "trouble");
  await expect(answer(page).locator(".written-by")).toContainText(
    "Written by qwen3-4b (vllm), then phi3 (llama)",
  );
});

/** The answer before it has ended: until the new question is there, that one is the last. */
async function askNext(page: Page, question: string): Promise<void> {
  const questions = page.locator(".message.user");
  const before = await questions.count();
  await ask(page, question);
  await expect(questions).toHaveCount(before + 1);
}

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("how an answer that ended early looks, wide and on a phone of 360 pixels", async ({ page }) => {
      const shot = (name: string) =>
        page.screenshot({ path: `${pictures}/${colorScheme}-${name}.png`, animations: "disabled" });
      await page.goto("/");
      await ask(page, "trouble");
      await expect(answer(page).getByText("The model is loading, 40 %")).toBeVisible();
      await shot("trouble");
      await goOn(page);
      await finished(page);
      await askNext(page, "cut");
      await finished(page);
      await shot("cut");
      await askNext(page, "long held at word20");
      await reaches(page, "word20");
      await page.getByRole("button", { name: "Stop" }).click();
      await finished(page, "stopped");
      await shot("stopped");
      await askNext(page, "fail in looks");
      await finished(page, "failed");
      await shot("interrupted");
      await page.setViewportSize({ width: 360, height: 740 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await shot("interrupted-phone");
      await page.evaluate(() => scrollTo(0, 0));
      await shot("written-by-phone");
    });
  });
