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

test("an answer grows token by token and ends whole", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => {
    const lengths = new Set<number>();
    new MutationObserver(() => {
      lengths.add(document.querySelector(".message.streaming .prose")?.textContent?.length ?? 0);
      document.body.dataset.lengths = [...lengths].join(" ");
    }).observe(document.body, { childList: true, subtree: true });
  });
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  await expect(answer(page)).toHaveClass(/streaming/);
  await expect(answer(page).locator(".streaming-cursor")).toHaveCount(1);
  await goOn(page);
  await finished(page);
  await expect(answer(page).locator(".streaming-cursor")).toHaveCount(0);
  await expectWholeAnswer(page, "long");
  const lengths = await page.evaluate(() => document.body.dataset.lengths?.split(" ").map(Number) ?? []);
  expect(lengths.length).toBeGreaterThan(20);
  expect(lengths).toEqual(lengths.toSorted((one, other) => one - other));
});

test("raw HTML in an answer is shown as text", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "html");
  await expect(prose(page)).toContainText('<script>alert("x")</script> & <b onclick="alert(1)">bold</b>');
  await expect(prose(page).locator("script, b, img")).toHaveCount(0);
  await expectWholeAnswer(page, "html");
});

test("an image in an answer is a link, and nothing is fetched from elsewhere", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "images");
  await expect(prose(page).locator("img")).toHaveCount(0);
  await expect(prose(page).getByRole("link", { name: "of gold" })).toHaveAttribute(
    "href",
    "https://example.com/gold.png",
  );
  await expectWholeAnswer(page, "images");
});

test("the content security policy refuses what is not ours, and these tests would see it", async ({
  page,
  allowedErrors,
}) => {
  await page.goto("/");
  allowedErrors.push(/refused by policy|Content Security Policy/);
  const refused = page.waitForEvent("console", (message) => message.text().startsWith("refused by policy"));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.built = null";
    document.body.append(script);
  });
  expect((await refused).text()).toContain("script-src-elem inline");
  expect(await page.evaluate(() => window.built)).toEqual([]);
});

test("an answer settles in gently when it ends, and not when the page is opened again", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "hello");
  await expect(answer(page).locator(".prose")).toHaveCSS("animation-name", "settle");
  await expect(answer(page).locator(".message-footer")).toHaveCSS("animation-name", "fade-in");
  await page.reload();
  await expect(answer(page).locator(".prose")).toHaveCSS("animation-name", "none");
});

test("Markdown is rendered while it streams", async ({ page }) => {
  await page.goto("/");
  await ask(page, "markdown");
  await expect(prose(page).locator("tbody tr").nth(1)).toBeVisible();
  await expect(answer(page)).toHaveClass(/streaming/);
  await expect(prose(page).locator(".tail table, .blocks table")).toHaveCount(1);
  await expect(prose(page).locator("li strong").first()).toHaveText("none");
  await expect(prose(page).locator("figure code")).toContainText("def future_value");
  await expect(answer(page)).toHaveClass(/streaming/);
  await finished(page);
  await expect(prose(page).locator('li[value="1990"]')).toHaveText("A number that does not count up.");
  await expectWholeAnswer(page, "markdown");
});

test("a finished block is the same node until the end and after it", async ({ page }) => {
  await page.goto("/");
  await ask(page, "paragraphs held at Paragraph 5");
  await expect(prose(page).locator(".blocks > p")).not.toHaveCount(0);
  await reaches(page, "Paragraph 5");
  const marked = await prose(page)
    .locator(".blocks > p")
    .evaluateAll((blocks) => {
      for (const [index, block] of blocks.entries()) Object.assign(block, { mark: index });
      return blocks.length;
    });
  expect(marked).toBeGreaterThan(3);
  await goOn(page);
  await finished(page);
  const marks = await prose(page)
    .locator(".blocks > p")
    .evaluateAll((blocks) => blocks.map((block) => ("mark" in block ? block.mark : null)));
  expect(marks).toHaveLength(14);
  expect(marks.slice(0, marked)).toEqual(Array.from({ length: marked }, (_, index) => index));
  await expectWholeAnswer(page, "paragraphs");
});

