/** No question that waits in the browser is lost or asked twice, whatever is done to it meanwhile. */
import { ask, expect, finished } from "./chat.ts";
import {
  countIn,
  isReady,
  plant,
  problemsIn,
  questionsIn,
  test,
  unreachable,
  waiting,
} from "./unreachable.ts";

test.use({ serviceWorkers: "allow" });

test("a question that the browser refuses to keep stays in its field, with a note", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await isReady(page);
  await server.kill();
  const refuse = () =>
    page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("The disk is full.", "QuotaExceededError");
      };
    });
  await refuse();
  await ask(page, "not to be lost");
  await expect(page.locator("#composer-note")).toContainText("Your question is kept here");
  await expect(page.locator("#question")).toHaveValue("not to be lost");
  await page.goto("/status");
  await refuse();
  await page.getByLabel("A question for later").fill("nor this one");
  await page.getByRole("button", { name: "Send when it is back" }).click();
  await expect(page.locator("#composer-note")).toContainText("Your question is kept here");
  await expect(page.locator("#question")).toHaveValue("nor this one");
});

test("the page that says so takes no commands, and waits for what is being typed", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await isReady(page);
  await server.kill();
  await page.goto("/status");
  const field = page.getByLabel("A question for later");
  const send = page.getByRole("button", { name: "Send when it is back" });
  await field.fill("/temp What is gold?");
  await send.click();
  await expect(page.locator("#composer-note")).toContainText("Your question is kept here");
  await expect(field).toHaveValue("/temp What is gold?");
  await expect(waiting(page)).toHaveCount(0);
  // The server is back, and the page has seen it.
  await server.start();
  await page.waitForResponse((reply) => reply.url().endsWith("/health"));
  await page.waitForResponse((reply) => reply.url().endsWith("/health"));
  await field.fill("What is gold?");
  await send.click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(unreachable);
  await expect.poll(() => questionsIn(page)).toEqual(["What is gold?"]);
});

test("a reply that took a command elsewhere has taken no question", async ({ page }) => {
  await page.goto("/");
  await isReady(page);
  await plant(page, { text: "/temp hello", body: "text=%2Ftemp+hello&key=k" });
  await page.reload();
  await expect(page.locator("#outbox li")).toBeVisible();
  await expect.poll(() => problemsIn(page)).toEqual([""]);
});

test("a question whose conversation was deleted is shown everywhere", async ({
  page,
  server,
  allowedErrors,
}) => {
  allowedErrors.push(/status of 404/);
  await page.goto("/");
  await isReady(page);
  await ask(page, "hello first");
  await finished(page);
  const id = page.url().split("/c/")[1]?.split(/[?#]/)[0] ?? "";
  await server.kill();
  await ask(page, "in a lost conversation");
  await expect(waiting(page)).toHaveCount(1);
  await page.goto("about:blank");
  await server.start();
  await page.request.delete(`/api/conversations/${id}`);
  await page.goto("/");
  await expect(waiting(page)).toHaveText(["in a lost conversation"]);
  await expect(page.locator("#outbox .field-problem")).toContainText("no longer exists");
  await page.locator("#outbox").getByLabel("Edit").click();
  await expect(page.locator("#question")).toHaveValue("in a lost conversation");
});

test("a question that is edited while it is sent is not asked twice; one that is removed does not come back", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/status of 404/);
  await page.goto("/");
  await isReady(page);
  for (const { button, status } of [
    { button: "Edit", status: 200 },
    { button: "Remove", status: 404 },
  ]) {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/ask", async (route) => {
      await held;
      if (status === 200) await route.continue();
      else await route.fulfill({ status, body: "<hx-partial></hx-partial>" });
    });
    await plant(page, { text: button, body: `text=${button}&key=k` });
    const sending = page.waitForRequest("**/ask");
    await page.reload();
    await sending;
    await page.locator("#outbox").getByLabel(button).click();
    await expect(page.locator("#outbox").getByLabel(button)).toBeDisabled();
    goOn();
    await expect(page.locator("#outbox")).toBeHidden();
    await expect(page.locator("#question")).toHaveValue("");
    await expect.poll(() => countIn(page)).toBe(0);
    await page.unroute("**/ask");
  }
  expect(await questionsIn(page)).toEqual(["Edit"]);
});

test("a question that is edited keeps its files, also on the page that says that the server is gone", async ({
  page,
  server,
}) => {
  const chips = page.locator("#composer-files .file-name");
  const attach = async (name: string) => {
    const choosing = page.waitForEvent("filechooser");
    await page.getByLabel("Attach files").click();
    const file = { name, mimeType: "text/plain", buffer: Buffer.from(`Of ${name}.`) };
    await (await choosing).setFiles(file);
    await expect(page.locator("[data-file-news]")).toHaveText(`${name} is attached.`);
  };
  await page.goto("/");
  await isReady(page);
  await attach("report.txt");
  await attach("prices.csv");
  await server.kill();
  await ask(page, "What do they say?");
  await expect(waiting(page)).toHaveText(["What do they say? · report.txt · prices.csv"]);
  await expect(chips).toHaveCount(0);
  await page.locator("#outbox").getByLabel("Edit").click();
  await expect(page.locator("#question")).toHaveValue("What do they say?");
  await expect(chips).toHaveText(["report.txt", "prices.csv"]);
  await page.getByLabel("Remove prices.csv").click();
  await page.locator("#question").press("Enter");
  await expect(waiting(page)).toHaveText(["What do they say? · report.txt"]);

  await page.goto("/status");
  await page.locator("#outbox").getByLabel("Edit").click();
  const field = page.getByLabel("A question for later");
  await expect(field).toHaveValue("What do they say?");
  await field.fill("What does it say?");
  await page.getByRole("button", { name: "Send when it is back" }).click();
  await expect(waiting(page)).toHaveText(["What does it say? · report.txt"]);
  await page.goto("about:blank");
  await server.start();
  await page.goto("/");
  await expect.poll(() => questionsIn(page)).toEqual(["What does it say?"]);
  await page.locator("#conversation-list a").first().click();
  await expect(page.locator(".message.user .file-name")).toHaveText(["report.txt"]);
});
