/** The program as a server of the Model Context Protocol, asked by the protocol's own client, and by requests of its earlier versions. */
import { afterEach, describe, expect, test } from "bun:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { openGuardedApp } from "../security/guarded-app.ts";

const closing: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const opened = (settings: Record<string, string> = {}): AnsweringApp => {
  const app = openAnsweringApp({ settings });
  closing.push(() => app[Symbol.asyncDispose]());
  return app;
};

async function clientOf(url: string, headers: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: "a test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", url), { requestInit: { headers } }));
  closing.push(() => client.close());
  return client;
}

const called = async (client: Client, name: string, inputs: Record<string, unknown> = {}) => {
  const { content, structuredContent, isError = false } = await client.callTool({ name, arguments: inputs });
  const [first] = content;
  return {
    text: first?.type === "text" ? first.text : "",
    data: (structuredContent ?? {}) as Readonly<Record<string, unknown>>,
    isError,
  };
};

const remember = (app: AnsweringApp, key: string, value: string) =>
  app.memory.memorize({ ownerId: null, key, value, category: "rules", kind: "fact" });

describe("A program that speaks the Model Context Protocol", () => {
  test("is told what there is, and that nothing of it changes anything", async () => {
    const { url } = opened();
    const client = await clientOf(url);
    expect(client.getServerVersion()?.name).toBe("local-financial-assistant");
    expect(client.getInstructions()).toContain("never adjust them");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      ...["recall", "search_conversations", "search_documents", "list_calculators", "compute"],
      ...["list_price_series", "compute_on_series"],
    ]);
    for (const { annotations } of tools) expect(annotations?.readOnlyHint).toBe(true);
  });

  test("recalls what bears on a question, and nothing else", async () => {
    const app = opened();
    await remember(app, "risk per trade", "Never risk more than 1.25% on one trade");
    const client = await clientOf(app.url);
    const found = await called(client, "recall", { question: "What is my risk per trade?" });
    expect(found.data).toMatchObject({
      memories: [{ key: "risk per trade", value: "Never risk more than 1.25% on one trade", kind: "fact" }],
    });
    expect(JSON.parse(found.text)).toEqual(found.data);
    const before = { question: "What is my risk per trade?", as_of: "2020-01-01T00:00:00Z" };
    expect((await called(client, "recall", before)).data).toEqual({ memories: [] });
  });

  test("finds conversations by their words", async () => {
    const app = opened();
    const asked = await fetch(`${app.url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: "Why did copper rise in Chile?" }),
    });
    const { conversation_id: id } = await asked.json();
    const { data } = await called(await clientOf(app.url), "search_conversations", { words: "copper Chile" });
    expect(data).toMatchObject({ conversations: [{ conversation_id: id }] });
  });

  test("computes by every calculator from its own example, with formula and steps", async () => {
    const client = await clientOf(opened().url);
    const { data } = await called(client, "list_calculators");
    const listed = data.calculators as { name: string; example: Record<string, unknown> }[];
    expect(listed.map(({ name }) => name)).toEqual(calculators.map(({ name }) => name));
    for (const { name, example } of listed) {
      const computed = await called(client, "compute", { calculator: name, inputs: example });
      expect([name, computed.isError, computed.text]).toEqual([name, false, computed.text]);
      const [result] = computed.data.results as { formula: string; steps: string; source: string }[];
      expect(result?.formula).not.toBe("");
      expect(result?.source).not.toBe("");
    }
  });

  test("is told what is wrong with a call in a sentence", async () => {
    const client = await clientOf(opened().url);
    const wrong = await called(client, "compute", { calculator: "cagr", inputs: { start: "much" } });
    expect(wrong.isError).toBe(true);
    expect(wrong.text).not.toBe("");
    expect((await called(client, "compute", { calculator: "magic", inputs: {} })).text).toContain("cagr");
    expect((await called(client, "recall", { question: 5 })).text).toContain("question");
    expect((await called(client, "recall", { question: "x", as_of: "soon" })).text).toContain("as_of");
    expect((await called(client, "compute_on_series", { measure: "rsi", series: "XAUUSD D1" })).text).toBe(
      "There is no such dataset.",
    );
  });
});

describe("What a program may change by the Model Context Protocol", () => {
  const fact = { key: "broker", value: "IC Markets" };

  test("is nothing, unless MCP_WRITES says so", async () => {
    const app = opened();
    const client = await clientOf(app.url);
    await expect(client.callTool({ name: "memorize", arguments: fact })).rejects.toThrow();
    expect(app.memory.newest(null, 10)).toEqual([]);
  });

  test("is to remember a fact, where it says so", async () => {
    const app = opened({ MCP_WRITES: "on" });
    const client = await clientOf(app.url);
    const { tools } = await client.listTools();
    expect(tools.find(({ name }) => name === "memorize")?.annotations?.readOnlyHint).toBe(false);
    expect((await called(client, "memorize", fact)).data).toMatchObject({ remembered: true });
    expect(app.memory.newest(null, 10)).toMatchObject([{ ...fact, category: "general", kind: "fact" }]);
    expect((await called(client, "memorize", { key: " ", value: "x" })).isError).toBe(true);
  });

  test("needs a key that may chat; one that only reads may read", async () => {
    const app = await openGuardedApp({ settings: { MCP_WRITES: "on" } });
    closing.push(() => app[Symbol.asyncDispose]());
    const names = async (credential: Parameters<typeof app.headers>[0]) =>
      (await (await clientOf(app.url, app.headers(credential))).listTools()).tools.map(({ name }) => name);
    expect(await names("owner's key")).toContain("memorize");
    expect(await names("owner's read key")).not.toContain("memorize");
    expect(await names("owner's read key")).toContain("recall");
    await expect(names("wrong key")).rejects.toThrow();
  });
});

describe("The earlier versions of the protocol", () => {
  const send = async (url: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/mcp`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, ...body }),
    });
    const text = await response.text();
    const data = text.startsWith("{") ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? "{}");
    return { status: response.status, body: JSON.parse(data) };
  };

  test.each(["2025-11-25", "2025-06-18", "2025-03-26"])("%s is spoken, without sessions", async (version) => {
    const { url } = opened();
    const params = {
      protocolVersion: version,
      capabilities: {},
      clientInfo: { name: "an older program", version: "1" },
    };
    const begun = await send(url, { method: "initialize", params });
    expect(begun.body.result.protocolVersion).toBe(version);
    const headers = { "mcp-protocol-version": version };
    const listed = await send(url, { method: "tools/list", params: {} }, headers);
    expect(listed.body.result.tools.length).toBe(7);
    const call = {
      name: "compute",
      arguments: { calculator: "cagr", inputs: { start: 1, end: 2, years: 1 } },
    };
    const computed = await send(url, { method: "tools/call", params: call }, headers);
    expect(computed.body.result.structuredContent.results[0].value).toBe("100.00");
  });

  test("what is no request of the protocol is refused", async () => {
    const { url } = opened();
    expect((await send(url, { method: "no/such" })).body.error).toBeDefined();
    expect((await fetch(`${url}/mcp`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("bun run mcp", () => {
  const root = `${import.meta.dir}/../..`;
  const at = (app: AnsweringApp) => ({
    PORT: new URL(app.url).port,
    DATA_DIR: "/nonexistent/data",
    CONFIG_FILE: "/none",
  });

  test("hands the calls of a program that launches it to the one that runs", async () => {
    const app = opened();
    await remember(app, "risk per trade", "Never risk more than 1.25% on one trade");
    const client = new Client({ name: "a test", version: "1" });
    await client.connect(
      new StdioClientTransport({
        ...{ command: process.execPath, args: ["src/terminal/mcp.ts"], cwd: root },
        env: { ...at(app), PATH: process.env.PATH ?? "" },
      }),
    );
    closing.push(() => client.close());
    expect((await client.listTools()).tools.length).toBe(7);
    const found = await called(client, "recall", { question: "What is my risk per trade?" });
    expect(found.data).toMatchObject({ memories: [{ key: "risk per trade" }] });
    expect((await called(client, "compute", { calculator: "magic", inputs: {} })).isError).toBe(true);
  });

  test("says what to do where nothing runs", async () => {
    const child = Bun.spawn([process.execPath, "src/terminal/mcp.ts"], {
      ...{ cwd: root, stdin: "pipe", stdout: "pipe", stderr: "pipe" },
      env: { ...process.env, PORT: "1", DATA_DIR: "/nonexistent/data", CONFIG_FILE: "/none" },
    });
    expect(await new Response(child.stderr).text()).toContain("./run.sh start");
    expect(await child.exited).toBe(1);
    expect(await new Response(child.stdout).text()).toBe("");
  });
});
