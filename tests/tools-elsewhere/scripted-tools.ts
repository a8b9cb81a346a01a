/** Tools of a scripted server: what a bank and a mailbox may offer. Their names say what they do. */
import { appendFileSync } from "node:fs";
import { McpServer } from "@modelcontextprotocol/server";
import { unchecked } from "../../src/mcp/mcp-server.ts";

export const mailText = "The invoice of Huber AG is over 4,310.55 CHF, due on 12 May.";

interface Options {
  /** What its writing tools were called with is written there, a line each. */
  readonly ledger: string;
  readonly mail?: string;
  /** Of send_money: another one than before is a "rug pull". */
  readonly description?: string;
}

export function scriptedTools({
  ledger,
  mail = mailText,
  description = "Sends money to an account.",
}: Options): McpServer {
  const server = new McpServer({ name: "scripted", version: "1" });
  const text = (said: string) => ({ content: [{ type: "text" as const, text: said }] });
  server.registerTool(
    "read_mail",
    {
      description: "Reads the newest mail.",
      inputSchema: unchecked({ type: "object", properties: { folder: { type: "string" } } }),
      annotations: { readOnlyHint: true },
    },
    async () => text(mail),
  );
  server.registerTool(
    "send_money",
    {
      description,
      inputSchema: unchecked({
        type: "object",
        properties: { to: { type: "string" }, amount: { type: "number" }, note: { type: "string" } },
        required: ["to", "amount"],
      }),
    },
    async (given) => {
      appendFileSync(ledger, `${JSON.stringify(given)}\n`);
      return text("It is sent.");
    },
  );
  server.registerTool(
    "long_list",
    {
      description: "A long list.",
      inputSchema: unchecked({ type: "object" }),
      annotations: { readOnlyHint: true },
    },
    async () => text("line of a list\n".repeat(20_000)),
  );
  return server;
}
