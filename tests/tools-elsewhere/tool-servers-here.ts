/** Servers of tools over a test's store, and what they need to be added. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMcpHandler } from "@modelcontextprotocol/server";
import { createLog } from "../../src/log.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import type { ServerFields } from "../../src/tools-elsewhere/server-fields.ts";
import { ToolServers } from "../../src/tools-elsewhere/tool-servers.ts";
import { scriptedTools } from "./scripted-tools.ts";

export const log = createLog("error", () => {});

export const quick = { start: 8_000, probe: 700, list: 1_500, call: 1_500, firstRetry: 10 };

export interface ServersHere extends AsyncDisposable {
  readonly dataDir: string;
  readonly store: Store;
  readonly servers: ToolServers;
}

export function openServers(): ServersHere {
  const dataDir = mkdtempSync(join(tmpdir(), "tools-"));
  const store = openStore({ dataDir, log });
  const servers = new ToolServers({ store, dataDir, version: "test", log, deadlines: quick });
  return {
    ...{ dataDir, store, servers },
    async [Symbol.asyncDispose]() {
      await servers[Symbol.asyncDispose]();
      store[Symbol.dispose]();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** @param kind see scripted-server.ts */
export const program = (kind: string, more: Readonly<Record<string, string>> = {}): ServerFields => ({
  name: "bank",
  kind: "stdio",
  command: process.execPath,
  args: [join(import.meta.dir, "scripted-server.ts")],
  secrets: { KIND: kind, ...more },
});

/** A server at an address, which wants its token. */
export function openHttpServer(ledger: string, token = "a secret token", mail?: string) {
  const options = { ledger, ...(mail === undefined ? {} : { mail }) };
  const handler = createMcpHandler(() => scriptedTools(options), { responseMode: "json" });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) =>
      request.headers.get("authorization") === `Bearer ${token}`
        ? handler.fetch(request)
        : new Response(`No: ${request.headers.get("authorization")}`, { status: 401 }),
  });
  return { url: `http://127.0.0.1:${server.port}/mcp`, [Symbol.dispose]: () => void server.stop(true) };
}

/** What the writing tools did. */
export function writtenIn(ledger: string): readonly unknown[] {
  try {
    return readFileSync(ledger, "utf8")
      .trim()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
