/** Turns servers of other programs' tools into what the views are given, and their form back into fields. */
import type { ListedToolProps, ToolServerFormProps, ToolServerProps } from "../../views/tool-server-props.ts";
import type { ServerTool } from "../store/schema.ts";
import type { ServerFields } from "../tools-elsewhere/server-fields.ts";
import type { ServerReport } from "../tools-elsewhere/tool-servers.ts";

export const listedToolProps = ({
  name,
  definition,
  hash,
  readingHash,
  problem,
}: Pick<ServerTool, "name" | "definition" | "hash" | "readingHash" | "problem">): ListedToolProps => ({
  ...{ name, problem, description: definition.description, saysReadOnly: definition.saysReadOnly },
  schema: JSON.stringify(definition.schema, null, 2),
  readsOnly: definition.saysReadOnly && readingHash === hash,
});

export const toolServerProps = ({ tools, ...server }: ServerReport): ToolServerProps => ({
  ...server,
  tools: tools.map(listedToolProps),
});

export interface SentServer {
  readonly name?: string | undefined;
  readonly kind?: string | undefined;
  readonly command?: string | undefined;
  readonly args?: string | undefined;
  readonly url?: string | undefined;
  readonly secrets?: string | undefined;
}

/** What was filled in, without what is a secret. */
export const serverForm = (sent: SentServer): ToolServerFormProps => ({
  ...{ name: sent.name ?? "", kind: sent.kind ?? "stdio", command: sent.command ?? "" },
  ...{ args: sent.args ?? "", url: sent.url ?? "" },
});

export const formOf = ({ name, kind, command, args, url }: ServerReport): ToolServerFormProps =>
  serverForm({ name, kind, command, args: args.join("\n"), url });

export function fieldsOf(sent: SentServer): ServerFields {
  const kind = sent.kind === "http" ? "http" : "stdio";
  const lines = (text = "") => text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const secrets = lines(sent.secrets).map((line) => secretIn(line, kind));
  return {
    ...{ name: sent.name?.trim() ?? "", kind, command: sent.command?.trim() ?? "", args: lines(sent.args) },
    url: sent.url?.trim() ?? "",
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
  };
}

/** "NAME=value", or "Name: value". */
function secretIn(line: string, kind: "stdio" | "http"): readonly [string, string] {
  const at = line.indexOf(kind === "http" ? ":" : "=");
  return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