test("what happens before the first token is shown", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => {
    const shown = new Set<string>();
    new MutationObserver(() => {
      const status = document.querySelector(".message .status");
      if (status?.textContent)
        document.body.dataset.statuses = [...shown.add(status.textContent)].join(" | ");
    }).observe(document.body, { childList: true, subtree: true });
  });
  await askToEnd(page, "queue");
  await expect(answer(page).locator(".status")).toHaveCount(0);
  await expect(page.locator("body")).toHaveAttribute(
    "data-statuses",
    "Thinking… | You're second in the queue… | You're next in the queue… | Reading your question… 40 % | Reading your question… 80 %",
  );
});

test("a reload in mid-answer goes on to the same end", async ({ page }) => {
  await page.goto("/");
  await ask(page, "markdown held at Costs a year");
  await reaches(page, "Largest drawdown");
  await page.reload();
  await expect(answer(page)).toHaveClass(/streaming/);
  await expect(prose(page)).toContainText("Saving compared");
  await goOn(page);
  await finished(page);
  await expectWholeAnswer(page, "markdown");
  expect(await page.evaluate(() => window.built.length)).toBe(1);
});

test("an extension of htmx that arrives late misses no stream: htmx began without it", async ({ page }) => {
  await page.goto("/");
  await ask(page, "trouble with a late script");
  await expect(answer(page).getByText("The model is loading, 40 %")).toBeVisible();
  await page.route("**/hx-sse.min.js*", async (route) => {
    await page.waitForFunction(() => "htmx" in window);
    // Long enough for htmx to begin, if it does not wait.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    await route.continue();
  });
  await page.reload();
  await expect(answer(page).getByText("The model is loading, 40 %")).toBeVisible();
  await goOn(page);
  await finished(page);
});

test("a second tab shows the same answer", async ({ page, context }) => {
  await page.goto("/");
  await ask(page, "markdown");
  await reaches(page, "Return a year");
  const second = await context.newPage();
  await second.goto(page.url());
  for (const tab of [page, second]) await finished(tab);
  await expectWholeAnswer(page, "markdown");
  expect(await prose(second).innerHTML()).toBe(await prose(page).innerHTML());
});

test("a hidden tab stops reading and catches up when it is shown", async ({ page }) => {
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await page.goto("/");
  await ask(page, "paragraphs held at Paragraph 2");
  await reaches(page, "Paragraph 2");
  await hide(true);
  await goOn(page);
  const whole = (await answer(page).locator(".stream-source").getAttribute("data-answer")) ?? "";
  await expect.poll(async () => (await page.request.get(whole)).text()).toContain("Paragraph 8");
  await expect(prose(page)).not.toContainText("Paragraph 8");
  await hide(false);
  await finished(page);
  await expectWholeAnswer(page, "paragraphs");
});

test("a connection that breaks again and again loses and doubles nothing", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/sse:error|ERR_|network error/);
  await page.goto("/");
  await ask(page, "paragraphs");
  for (const reached of ["Paragraph 1", "Paragraph 4", "Paragraph 8"]) {
    await reaches(page, reached);
    await page.request.post("/test/cut-streams");
  }
  await finished(page);
  await expectWholeAnswer(page, "paragraphs");
  expect(await page.evaluate(() => window.built.length)).toBe(1);
});

test("Stop stops, keeps the text and says so, in every tab", async ({ page, context }) => {
  await page.goto("/");
  // It waits in its middle, however long the second tab takes to open.
  await ask(page, "trouble for all tabs");
  await reaches(page, "how you fare");
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole("button", { name: "Stop" }).click();
  for (const tab of [page, second]) {
    await finished(tab, "stopped");
    await expect(answer(tab)).toContainText("You stopped this answer.");
    await expect(prose(tab)).toContainText("how you fare");
    await expect(prose(tab)).not.toContainText("ten years");
  }
  await page.reload();
  await expect(answer(page)).toContainText("You stopped this answer.");
});

