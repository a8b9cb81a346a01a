/** Files of a question: picked, dropped and pasted, kept over a reload, sent with it, or refused in words. */
import type { Page } from "@playwright/test";
import { ask, test as base, expect, finished } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

const test = base.extend<object, { server: string }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using server = await spawnServer("blind-server.ts");
      await use(server.url);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server),
});

const chips = (page: Page) => page.locator("#composer-files .file-chip");
const sent = (page: Page) => page.locator(".message.user").last().locator(".file-chip");
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function pick(page: Page, files: Parameters<Page["setInputFiles"]>[1]): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByLabel("Attach files").click();
  await (await choosing).setFiles(files);
}

/** As a drag from the desktop ends, or a paste of copied files. */
const give = (page: Page, how: "drop" | "paste", name: string, text: string) =>
  page.locator("#question").evaluate(
    (field, { how, name, text }) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      const init = { bubbles: true, cancelable: true };
      field.dispatchEvent(
        how === "drop"
          ? new DragEvent("drop", { ...init, dataTransfer: data })
          : new ClipboardEvent("paste", { ...init, clipboardData: data }),
      );
    },
    { how, name, text },
  );

const text = (name: string, content: string) => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(content),
});

test("files are picked, dropped and pasted, survive a reload with the question, and are sent with it", async ({
  page,
}) => {
  await page.goto("/");
  await page.locator("#question").fill("What do they say?");
  await pick(page, text("picked.txt", "Gold rose."));
  await give(page, "drop", "dropped.csv", "Day,Profit\n1,20\n");
  await give(page, "paste", "pasted.md", "# A note");
  const states = ["picked.txt", "dropped.csv", "pasted.md"];
  for (const name of states)
    await expect(chips(page).filter({ hasText: name }).locator(".file-state")).toHaveText("1 kB");
  await expect(page.locator("#composer-files progress")).toHaveCount(0);

  await chips(page).filter({ hasText: "dropped.csv" }).getByLabel("Remove dropped.csv").click();
  await expect(chips(page)).toHaveCount(2);
  await page.reload();
  await expect(page.locator("#question")).toHaveValue("What do they say?");
  await expect(chips(page)).toHaveText([/picked\.txt\s*1 kB/, /pasted\.md\s*1 kB/]);

  await page.locator("#question").press("Enter");
  await finished(page);
  await expect(chips(page)).toHaveCount(0);
  await expect(sent(page)).toHaveText([/picked\.txt/, /pasted\.md/]);
  // Neither here nor in a new chat is anything left of them.
  await page.reload();
  await expect(sent(page)).toHaveCount(2);
  await expect(chips(page)).toHaveCount(0);
  await page.goto("/");
  await expect(chips(page)).toHaveCount(0);
});

test("each conversation keeps its own files, and a file without a question is kept too", async ({ page }) => {
  await page.goto("/");
  await ask(page, "hello");
  await finished(page);
  const first = page.url();
  await pick(page, text("first.txt", "one"));
  await expect(chips(page).locator(".file-state")).toHaveText("1 kB");
  // Its size is shown from the beginning; it is kept when it has arrived.
  await expect(page.locator("#composer-files progress")).toHaveCount(0);
  await page.goto("/");
  await expect(chips(page)).toHaveCount(0);
  await page.goto(first);
  await expect(chips(page)).toHaveText([/first\.txt/]);
  await chips(page).getByLabel("Remove first.txt").click();
  await page.reload();
  await expect(page.locator("#question")).toBeVisible();
  await expect(chips(page)).toHaveCount(0);
});

test("a file that is refused says why, and what is sent has only the others", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/422/);
  await page.goto("/");
  await pick(page, [
    text("good.txt", "Gold."),
    { ...text("run.exe", ""), buffer: Buffer.from("MZ\0\x01\0") },
  ]);
  const refused = page.locator("#composer-files .file-chip.failed");
  await expect(refused.locator(".file-state")).toContainText("run.exe is no text");
  await expect(page.locator("[data-file-news]")).toHaveCount(1);
  await ask(page, "What does it say?");
  await finished(page);
  await expect(sent(page)).toHaveText([/good\.txt/]);
});

test("a picture is refused in words before it is sent, where no model can see", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/422/);
  await page.goto("/");
  await pick(page, { name: "chart.png", mimeType: "image/png", buffer: png });
  await expect(page.locator(".file-chip.failed .file-state")).toContainText(
    "The model that runs cannot see pictures, so chart.png cannot be attached.",
  );
  await page.reload();
  await expect(chips(page)).toHaveCount(0);
});
