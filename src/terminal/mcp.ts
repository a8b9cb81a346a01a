/**
 * `bun run mcp`: the running program as a server of the Model Context Protocol over standard input and output, for programs that
 * launch their servers. It hands every call to the program's own /mcp, with the key in LFA_API_KEY.
 *
 * Exit codes: those of run.ts.
 */
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport, type Tool } from "@modelcontextprotocol/client";
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { MisuseError, parseWords, run } from "../cli/run.ts";
import { unchecked } from "../mcp/mcp-server.ts";
import { readSettings } from "../settings/read-settings.ts";
import { ownTls, serverAddress } from "./address.ts";
import { ServerClient } from "./server-client.ts";

const usage = `Usage: mcp

Speaks the Model Context Protocol on standard input and output, for a program that launches its servers. The assistant has to run.
LFA_API_KEY is a key of it, where it has logins.`;

const replyWithinMs = 20_000;

async function main(words: readonly string[]): Promise<number> {
  if (parseWords(words, {}).positionals.length > 0) throw new MisuseError();
  const settings = readSettings(process.env, join(import.meta.dir, "../.."));
  const address = serverAddress(settings);
  const { apiKey } = settings;
  // Its refusals say what to do: start it, or set a key.
  await new ServerClient({ address: () => address, apiKey }).send("/api/calculators", {
    signal: AbortSignal.timeout(replyWithinMs),
  });
  const program = new Client({ name: "standard-input", version: "1" });
  await program.connect(
    new StreamableHTTPClientTransport(new URL("/mcp", address), {
      fetch: (url, init) => fetch(url, { ...init, tls: ownTls }),
      ...(apiKey === null ? {} : { requestInit: { headers: { authorization: `Bearer ${apiKey}` } } }),
    }),
  );
  const { tools } = await program.listTools();
  const ended = new Promise<void>((resolve) => process.stdin.once("end", resolve).once("close", resolve));
  const server = serveStdio(() => handingOn(program, tools));
  await ended;
  await server.close();
  await program.close();
  return 0;
}

/** What the program says of itself and its tools, in its own words. */
function handingOn(program: Client, tools: readonly Tool[]): McpServer {
  const { name = "local-financial-assistant", version = "1" } = program.getServerVersion() ?? {};
  const instructions = program.getInstructions();
  const server = new McpServer({ name, version }, instructions === undefined ? {} : { instructions });
  for (const { name, title, description, inputSchema, annotations } of tools)
    server.registerTool(
      name,
      {
        ...(title === undefined ? {} : { title }),
        ...(description === undefined ? {} : { description }),
        ...(annotations === undefined ? {} : { annotations }),
        inputSchema: unchecked(inputSchema),
      },
      async (inputs, { mcpReq }) =>
        await program.callTool(
          { name, arguments: inputs as Record<string, unknown> },
          { signal: mcpReq.signal },
        ),
    );
  return server;
}

await run(main, { usage });