test("a failed answer keeps its text, and one that is asked again takes its place", async ({ page }) => {
  await page.goto("/");
  await askToEnd(page, "fail then succeed", "failed");
  await expect(prose(page)).toHaveText("It goes well until");
  await expect(answer(page).getByRole("alert")).toContainText("The model broke off. Ask again.");
  await answer(page).getByRole("button", { name: "Ask again" }).click();
  await finished(page);
  await expect(page.locator(".message.assistant")).toHaveCount(1);
  await expect(prose(page)).toHaveText("You asked: fail then succeed");
});

test("Retry that does not reach the server says so and can be pressed again", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/ERR_|Failed to fetch/);
  await page.goto("/");
  await askToEnd(page, "mute out of reach", "failed");
  await page.route("**/retry", (route) => route.abort(), { times: 1 });
  const retry = answer(page).getByRole("button", { name: "Retry" });
  await retry.click();
  await expect(page.locator("#composer-note")).toContainText("cannot be reached");
  await retry.click();
  await finished(page);
  await expect(page.locator("#composer-note")).toBeEmpty();
});

test("only the last answer can be continued, because what follows builds on the others; each can be asked again", async ({
  page,
}) => {
  await page.goto("/");
  await askToEnd(page, "fail at first", "failed");
  await askToEnd(page, "hello");
  await expect(page.getByRole("button", { name: "Continue" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Ask again" })).toHaveCount(2);
  await expect(page.locator(".message.assistant").first()).toContainText("The model broke off.");
});

test("questions asked while an answer is being written wait as chips, in every tab, and are asked in their order", async ({
  page,
  context,
}) => {
  const chips = (tab: Page) => tab.locator(".queued > .text");
  await page.goto("/");
  await ask(page, "long held at word3");
  await reaches(page, "word3");
  // With nothing typed Stop stands in the place of Send; with a question both are there.
  const stop = page.locator("#composer").getByRole("button", { name: "Stop" });
  const send = page.getByRole("button", { name: "Send", exact: true });
  await expect(stop).toBeVisible();
  await expect(send).toBeHidden();
  const wide = "paragraphs, as many as fit, in a question that is wider than a phone";
  for (const question of ["hello", "long held at word4", wide]) {
    await page.locator("#question").fill(question);
    await expect(stop).toBeVisible();
    await send.click();
    await expect(page.locator("#question")).toHaveValue("");
  }
  await expect(page.locator("#composer-note")).toBeEmpty();
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(chips(second)).toHaveText(["hello", "long held at word4", wide]);
  await second.setViewportSize({ width: 390, height: 740 });
  await expect(second.getByRole("button", { name: "Send now" }).last()).toBeInViewport({ ratio: 1 });
  const queued = page.locator(".queued");
  await queued.nth(0).locator("summary").click();
  await queued.nth(0).getByRole("textbox").fill("What is gold?");
  await queued.nth(0).getByRole("button", { name: "Save" }).click();
  await queued.nth(2).getByRole("button", { name: "Remove" }).click();
  for (const tab of [page, second])
    await expect(chips(tab)).toHaveText(["What is gold?", "long held at word4"]);
  await page.reload();
  await expect(chips(page)).toHaveText(["What is gold?", "long held at word4"]);
  await page.locator(".queued").nth(1).getByRole("button", { name: "Send now" }).click();
  await expect(page.locator(".message.user")).toHaveCount(2);
  await reaches(page, "word4");
  for (const tab of [page, second]) await expect(chips(tab)).toHaveText(["What is gold?"]);
  // After a Stop the rest waits.
  await stop.click();
  await finished(page, "stopped");
  await expect(page.getByText("The queue is paused.")).toBeVisible();
  await expect(stop).toBeHidden();
  await page.locator(".queued").getByRole("button", { name: "Send now" }).click();
  await expect(page.locator(".queued")).toHaveCount(0);
  for (const tab of [page, second]) await expect(tab.locator(".message.user")).toHaveCount(3);
  await finished(page);
});

test("answers in two tabs at once each stay in their own place", async ({ page, context }) => {
  const second = await context.newPage();
  for (const [tab, question] of [
    [page, "long"],
    [second, "paragraphs"],
  ] as const) {
    await tab.goto("/");
    await ask(tab, question);
  }
  for (const tab of [page, second]) await finished(tab);
  await expectWholeAnswer(page, "long");
  await expect(prose(second).locator("p")).toHaveCount(14);
});
