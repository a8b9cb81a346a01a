import { expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

test("what a model thinks can be read while it thinks, stays open when the answer begins, and is kept", async ({
  page,
  lasting,
}) => {
  const server = lasting(await spawnServer("thinking-server.ts"));
  await page.goto(server.url);
  await page.locator("#question").fill("What is gold?");
  await page.locator("#question").press("Enter");
  const thought = page.locator("details.thought");
  await expect(thought.locator("summary")).toHaveText("Thinking…");
  await expect(thought).not.toHaveAttribute("open");
  await thought.locator("summary").click();
  await expect(thought.locator(".thought-text")).toContainText(
    "thought-a thought-b thought-c thought-d thought-a",
  );

  await expect(page.locator(".message.assistant .prose")).toContainText("Gold is");
  await expect(thought.locator("summary")).toHaveText("Thought");
  await expect(thought).toHaveAttribute("open");

  await page.locator(".message.assistant.done").waitFor();
  await expect(thought.locator("summary")).toHaveText(/^Thought for \d s$/);
  const whole = Array.from({ length: 40 }, (_, index) => `thought-${"abcd".charAt(index % 4)}`).join(" ");
  await page.reload();
  await expect(thought).toHaveCount(1);
  await thought.locator("summary").click();
  await expect(thought.locator(".thought-text")).toHaveText(whole);
});

test("a page that is opened while the model thinks has all of the thought, once", async ({
  page,
  context,
  lasting,
}) => {
  const server = lasting(await spawnServer("thinking-server.ts"));
  await page.goto(server.url);
  await page.locator("#question").fill("What is gold?");
  await page.locator("#question").press("Enter");
  await expect(page.locator(".thought-text")).toContainText("thought-a thought-b");
  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator(".message.assistant.streaming").waitFor();
  await expect(other.locator(".message.assistant .prose")).toContainText("Gold");
  const whole = Array.from({ length: 40 }, (_, index) => `thought-${"abcd".charAt(index % 4)}`).join(" ");
  expect((await other.locator(".thought-text").textContent())?.trim()).toBe(whole);
});

test("what was thought is kept of an answer that was stopped in mid-thought", async ({ page, lasting }) => {
  const server = lasting(await spawnServer("thinking-server.ts"));
  await page.goto(server.url);
  await page.locator("#question").fill("What is gold?");
  await page.locator("#question").press("Enter");
  await expect(page.locator(".thought-text")).toContainText("thought-a thought-b");
  await page.keyboard.press("Escape");
  await page.locator(".message.assistant.stopped").waitFor();
  await page.reload();
  await page.locator("details.thought summary").click();
  await expect(page.locator(".thought-text")).toContainText("thought-a thought-b");
});

test("who has waited long enough gets the answer now, from what was thought", async ({ page, lasting }) => {
  const server = lasting(await spawnServer("thinking-server.ts"));
  await page.goto(server.url);
  await page.locator("#question").fill("What is gold?");
  await page.locator("#question").press("Enter");
  const now = page.getByRole("button", { name: "Answer now" });
  await now.click();
  await expect(page.locator(".message.assistant .prose")).toContainText("Gold is");
  await expect(now).toHaveCount(0);
  await page.locator(".message.assistant.done").waitFor();
  await page.reload();
  await page.locator("details.thought summary").click();
  await expect(page.locator(".thought-text")).toContainText("thought-a");
  const words = ((await page.locator(".thought-text").textContent()) ?? "").trim().split(" ");
  expect(words.length).toBeLessThan(40);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the thought is a page of plain text", async ({ page, lasting }) => {
    const server = lasting(await spawnServer("thinking-server.ts"));
    const asked = await page.request.post(`${server.url}/chat`, { data: { message: "What is gold?" } });
    const { conversation_id: id } = await asked.json();
    await page.goto(`${server.url}/c/${id}`);
    await page.locator("details.thought summary").click();
    await page.locator("details.thought a").click();
    await expect(page.locator("body")).toContainText("thought-a thought-b");
  });
});
