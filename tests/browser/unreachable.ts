/** A server that a test may end, and what the browser keeps of the questions that are asked meanwhile. */
import type { Page } from "@playwright/test";
import { test as base, expect } from "./chat.ts";
import { type InventedUpstream, startInventedUpstream } from "./invented-upstream.ts";
import { RealServer } from "./real-server.ts";

export const test = base.extend<{ server: RealServer }, { upstream: InventedUpstream }>({
  upstream: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using upstream = await startInventedUpstream();
      await use(upstream);
    },
    { scope: "worker" },
  ],
  server: async ({ upstream }, use) => {
    await using server = new RealServer({ ENGINE: "vllm", VLLM_URL: upstream.url });
    await server.start();
    await use(server);
  },
  // The console's own words for a server that is gone.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  allowedErrors: async ({}, use) => use([/ERR_|Failed to fetch|net::|network/i]),
  baseURL: async ({ server }, use) => use(server.url),
});

export const unreachable = "The assistant cannot be reached";
export const waiting = (page: Page) => page.locator("#outbox li .text");

/** The page's service worker has kept what it needs, and has taken the page over. */
export const isReady = (page: Page) =>
  expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state ?? null)).toBe("activated");

export const questionsIn = async (page: Page): Promise<string[]> => {
  const { conversations } = await (await page.request.get("/api/conversations")).json();
  const all = await Promise.all(
    conversations.map(async ({ id }: { id: string }) => {
      const reply = await page.request.get(`/api/conversations/${id}`);
      const { messages } = await reply.json();
      return messages.flatMap((message: { role: string; content: string }) =>
        message.role === "user" ? [message.content] : [],
      );
    }),
  );
  return all.flat().sort();
};

/** What the browser keeps, of whomever. */
const questionsKept = (page: Page): Promise<{ problem?: string }[]> =>
  page.evaluate(async () => {
    const opening = indexedDB.open("outbox");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const reading = opening.result.transaction("questions").objectStore("questions").getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    return reading.result.filter(({ text }) => text !== undefined);
  });
export const countIn = async (page: Page) => (await questionsKept(page)).length;
export const problemsIn = async (page: Page) => (await questionsKept(page)).map(({ problem }) => problem);

/** A question as this script has kept it: when the page has made the database its user's, which empties it. */
export const plant = (page: Page, question: { text: string; body?: string; problem?: string }) =>
  page.evaluate(async (question) => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    while (!(await indexedDB.databases()).some(({ name }) => name === "outbox")) await nextFrame();
    const opening = indexedDB.open("outbox");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const hasOwner = async () => {
      const read = opening.result.transaction("questions").objectStore("questions").get("owner");
      await new Promise((resolve) => (read.onsuccess = resolve));
      return read.result !== undefined;
    };
    while (!(await hasOwner())) await nextFrame();
    const write = opening.result.transaction("questions", "readwrite");
    write.objectStore("questions").put({ key: "k", conversation: "", at: 1, ...question });
    await new Promise((resolve) => (write.oncomplete = resolve));
  }, question);
