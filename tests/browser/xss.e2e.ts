/**
 * Hostile texts in everything that the pages show, in a real browser: no script runs, nothing is asked of elsewhere, and the
 * policy that would refuse both is never needed. `XSS_LONG=1` cuts real streams at every character, and opens every page.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, test as base, expect, type Page } from "@playwright/test";
import { growing, places } from "../security/growing-answer.ts";
import { xssCorpus } from "../security/xss-corpus.ts";
import { groupCount, groupsOf, type XssSeed } from "./xss-groups.ts";
import { openWatched, type Watched } from "./xss-watch.ts";

const isLong = process.env.XSS_LONG === "1";
/** So many pages are open at once. */
const together = 4;

const test = base.extend<object, { server: XssSeed }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      const bun = process.versions.bun ? process.execPath : "bun";
      const child = spawn(bun, [join(import.meta.dirname, "xss-server.ts")], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      const lines = createInterface({ input: child.stdout });
      const { value } = await lines[Symbol.asyncIterator]().next();
      if (typeof value !== "string") throw new Error("The server ended before it listened.");
      child.stdout.resume();
      await use(JSON.parse(value));
      child.stdin.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

/** As a page shows it: blanks are one, and what HTML cannot hold is not there. */
const shown = (text: string) =>
  text
    .replaceAll(/[\0\uFFFD]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
const textsOf = async (page: Page, selector: string) =>
  (await page.locator(selector).allTextContents()).map(shown);

async function expectClean({ page, offences }: Watched, where: string): Promise<void> {
  const foreign = await page.evaluate(() => window.foreign());
  expect([...foreign, ...offences].slice(0, 10), where).toEqual([]);
}

/** Runs the jobs over so many pages at once. */
async function inPages<Job>(
  browser: Browser,
  url: string,
  jobs: readonly Job[],
  work: (watched: Watched, job: Job) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs];
  await Promise.all(
    Array.from({ length: together }, async (_, index) => {
      await using watched = await openWatched(browser, url, { bypassCSP: index % 2 === 0 });
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await work(watched, job);
    }),
  );
}

test.describe.configure({ timeout: isLong ? 1_800_000 : 180_000 });

test("a text that came through raw would be seen: by its script, its requests, its elements", async ({
  browser,
  server,
}) => {
  const put = (page: Page, html: string) =>
    page.locator(".prose .blocks").evaluate((blocks, html) => {
      blocks.innerHTML = html;
    }, html);
  for (const bypassCSP of [true, false]) {
    await using watched = await openWatched(browser, server.url, { bypassCSP });
    const { page, offences } = watched;
    await page.goto(`/c/${server.conversations[1]}`);
    await expectClean(watched, "before");
    const seen = page.waitForEvent("console", (message) => /a script ran|refused/.test(message.text()));
    await put(page, "<img src=x onerror=__xss()>");
    expect((await seen).text()).toMatch(bypassCSP ? /a script ran/ : /refused by policy|Content Security/);
    await put(page, '<img src="http://evil.example/i.png">');
    await expect.poll(() => offences.join("\n")).toMatch(/evil\.example/);

    // Whatever a browser makes elements of, in a document in which nothing runs.
    const raw = await page.evaluate((corpus) => {
      const parsed = (text: string) => new DOMParser().parseFromString(text, "text/html");
      const { length } = parsed('<div class="prose"></div>').querySelectorAll("*");
      return corpus.map(({ name, text }) => {
        const page = parsed(`<div class="prose">${text}</div>`);
        const isHtml = page.querySelectorAll("*").length > length;
        return { name, isHtml, isSeen: window.foreign(page).length > 0 };
      });
    }, xssCorpus);
    expect(raw.filter(({ isHtml, isSeen }) => isHtml && !isSeen)).toEqual([]);
    expect(raw.filter(({ isSeen }) => isSeen).length).toBeGreaterThan(200);
  }
});

test("an answer at every moment of its writing, cut at every character, is text", async ({
  browser,
  server,
}) => {
  const together = 20;
  const batches = places
    .slice(0, isLong ? places.length : 1)
    .flatMap((place) =>
      Array.from({ length: Math.ceil(xssCorpus.length / together) }, (_, batch) =>
        xssCorpus
          .slice(batch * together, (batch + 1) * together)
          .map(({ name, text }) => ({ name, text: place(text) })),
      ),
    );
  await inPages(browser, server.url, batches, async (watched, batch) => {
    const { page } = watched;
    if (page.url() === "about:blank") await page.goto(`/c/${server.conversations[1]}`);
    const moments = batch.map(({ name, text }) => ({ name, htmls: [...growing(text)] }));
    const foreign = await page.locator(".prose .blocks").evaluate((blocks, moments) => {
      const found: string[] = [];
      for (const { name, htmls } of moments)
        for (const html of htmls) {
          blocks.innerHTML = html;
          window.htmx.process(blocks);
          found.push(...window.foreignInAnswers().map((what) => `${name}: ${what}`));
        }
      return found;
    }, moments);
    expect(foreign.slice(0, 10)).toEqual([]);
    // What a script or an image would do, it has done when the page was drawn again.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    await expectClean(watched, batch[0]?.name ?? "");
  });
});

test("an answer that streams is text in every frame, and so it is when it has ended and is opened again", async ({
  browser,
  server,
}) => {
  const groups = Array.from({ length: groupCount }, (_, group) => group);
  await inPages(browser, server.url, groups, async (watched, group) => {
    const { page } = watched;
    await page.goto("/");
    await page.evaluate(() => {
      const found = new Set<string>();
      let frames = 0;
      new MutationObserver(() => {
        frames++;
        for (const what of window.foreignInAnswers()) found.add(what);
        document.body.dataset.frames = String(frames);
        document.body.dataset.foreign = [...found].join("\n");
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    await page.locator("#question").fill(`group ${group}`);
    await page.locator("#question").press("Enter");
    await expect(page.locator(".message.assistant.done")).toHaveCount(1, {
      timeout: isLong ? 400_000 : 30_000,
    });
    const { frames, foreign } = await page.evaluate(() => ({ ...document.body.dataset }));
    expect(foreign).toBe("");
    expect(Number(frames)).toBeGreaterThan(isLong ? 300 : 20);
    await expectClean(watched, `group ${group} at its end`);
    await page.reload();
    await expectClean(watched, `group ${group} opened again`);

    // Every memory stands in the receipt, whichever answer it is of.
    if (!isLong && group > 0) return;
    await page.getByText("How this answer was made").first().click();
    const memories = page.locator(".receipt li.recalled > b");
    await expect(page.locator(".receipt li").first()).toBeAttached();
    await expectClean(watched, `the receipt of group ${group}`);
    const keys = (await memories.allTextContents()).map(shown);
    for (const { text } of xssCorpus) expect(keys).toContain(shown(text));
  });
});

test("an answer that is written into the page itself, for browsers without scripts, is text", async ({
  browser,
  server,
}) => {
  const groups = isLong ? Array.from({ length: groupCount }, (_, group) => group) : [0, 5];
  await inPages(browser, server.url, groups, async (watched, group) => {
    const { page } = watched;
    // Not read to its end: the page shall be opened while the answer is written.
    const asked = await fetch(`${server.url}/chat/stream`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: `group ${group}` }),
    });
    await asked.body?.cancel();
    await page.goto(`/c/${asked.headers.get("x-conversation-id")}?stream=html`);
    const first = groupsOf(xssCorpus)[group]?.[0]?.text ?? "";
    expect(await page.locator(".message.written .plain").textContent()).toContain(first);
    await expectClean(watched, `group ${group}`);
  });
});

test("a conversation's page shows title, question, answer, writer and failure as text", async ({
  browser,
  server,
}) => {
  const all = xssCorpus.map(({ name, text }, index) => ({
    name,
    text,
    index,
    id: server.conversations[index],
  }));
  const some = isLong ? all : all.filter(({ index }) => index % 36 === 0 || index % 54 === 9);
  await inPages(browser, server.url, some, async (watched, { name, text, index, id }) => {
    const { page, offences } = watched;
    await page.goto(`/c/${id}`);
    await expectClean(watched, name);
    expect(await textsOf(page, "#conversation-title")).toEqual([shown(text)]);
    expect((await textsOf(page, "head title")).join()).toContain(shown(text));
    expect(await textsOf(page, ".message.user .text")).toEqual([shown(`needle ${text}`)]);
    if (!isLong && index % 72 !== 0) return;
    // What is asked for comes back in the page, also when there is nothing.
    await page.goto(`/search?q=${encodeURIComponent(text)}`);
    await expectClean(watched, `the search for ${name}`);
    await page.goto("/");
    const found = page.waitForResponse(/\/search\?q=/);
    await page.locator("#search").fill(text);
    await found;
    await expectClean(watched, `the search beside the chat for ${name}`);
    await page.goto(`/conversations?folder=${encodeURIComponent(text.slice(0, 200))}`);
    await expectClean(watched, `the folder of ${name}`);
    const reply = await page.goto(`/c/${encodeURIComponent(text.slice(0, 90))}`).catch(() => null);
    // The browser itself reports a page that is not there.
    offences.splice(0, offences.length, ...offences.filter((offence) => !/status of 4\d\d/.test(offence)));
    if (reply !== null) await expectClean(watched, `the page that is not there, of ${name}`);
  });
});

test("titles and folders are text in lists, and so is what was found", async ({ browser, server }) => {
  const titles = xssCorpus.map(({ text }) => shown(text));
  await using watched = await openWatched(browser, server.url, { bypassCSP: true });
  const { page } = watched;
  const putInFolders = async (folderOf: (text: string) => string) => {
    for (const [index, { text }] of xssCorpus.entries())
      await page.request.patch(`/api/conversations/${server.conversations[index]}`, {
        data: { folder: folderOf(text).slice(0, 100) },
      });
  };
  await putInFolders((text) => text);

  const listed: string[] = [];
  let next: string | null = "/conversations";
  while (next !== null) {
    await page.goto(next);
    await expectClean(watched, next);
    listed.push(...(await textsOf(page, "main .conversation-list > li:not(.group, .more) > a")));
    const more = page.locator("main .selection > p > a");
    next = (await more.count()) === 0 ? null : await more.getAttribute("href");
  }
  for (const title of titles) expect(listed).toContain(title);
  const folders = await textsOf(page, "#sidebar-body .filters [dir]");
  // A folder's name may be shorter than a title.
  const unlike = titles.filter(
    (title) => !folders.some((folder) => folder !== "" && title.startsWith(folder)),
  );
  expect(unlike).toEqual([]);
  expect(folders.length).toBeGreaterThan(xssCorpus.length * 0.9);

  await page.goto("/search?q=needle");
  await expectClean(watched, "the search");
  const found = await textsOf(page, "main .hit strong");
  expect(found.length).toBeGreaterThan(10);
  for (const title of found) expect(titles).toContain(title);
  for (const excerpt of await textsOf(page, "main .hit .excerpt")) expect(excerpt).toContain("needle");
  await putInFolders(() => "");
});

test("names, titles and passages of documents are text, and so is what is proposed to be remembered", async ({
  browser,
  server,
}) => {
  const texts = xssCorpus.map(({ text }) => shown(text));
  await using watched = await openWatched(browser, server.url, { bypassCSP: true });
  const { page } = watched;
  const named: string[] = [];
  let next: string | null = "/documents";
  while (next !== null) {
    await page.goto(next);
    await expectClean(watched, next);
    named.push(...(await textsOf(page, ".memory-list h2 a")));
    const more = page.locator('main a[href*="after="]');
    next = (await more.count()) === 0 ? null : await more.getAttribute("href");
  }
  for (const text of texts) expect(named).toContain(text);
  for (const [index, { name, text }] of xssCorpus.entries()) {
    if (!isLong && index % 12 !== 5) continue;
    await page.goto(`/documents/document-${index}?passage=1&q=${encodeURIComponent(text.slice(0, 200))}`);
    await expectClean(watched, `the document of ${name}`);
    expect(await textsOf(page, "#p-1 mark")).toEqual([shown(text)]);
    await page.goto(`/c/${server.conversations[index]}`);
    const citation = page.locator('.prose a[href*="passage=1"]').last();
    if ((await citation.count()) > 0) await citation.hover();
    await expectClean(watched, `the citation of ${name}`);
  }
  await page.goto("/memory");
  await expectClean(watched, "what is proposed");
  const proposed = await textsOf(page, 'li[id^="p-"] > .memory-text');
  expect(proposed.length).toBeGreaterThan(100);
  for (const text of proposed) expect(texts).toContain(text);
});

test("what an edit, a menu and the trash show of a conversation is text", async ({ browser, server }) => {
  const each = (nth: number) => server.conversations.filter((_id, index) => isLong || index % nth === 3);
  await using watched = await openWatched(browser, server.url, { bypassCSP: true });
  const { page } = watched;
  for (const id of each(30)) {
    await page.goto(`/c/${id}`);
    await page.locator(".message.user").hover();
    await page.locator(".message.user a.edit").click();
    await expect(page.locator(".edit-form textarea")).toHaveValue(/needle/);
    await expectClean(watched, id);
  }
  // The trash shows so many.
  const gone = each(3).slice(0, 200);
  for (const id of gone) await page.request.delete(`/api/conversations/${id}`);
  await page.goto("/trash");
  await expectClean(watched, "the trash");
  const titles = xssCorpus.map(({ text }) => shown(text));
  const deleted = await textsOf(page, ".deleted-list span");
  expect(deleted).toHaveLength(gone.length);
  for (const title of deleted) expect(titles).toContain(title);
});

test("a file that is saved has a harmless name, and no page is made of it", async ({ browser, server }) => {
  const some = server.conversations.filter((_id, index) => isLong || index % 12 === 4);
  await using watched = await openWatched(browser, server.url, { bypassCSP: true });
  const { page } = watched;
  await page.goto("/");
  for (const id of some) {
    const saved = page.waitForEvent("download");
    // A navigation that becomes a download ends as an error.
    await page.goto(`/api/conversations/${id}/export?format=markdown`).catch(() => null);
    expect((await saved).suggestedFilename()).toMatch(/^[a-z0-9][a-z0-9-]*\.md$/);
  }
  await expectClean(watched, "after all");
});
