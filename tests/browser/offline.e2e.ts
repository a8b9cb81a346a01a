/** The server is gone: what the browser shows meanwhile, and what becomes of questions that are asked meanwhile. */
import type { Page } from "@playwright/test";
import { ask, expect, finished } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";
import { countIn, isReady, plant, questionsIn, test, unreachable, waiting } from "./unreachable.ts";
import { expectClean } from "./violations.ts";

test.use({ serviceWorkers: "allow" });

/** Everything that the service worker has kept. */
const cached = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map(({ url }) => new URL(url).pathname);
  });

test("a page that is opened while the server is gone says so, and comes by itself when it is back", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await isReady(page);
  await ask(page, "hello");
  await finished(page);
  const address = page.url();
  await server.kill();
  await page.goto("/status");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(unreachable);
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(unreachable);
  await server.start();
  await expect(page.locator(".message.user")).toHaveText(/hello/);
  const kept = await cached(page);
  expect(kept).toContain("/offline");
  expect(kept.filter((path) => path !== "/offline" && !path.startsWith("/assets/"))).toEqual([]);
});

test("a question that is asked while the server is gone waits, survives a reload, and is answered once", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await isReady(page);
  await ask(page, "hello first");
  await finished(page);
  await server.kill();
  await ask(page, "asked without a server");
  await expect(waiting(page)).toHaveText(["asked without a server"]);
  await expect(page.locator("#question")).toHaveValue("");
  await expect(page.locator("#composer-note")).toBeEmpty();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(unreachable);
  await expect(waiting(page)).toHaveText(["asked without a server"]);
  await page.getByLabel("A question for later").fill("asked on the page that says so");
  await page.getByRole("button", { name: "Send when it is back" }).click();
  await expect(waiting(page)).toHaveCount(2);
  await server.start();
  await expect(page.locator(".message.user")).toHaveCount(3);
  await expect(page.locator("#outbox")).toBeHidden();
  expect(await questionsIn(page)).toEqual([
    "asked on the page that says so",
    "asked without a server",
    "hello first",
  ]);
});

test("two tabs send what waits once, and questions of one new chat stay together", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await isReady(page);
  const other = await page.context().newPage();
  await other.goto("/");
  await isReady(other);
  await server.kill();
  await ask(page, "the first of two");
  await expect(waiting(other)).toHaveText(["the first of two"]);
  await expect(waiting(page)).toHaveText(["the first of two"]);
  await ask(page, "the second of two");
  await ask(other, "of the other tab");
  await expect(waiting(page)).toHaveCount(3);
  await server.start();
  // Each tab goes where its question went.
  await expect(page.locator(".message.user")).toHaveText([/the first of two/, /the second of two/]);
  await expect(other.locator(".message.user")).toHaveText([/of the other tab/]);
  await expect(page.locator("#outbox")).toBeHidden();
  expect(await questionsIn(page)).toEqual(["of the other tab", "the first of two", "the second of two"]);
  const { conversations } = await (await page.request.get("/api/conversations")).json();
  expect(conversations).toHaveLength(2);
});

test("a question whose answer got lost on its way was taken: sent again, it is the same one", async ({
  page,
}) => {
  await page.goto("/");
  await isReady(page);
  // It arrives, and its reply does not.
  let sends = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/ask")) sends++;
  });
  await page.route(
    "**/ask",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await ask(page, "sent twice, asked once");
  await expect(page.locator(".message.user")).toHaveText(/sent twice, asked once/);
  expect(sends).toBe(2);
  expect(await questionsIn(page)).toEqual(["sent twice, asked once"]);
});

