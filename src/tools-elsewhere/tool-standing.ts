/** How a tool stands now: what its owner has decided of its calls, and whether it only reads. A decision is of one description. */
import type { Store } from "../store/database.ts";
import type { OwnerId, ServerTool } from "../store/schema.ts";

/** changed: it was allowed with another description than it has now. */
export type StandingRule = "ask" | "allow" | "never" | "changed";

/** A tool that is refused stays so, whatever becomes of it. */
export function ruleOf(
  { toolServers }: Pick<Store, "toolServers">,
  ownerId: OwnerId,
  { serverId, name, hash }: Pick<ServerTool, "serverId" | "name" | "hash">,
): StandingRule {
  const decided = toolServers.ruleOf(ownerId, serverId, name);
  if (decided === undefined) return "ask";
  return decided.rule === "allow" && decided.hash !== hash ? "changed" : decided.rule;
}

/** Its server says, and an admin has accepted of this description, that it changes and sends nothing. */
export const readsOnly = ({
  definition,
  readingHash,
  hash,
}: Pick<ServerTool, "definition" | "readingHash" | "hash">): boolean =>
  definition.saysReadOnly && readingHash === hash;
