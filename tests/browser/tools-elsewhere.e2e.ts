/** Tools of another program: a server is added, a conversation uses it, each call is asked, and what it gave is a source. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { answer, expect, prose, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

const program = join(import.meta.dirname, "../tools-elsewhere/scripted-server.ts");
const question = "Pay the invoice in my mail.";

/** @returns with the chat in front that uses the server */
async function addServer(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/tool-servers`);
  await page.getByText("Add a server").click();
  await page.getByLabel("Name", { exact: true }).fill("bank");
  await page.getByLabel("Program", { exact: true }).fill(process.env.BUN_PATH ?? "bun");
  await page.getByLabel("Its arguments, one a line").fill(program);
  await page.getByRole("button", { name: "Add the server" }).click();
  await page.getByRole("button", { name: "Connect and read its tools" }).click();
  await expect(page.getByText(/^Ready, 3 tools/)).toBeVisible();
}

const card = (page: Page) => answer(page).getByRole("region", { name: /A call that waits for you/ });

// A colour that is on its way to another one is neither.
test.use({ bypassCSP: true, contextOptions: { reducedMotion: "reduce" } });

test("a person allows each call, and sees where its values come from", async ({ page, lasting }, info) => {
  test.slow();
  const { url } = lasting(await spawnServer("tools-elsewhere-server.ts"));
  const shoot = async (name: string) => {
    if (process.env.WALK) await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  };
  await addServer(page, url);
  await shoot("server");
  await page.goto(`${url}/tools`);
  await expect(page.getByText("It may write or send.")).toBeVisible();
  await shoot("tools");
  await page.getByRole("link", { name: "New chat with bank" }).click();
  await page.getByLabel("Your question").fill(question);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(card(page)).toContainText("May the model call bank: read_mail?");
  await card(page).getByRole("button", { name: "Allow once" }).click();
  await expect(card(page)).toContainText("May the model call bank: send_money?");
  await expect(card(page)).toContainText("the tool bank: read_mail");
  await expect(card(page)).toContainText("Text of a document, a memory or another tool");
  await shoot("card");
  await expectClean(page, "waiting-call");
  await page.emulateMedia({ colorScheme: "dark" });
  await shoot("card-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await shoot("card-phone");
  // Another tab, or a reload, shows the same card.
  await page.reload();
  await card(page).getByRole("button", { name: "Allow once" }).click();
  await expect(prose(page).locator(".figure.quoted")).toHaveText(["4,310.55"]);
  await expect(prose(page).locator(".figure.unsupported")).toContainText(["999"]);
  await shoot("answer-phone");
  await expect(answer(page).locator(".tool-call summary")).toHaveText([
    "Called: bank: read_mail",
    "Called: bank: send_money",
  ]);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a call is refused on the page that waits for it", async ({ page, lasting }) => {
    const { url } = lasting(await spawnServer("tools-elsewhere-server.ts"));
    await addServer(page, url);
    await page.goto(`${url}/tools`);
    await page.getByRole("link", { name: "New chat with bank" }).click();
    await page.getByLabel("Your question").fill(question);
    await page.getByRole("button", { name: "Send" }).click();
    for (const name of ["read_mail", "send_money"]) {
      const waiting = page.getByRole("region", { name: `A call that waits for you: bank: ${name}` });
      await waiting.getByRole("button", { name: "Refuse" }).click();
    }
    await expect(page.locator(".rendered .prose")).toContainText("The invoice over");
    await expect(page.locator(".tool-call.failed summary")).toHaveCount(2);
  });
});