test("what waits is taken back into the field or removed, and a command waits for nobody", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await isReady(page);
  await server.kill();
  await ask(page, "one");
  await expect(waiting(page)).toHaveText(["one"]);
  await ask(page, "two");
  await expect(waiting(page)).toHaveText(["one", "two"]);
  await page.locator("#outbox li").first().getByLabel("Remove").click();
  await page.locator("#question").fill("being written");
  await page.locator("#outbox li").first().getByLabel("Edit").click();
  await expect(page.locator("#question")).toHaveValue("being written\n\ntwo");
  await expect(page.locator("#outbox")).toBeHidden();
  await ask(page, "/help");
  await expect(page.locator("#composer-note")).toContainText("cannot be reached");
});

/** As somebody else's page would find it. */
const ownerIs = (page: Page, name: string) =>
  page.evaluate(
    (name) =>
      new Promise((resolve) => {
        const opening = indexedDB.open("outbox");
        opening.onsuccess = () => {
          const write = opening.result.transaction("questions", "readwrite");
          write.objectStore("questions").put({ key: "owner", name });
          write.oncomplete = resolve;
        };
      }),
    name,
  );

test("what waits is of one user: nobody else sends it, and it is forgotten", async ({ page, server }) => {
  await page.goto("/");
  await isReady(page);
  await server.kill();
  await ask(page, "a secret");
  await expect(waiting(page)).toHaveCount(1);
  await ownerIs(page, "somebody");
  await server.start();
  await page.goto("/");
  await expect(page.locator("#question")).toBeVisible();
  await expect.poll(() => countIn(page)).toBe(0);
  expect(await questionsIn(page)).toEqual([]);
});

/** A question that was refused stays until it is taken away. */
const plantRefused = (page: Page) => plant(page, { text: "a secret", problem: "no" });

test("after a logout, and after everything was deleted, nothing waits any more", async ({
  page,
  lasting,
}) => {
  const { url } = lasting(await spawnServer("accounts-server.ts"));
  const password = "correct horse battery";
  await page.goto(`${url}/setup`);
  await page.getByLabel("Name").fill("anna");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Password again").fill(password);
  await page.getByRole("button", { name: "Create user" }).click();
  await page.goto(`${url}/`);
  await plantRefused(page);
  await page.reload();
  await expect(waiting(page)).toHaveText(["a secret"]);
  await page.goto(`${url}/account`);
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await expect(page.getByLabel("Password")).toBeVisible();
  await expect.poll(() => countIn(page)).toBe(0);

  await page.getByLabel("Name").fill("anna");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.locator("#question")).toBeVisible();
  await plantRefused(page);
  await page.goto(`${url}/settings/data`);
  await page.locator("summary", { hasText: "Delete everything" }).click();
  await page.getByLabel(/to confirm/).fill("delete everything");
  await page.getByRole("button", { name: "Delete everything for good" }).click();
  await expect(page.locator("[data-wiped]")).toBeVisible();
  await expect.poll(() => countIn(page)).toBe(0);
});

test("the page that says so speaks the reader's language", async ({ page, server }) => {
  await page.request.patch("/api/settings", { data: { language: "de" } });
  await page.goto("/");
  await isReady(page);
  await server.kill();
  await page.goto("/status");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Der Assistent ist nicht erreichbar");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
});

test.describe("to look at", () => {
  // For axe.
  test.use({ bypassCSP: true, reducedMotion: "reduce" });

  test("the page that says so, and a form above which questions wait, hold for everyone", async ({
    page,
    server,
  }) => {
    await page.goto("/");
    await isReady(page);
    await server.kill();
    await ask(
      page,
      "How much is a pip of EURUSD worth for half a lot, and what does it cost me to hold it overnight?",
    );
    await expect(waiting(page)).toHaveCount(1);
    await expectClean(page, "waiting question", "#composer");
    await page.screenshot({ path: "test-results/looks/waiting-dark.png" });
    await page.emulateMedia({ colorScheme: "light" });
    await page.reload();
    await expect(waiting(page)).toHaveCount(1);
    await expectClean(page, "offline page");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `test-results/looks/offline-${colorScheme}.png` });
    }
  });
});
