/** A shared conversation: one file, read where there is no program, no network and no script. */
import { pathToFileURL } from "node:url";
import type { Page, TestInfo } from "@playwright/test";
import { answers } from "../fakes/scripted-answers.ts";
import { expect, test } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { expectClean } from "./violations.ts";

const question =
  "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. How large should my position be?";
const formula = "Compound interest: $$A = P \\left(1 + \\frac{r}{n}\\right)^{nt}$$ and inline $r = 0.05$.";

// For axe: the document itself allows no script.
test.use({ bypassCSP: true });

test.beforeEach(({ allowedErrors }) => {
  allowedErrors.push(/^asked elsewhere: file:/);
});

/** Saves it from its menu, and opens the file. @returns every address that is asked for from then on */
async function openSaved(page: Page, address: string, info: TestInfo): Promise<readonly string[]> {
  await page.goto(address);
  await page.getByLabel("Conversation menu").click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save as HTML" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^[a-z0-9-]+\.html$/);
  const file = info.outputPath("conversation.html");
  await saved.saveAs(file);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return asked;
}

const theFileAlone = (asked: readonly string[]) =>
  expect(asked.filter((address) => !address.startsWith("file:"))).toEqual([]);

async function photograph(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `test-results/looks/document-${name}-${colorScheme}.png`, fullPage: true });
  }
}

test("computed figures lead to how they were computed, and the marks are explained", async ({
  page,
  lasting,
}, info) => {
  const { url } = lasting(await spawnServer("data-server.ts"));
  const reply = await page.request.post(`${url}/chat`, { data: { message: question } });
  const { conversation_id: id } = await reply.json();
  const asked = await openSaved(page, `${url}/c/${id}`, info);
  await expect(page.locator(".message.user .text")).toHaveText(question);
  await expect(page.locator(".desk-card")).toContainText("0.40");
  await page.locator("a.figure.computed").first().click();
  await expect(page.locator(".facts li:target")).toBeVisible();
  await expect(page.locator(".legend")).toContainText("Computed by the program");
  await expectClean(page, "shared document of the desk");
  await photograph(page, "desk");
  theFileAlone(asked);
});

test("tables, code, formulas and lists stand as on the page, on a phone, in the dark and in print", async ({
  page,
  lasting,
}, info) => {
  const { url } = lasting(await spawnServer("data-server.ts"));
  const said = ["What now?", [answers.tables, answers.tasks, formula, answers.rtl].join("\n\n")];
  const mapping = Object.fromEntries(
    said.map((text, index) => {
      const message = {
        author: { role: index === 0 ? "user" : "assistant" },
        content: { content_type: "text", parts: [text] },
      };
      return [`n${index}`, { parent: index === 0 ? null : "n0", message }];
    }),
  );
  const data = [{ id: "x", title: "Plan", current_node: "n1", mapping, create_time: 1764200000 }];
  const { imported } = await (await page.request.post(`${url}/api/conversations/import`, { data })).json();
  const asked = await openSaved(page, `${url}/c/${imported[0]}`, info);
  await expect(page).toHaveTitle("Plan");
  await expect(page.locator(".prose table")).toHaveCount(3);
  await expect(page.locator(".hljs-string")).toBeVisible();
  await expect(page.locator("math").first()).toBeVisible();
  await expect(page.locator("button")).toHaveCount(0);
  await expectClean(page, "shared document");
  await photograph(page, "answer");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".prose table").first()).toBeVisible();
  theFileAlone(asked);
});
