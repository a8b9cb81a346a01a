/** Tests on a server of their own that reads documents and answers about them. */
import { test as base } from "./chat.ts";
import { spawnServer } from "./spawned-server.ts";

export const test = base.extend<object, { server: string }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      await using server = await spawnServer("documents-server.ts");
      await use(server.url);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server),
});
