/** Connections to servers of tools: of the current and the former protocol, as programs and at an address, good ones and hostile ones. */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { longestResult } from "../../src/tools-elsewhere/result-text.ts";
import { ToolServers } from "../../src/tools-elsewhere/tool-servers.ts";
import { log, openHttpServer, openServers, program, quick, writtenIn } from "./tool-servers-here.ts";

const soon = () => AbortSignal.timeout(30_000);

/** Lists and calls. */
async function called({ servers }: ReturnType<typeof openServers>, id: string, name: string, given = {}) {
  await servers.refresh(id, soon());
  const tool = servers.toolOf(id, name);
  if (tool === undefined) throw new Error(`There is no ${name}.`);
  return await servers.call(tool, given, soon());
}

describe("A server of tools", () => {
  test.each([["current"], ["former"]])("of the %s protocol lists its tools and is called", async (kind) => {
    await using here = openServers();
    const ledger = join(here.dataDir, "ledger");
    const { id } = here.servers.add(program(kind, { LEDGER: ledger }));
    expect(await called(here, id, "send_money", { to: "A", amount: 5 })).toEqual({ text: "It is sent." });
    expect(writtenIn(ledger)).toEqual([{ to: "A", amount: 5 }]);
    const { state, protocol, tools, secretNames } = here.servers.get(id);
    expect({ state, secretNames }).toEqual({ state: "ready", secretNames: ["KIND", "LEDGER"] });
    expect(protocol).toMatch(kind === "current" ? /^2026-/ : /^2025-/);
    expect(tools.map(({ name, definition }) => [name, definition.saysReadOnly])).toEqual([
      ["long_list", true],
      ["read_mail", true],
      ["send_money", false],
    ]);
    const list = await called(here, id, "long_list");
    expect(list?.text.length).toBeLessThan(longestResult + 100);
    expect(list?.text).toEndWith("[Cut here: 100000 of 300000 characters are kept.]");
  });

  test("at an address gets its token, and no error repeats it", async () => {
    await using here = openServers();
    const ledger = join(here.dataDir, "ledger");
    using server = openHttpServer(ledger);
    const fields = { name: "mail", kind: "http", url: server.url } as const;
    const { id } = here.servers.add({ ...fields, secrets: { Authorization: "Bearer a secret token" } });
    expect(await called(here, id, "send_money", { to: "A", amount: 5 })).toEqual({ text: "It is sent." });
    expect(here.servers.get(id).protocol).toMatch(/^2026-/);
    const other = here.servers.add({
      ...fields,
      name: "other",
      secrets: { Authorization: "Bearer wrong-one" },
    });
    await expect(here.servers.refresh(other.id, soon())).rejects.toThrow(/^other: /);
    expect(here.servers.get(other.id)).toMatchObject({ state: "failed" });
    expect(here.servers.get(other.id).error).not.toContain("wrong-one");
  });

  test("whose tool has been changed since it was decided is not called", async () => {
    await using here = openServers();
    const { id } = here.servers.add(program("rug pull"));
    await here.servers.refresh(id, soon());
    const tool = here.servers.toolOf(id, "send");
    if (tool === undefined) throw new Error("It lists nothing.");
    expect(await here.servers.call(tool, {}, soon())).toEqual({ text: "Done." });
    expect(await here.servers.call(tool, {}, soon())).toBeNull();
    expect(here.servers.toolOf(id, "send")?.definition.description).toBe("Sends all the money.");
  });

  test("that lists nonsense is refused by the tool, and not as a whole", async () => {
    await using here = openServers();
    const { id } = here.servers.add(program("wrong types"));
    await here.servers.refresh(id, soon());
    const { tools } = here.servers.get(id);
    expect(tools.map(({ name, problem }) => [name, problem])).toEqual([
      ["bad name!", "name"],
      ["bad_schema", "schema"],
      ["good", null],
      ["odd", null],
    ]);
  });

  test.each([
    ["hangs in the call", "It did not reply in time."],
    ["dies in the call", ""],
    ["line without end", ""],
    ["flood", ""],
    ["no result", ""],
  ])("that %s fails alone, and within its time", async (kind, words) => {
    await using here = openServers();
    const { id } = here.servers.add(program(kind));
    await expect(called(here, id, "send")).rejects.toThrow(`bank: ${words}`);
  });

  test("that ends in a call is started again", async () => {
    await using here = openServers();
    const { id } = here.servers.add(program("dies in the call"));
    await expect(called(here, id, "send")).rejects.toThrow("bank: ");
    while (here.servers.get(id).state !== "ready") await Bun.sleep(10);
  });

  test("that sends a huge result has it cut", async () => {
    await using here = openServers();
    const { id } = here.servers.add(program("huge result"));
    const result = await called(here, id, "send");
    expect(result?.text).toEndWith("[Cut here: 100000 of 3000000 characters are kept.]");
  });

  test("whose list has no end is asked for a part of it", async () => {
    await using here = openServers();
    const { id } = here.servers.add(program("endless list"));
    await here.servers.refresh(id, soon());
    expect(here.servers.get(id).tools).toHaveLength(8);
  });

  test("that says why it ends is quoted, without its secrets", async () => {
    await using here = openServers();
    const { id } = here.servers.add(program("says why", { KEY: "very-secret-key" }));
    await expect(here.servers.refresh(id, soon())).rejects.toThrow("No such bank. The key is ….");
    // At once, and without another start.
    await expect(here.servers.refresh(id, soon())).rejects.toThrow("No such bank");
  });

  test("that is never ready is given up, and is killed", async () => {
    await using here = openServers();
    await using servers = new ToolServers({
      ...{ store: here.store, dataDir: here.dataDir, version: "test", log },
      deadlines: { ...quick, start: 400, probe: 100 },
    });
    const { id } = servers.add(program("never ready"));
    await expect(servers.refresh(id, soon())).rejects.toThrow("It was not ready in time.");
    expect(existsSync(join(here.dataDir, "tool-servers", `${id}.pid`))).toBe(false);
  });

  test("ends with its descendants", async () => {
    const here = openServers();
    const ledger = join(here.dataDir, "child");
    const { id } = here.servers.add(program("has a child", { LEDGER: ledger }));
    await here.servers.refresh(id, soon());
    const child = Number(readFileSync(ledger, "utf8"));
    expect(process.kill(child, 0)).toBe(true);
    await here[Symbol.asyncDispose]();
    while (isRunning(child)) await Bun.sleep(10);
  });

  test("that a killed program has left is ended by the next one", async () => {
    await using here = openServers();
    const ledger = join(here.dataDir, "child");
    const { id } = here.servers.add(program("has a child", { LEDGER: ledger }));
    await here.servers.refresh(id, soon());
    const child = Number(readFileSync(ledger, "utf8"));
    // As if it had not ended the first one.
    await using next = new ToolServers({ store: here.store, dataDir: here.dataDir, version: "test", log });
    await next[Symbol.asyncDispose]();
    while (isRunning(child)) await Bun.sleep(10);
  });

  test("that is turned off, changed or unknown is not asked", async () => {
    await using here = openServers();
    const { id } = here.servers.add({ ...program("current"), isOn: false });
    await expect(here.servers.refresh(id, soon())).rejects.toThrow("is turned off");
    await here.servers.change(id, { isOn: true });
    await here.servers.refresh(id, soon());
    // Another program gets no secret of this one.
    expect(await here.servers.change(id, { command: "/nowhere/program" })).toMatchObject({ secretNames: [] });
    await expect(here.servers.refresh(id, soon())).rejects.toThrow("bank: ");
    await here.servers.remove(id);
    await expect(here.servers.refresh(id, soon())).rejects.toThrow("no such server");
  });
});

test.each([
  [{ name: "A Bank" }, "A server's name is"],
  [{ command: "" }, "Say which program"],
  [{ kind: "http", url: "file:///etc/passwd" }, "The address begins with"],
  [{ kind: "http", url: "http://user:word@host/" }, "The address begins with"],
  [{ secrets: { "A B": "c" } }, "A variable's name"],
  [{ kind: "http", url: "http://host/", secrets: { "A:": "c" } }, "A header's name"],
  [{ args: ["two\nlines"] }, "one line"],
] as const)("%p is refused", async (fields, words) => {
  await using here = openServers();
  expect(() => here.servers.add({ ...program("current"), ...fields })).toThrow(words);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie is waiting for its parent, and runs no more.
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
