/**
 * What a model is offered of the servers that a conversation uses: names that are unique and safe, descriptions that say whose words
 * they are, the likeliest tools first. It knows nothing of engines.
 */
import type { Tool } from "../chat/engine.ts";
import { AppError } from "../errors.ts";
import type { ForeignTool, ForeignTools, ForeignToolsFor } from "../generations/foreign-tools.ts";
import type { ToolLimits } from "../generations/own-tools.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId, ServerTool } from "../store/schema.ts";
import { mayUse } from "./may-use.ts";
import type { ServerReport, ToolServers } from "./tool-servers.ts";
import { readsOnly, ruleOf } from "./tool-standing.ts";

interface OfferDeps {
  readonly store: Pick<Store, "toolServers" | "users">;
  readonly servers: ToolServers;
  /** Of the program's own tools: what a model is trusted with. */
  readonly limitsOf: (model: string) => ToolLimits;
  readonly log: Log;
}

/** How long an answer waits for a server to say what it offers now, in milliseconds; then what it offered last counts. */
const patienceMs = 5_000;
const longestName = 64;
const [mostOffered, fewestRounds] = [32, 6];

export const foreignToolsOf =
  (deps: OfferDeps): ForeignToolsFor =>
  async ({ question, ownerId, conversationId, signal }) => {
    const { store, servers } = deps;
    const used = new Set(store.toolServers.ofConversation(conversationId));
    const all = () =>
      servers.list().filter((server) => used.has(server.id) && mayUse(store, server, ownerId));
    await Promise.all(all().map((server) => listedNow(deps, server, signal)));
    signal.throwIfAborted();
    const offered = namedTools(all(), question);
    return offered.size === 0 ? null : new OfferedTools(deps, ownerId, offered);
  };

/** Its tools as they are now, where it says so in time. */
async function listedNow({ servers, log }: OfferDeps, { id, name }: ServerReport, signal: AbortSignal) {
  const late = AbortSignal.timeout(patienceMs);
  try {
    await servers.refreshStale(id, AbortSignal.any([signal, late]));
  } catch (error) {
    signal.throwIfAborted();
    // Its page says why; what it offered before is refused when it is called.
    if (error instanceof AppError || late.aborted) log.warn("tools-not-listed", { server: name });
    else throw error;
  }
}

interface Named {
  readonly server: ServerReport;
  readonly tool: ServerTool;
}

/** By the name that a model is offered, the likeliest first. */
function namedTools(servers: readonly ServerReport[], question: string): ReadonlyMap<string, Named> {
  const asked = new Set(wordsOf(question));
  const scored = servers
    .flatMap((server) => server.tools.map((tool) => ({ server, tool })))
    .filter(({ tool }) => tool.problem === null)
    .map((named) => ({ named, score: scoreOf(named.tool, asked) }))
    .toSorted((a, b) => b.score - a.score);
  const byName = new Map<string, Named>();
  for (const { named } of scored) {
    const plain = `${named.server.name}__${named.tool.name}`.replaceAll(/[^A-Za-z0-9_-]/g, "_");
    let name = plain.slice(0, longestName);
    for (let number = 2; byName.has(name); number++) name = `${plain.slice(0, longestName - 4)}_${number}`;
    byName.set(name, named);
  }
  return byName;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
const scoreOf = ({ definition }: ServerTool, asked: ReadonlySet<string>): number =>
  new Set(
    wordsOf(`${definition.name.replaceAll("_", " ")} ${definition.title ?? ""} ${definition.description}`),
  ).intersection(asked).size;

class OfferedTools implements ForeignTools {
  readonly tools: readonly Tool[];
  readonly #deps: OfferDeps;
  readonly #ownerId: OwnerId;
  readonly #offered: ReadonlyMap<string, Named>;

  constructor(deps: OfferDeps, ownerId: OwnerId, offered: ReadonlyMap<string, Named>) {
    this.#deps = deps;
    this.#ownerId = ownerId;
    this.#offered = offered;
    this.tools = [...offered].map(
      ([
        name,
        {
          server,
          tool: { definition },
        },
      ]) => ({
        name,
        description:
          `${definition.description}\n[A tool of ${server.name}, another program. It says so itself.]`.trim(),
        parameters: definition.schema,
      }),
    );
  }

  limits(model: string): ToolLimits {
    const limits = this.#deps.limitsOf(model);
    if (limits.offered === 0) return limits;
    const offered = Math.min(mostOffered, limits.offered + this.tools.length);
    return { ...limits, offered, rounds: Math.max(fewestRounds, limits.rounds) };
  }

  find(name: string): ForeignTool | null {
    const { store, servers } = this.#deps;
    const named = this.#offered.get(name);
    if (named === undefined) return null;
    const server = servers.list().find(({ id }) => id === named.server.id);
    const tool = servers.toolOf(named.server.id, named.tool.name);
    if (server === undefined || tool === undefined || !mayUse(store, server, this.#ownerId)) return null;
    return {
      ...{ serverId: server.id, server: server.name, name: tool.name, hash: tool.hash },
      readsOnly: readsOnly(tool),
      isBesideOthers: [...this.#offered.values()].some((other) => other.server.id !== server.id),
      rule: ruleOf(store, this.#ownerId, tool),
    };
  }

  allowAlways({ serverId, name, hash }: ForeignTool): void {
    this.#deps.store.toolServers.setRule(this.#ownerId, { serverId, name, hash }, "allow");
  }

  async call(tool: ForeignTool, given: Readonly<Record<string, unknown>>, signal: AbortSignal) {
    try {
      return (await this.#deps.servers.call(tool, given, signal)) ?? changed;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      return { text: error.message, failed: true as const };
    }
  }
}

const changed = {
  text: "The tool is another one than it was when this call was decided. It was not called.",
  failed: true,
} as const;
