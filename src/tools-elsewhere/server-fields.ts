/** What an admin says of a server of tools, checked. It knows nothing of connections or of forms. */
import { InvalidRequestError } from "../errors.ts";
import type { ToolServer } from "../store/tool-tables.ts";
import { say } from "../texts/say.ts";

export interface ServerFields {
  readonly name?: string | undefined;
  readonly kind?: ToolServer["kind"] | undefined;
  readonly command?: string | undefined;
  readonly args?: readonly string[] | undefined;
  /** Variables or headers; left out: those that it has. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  readonly url?: string | undefined;
  readonly isOn?: boolean | undefined;
  readonly isShared?: boolean | undefined;
}

const longestServerName = 24;
export const mostServers = 50;
const longestText = 2_000;
const mostParts = 50;

/** @throws InvalidRequestError that names the field */
export function serverWith(before: ToolServer, fields: ServerFields): ToolServer {
  const { name, kind, command, args, secrets, url, isOn, isShared } = { ...before, ...given(fields) };
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestServerName)
    refuse("name", say`A server's name is 1 to 24 letters from a to z, digits and hyphens.`);
  if (args.length > mostParts || Object.keys(secrets).length > mostParts)
    refuse("args", say`Those are too many values.`);
  for (const text of [command, url, ...args, ...Object.values(secrets)])
    if (text.length > longestText || /[\0\r\n]/.test(text))
      refuse("args", say`Each value is one line of at most ${{ decimal: `${longestText}` }} characters.`);
  if (kind === "stdio") {
    if (command.trim() === "") refuse("command", say`Say which program is to be started.`);
    for (const variable of Object.keys(secrets))
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable))
        refuse("secrets", say`A variable's name is made of letters, digits and _.`);
  } else {
    if (!isAddress(url))
      refuse("url", say`The address begins with http:// or https://, without a user in it.`);
    for (const header of Object.keys(secrets))
      if (!/^[A-Za-z0-9-]+$/.test(header))
        refuse("secrets", say`A header's name is made of letters, digits and hyphens.`);
  }
  const { id, createdAt } = before;
  const own = kind === "stdio" ? { command, args, url: "" } : { command: "", args: [], url };
  return { id, name, kind, ...own, secrets, isOn, isShared, createdAt };
}

const given = (fields: ServerFields): Partial<ToolServer> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function isAddress(url: string): boolean {
  const address = URL.parse(url);
  return (
    (address?.protocol === "http:" || address?.protocol === "https:") &&
    address.username === "" &&
    address.password === ""
  );
}

function refuse(param: string, words: ReturnType<typeof say>): never {
  throw new InvalidRequestError(words, { param });
}
