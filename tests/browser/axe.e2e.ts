/** What axe-core says of every page, in light and dark: nothing. */
import { answer, ask, expect, finished, prose, test } from "./chat.ts";
import { startInventedUpstream } from "./invented-upstream.ts";
import { RealServer } from "./real-server.ts";
import { spawnServer } from "./spawned-server.ts";
import { violations } from "./violations.ts";

test.use({ bypassCSP: true, reducedMotion: "reduce" });

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const path of [
      "/",
      "/trash",
      "/conversations",
      "/search",
      "/search?q=hello",
      "/status",
      "/memory",
      "/desk",
      "/calculators",
      "/calculators/position-size",
      "/calculators/position-size?balance=10000&riskPercent=1&instrument=EURUSD&stopPips=25&currency=USD",
      "/calculators/position-size?balance=x",
      "/instruments",
      "/nothing/here",
    ])
      test(`the page ${path}`, async ({ page, allowedErrors }) => {
        allowedErrors.push(/404|422/);
        await page.goto(path);
        expect(await violations(page)).toEqual([]);
      });

    test("the palette", async ({ page }) => {
      await page.goto("/memory");
      await page.keyboard.press("Control+k");
      await expect(page.locator("#palette [role=option]").first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("a thread with answers of headings, tables and text in another direction, and an open receipt", async ({
      page,
    }) => {
      await page.goto("/");
      for (const [index, script] of ["markdown", "wide", "rtl", "tiny", "markdown"].entries()) {
        await ask(page, script);
        // Until then the answer before it is the last one, and it has ended.
        await expect(page.locator(".message.assistant")).toHaveCount(index + 1);
        await finished(page);
      }
      expect(await violations(page)).toEqual([]);
      await answer(page).getByRole("link", { name: "How this answer was made" }).click();
      await expect(answer(page).locator(".receipt")).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.locator(".message.user .edit").last().click();
      await expect(page.locator(".edit-form")).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("a card of the desk, the fact behind a figure, its page, figures that are only claimed, and what is remembered", async ({
      page,
    }) => {
      await using upstream = await startInventedUpstream();
      await using server = new RealServer({ ENGINE: "vllm", VLLM_URL: upstream.url });
      await server.start();
      await page.goto(server.url);
      await ask(
        page,
        "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. What position size is that?",
      );
      await finished(page);
      await expect(prose(page).locator(".desk-card a.figure.computed").first()).toHaveText("0.40");
      expect(await violations(page)).toEqual([]);
      await ask(page, "What did gold do?");
      await expect(page.locator(".message.assistant")).toHaveCount(2);
      await finished(page);
      await expect(prose(page).locator(".figure.unsupported")).not.toHaveCount(0);
      expect(await violations(page)).toEqual([]);
      const figure = page.locator(".desk-card a.figure.computed").first();
      const address = (await figure.getAttribute("href")) ?? "";
      await figure.click();
      await expect(page.getByRole("dialog", { name: "Where this figure comes from" })).toContainText("0.40");
      expect(await violations(page)).toEqual([]);
      await page.goto(server.url + address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.goto(`${server.url}/memory`);
      await expect(page.locator(".memory-list li")).not.toHaveCount(0);
      await page.locator(".memory-list summary").first().click();
      expect(await violations(page)).toEqual([]);
    });

    test("the documents, and the pages of logins", async ({ page }) => {
      await using server = await spawnServer("accounts-server.ts");
      const clean = async (heading: string) => {
        await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
        await page.locator("main details").evaluateAll((all) => {
          for (const details of all) details.setAttribute("open", "");
        });
        expect([heading, await violations(page)]).toEqual([heading, []]);
      };
      const password = "correct horse battery";
      await page.goto(`${server.url}/docs`);
      expect(await violations(page)).toEqual([]);
      await page.goto(`${server.url}/account`);
      expect(await violations(page)).toEqual([]);
      await page.getByRole("link", { name: "Set up logins" }).click();
      await expect(page.getByLabel("Password again")).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByLabel("Name").fill("anna");
      await page.getByLabel("Password", { exact: true }).fill(password);
      await page.getByLabel("Password again").fill(password);
      await page.getByRole("button", { name: "Create user" }).click();
      await clean("Your login");
      await page.goto(`${server.url}/users`);
      await clean("Users");
      await page.goto(`${server.url}/audit`);
      await clean("Audit log");
      await page.goto(`${server.url}/account`);
      await page.getByRole("button", { name: "Log out", exact: true }).click();
      await expect(page.getByRole("button", { name: "Log in" })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("a failed answer", async ({ page }) => {
      await page.goto("/");
      await ask(page, "fail for axe");
      await finished(page, "failed");
      expect(await violations(page)).toEqual([]);
    });
  });
