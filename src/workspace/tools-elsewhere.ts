/** What one owner has of other programs' tools: those that they may use, their rules, and which conversation uses which server. */
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Generations } from "../generations/generations.ts";
import type { CallAnswer } from "../generations/waiting-calls.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { mayUse } from "../tools-elsewhere/may-use.ts";
import type { ServerReport, ToolServers } from "../tools-elsewhere/tool-servers.ts";
import { readsOnly, ruleOf, type StandingRule } from "../tools-elsewhere/tool-standing.ts";

interface ToolsDeps {
  readonly store: Pick<Store, "toolServers" | "users">;
  /** Left out: there are none. */
  readonly toolServers?: ToolServers;
  readonly generations: Partial<Pick<Generations, "answerCall">>;
  readonly ownerId: OwnerId;
}

type ToolRuleWord = Exclude<StandingRule, "changed">;

export type OwnToolServer = Pick<ServerReport, "id" | "name" | "state" | "error"> & {
  readonly tools: readonly (ServerReport["tools"][number] & {
    readonly readsOnly: boolean;
    readonly rule: StandingRule;
  })[];
};

export type OwnToolsElsewhere = ReturnType<typeof toolsElsewhereOf>;

/** @param isTheirs of a conversation @param hasAnswer of an answer */
export function toolsElsewhereOf(
  { store, toolServers: servers, generations, ownerId }: ToolsDeps,
  isTheirs: (id: string) => boolean,
  hasAnswer: (id: string) => boolean,
) {
  const { toolServers } = store;
  const usable = () => (servers?.list() ?? []).filter((server) => mayUse(store, server, ownerId));
  const list = (): readonly OwnToolServer[] =>
    usable().map(({ id, name, state, error, tools }) => ({
      ...{ id, name, state, error },
      tools: tools.map((tool) => ({
        ...tool,
        readsOnly: readsOnly(tool),
        rule: ruleOf(store, ownerId, tool),
      })),
    }));
  return {
    /** Those that they may use, with their tools, by name. */
    list,
    /** @throws NotFoundError when they may not use it, or it has no such tool */
    setRule(serverId: string, tool: string, rule: ToolRuleWord): void {
      const found = list()
        .find(({ id }) => id === serverId)
        ?.tools.find(({ name }) => name === tool);
      if (found === undefined) throw new NotFoundError(say`There is no such tool.`);
      toolServers.setRule(ownerId, found, rule === "ask" ? null : rule);
    },
    /** The ids of the servers that a conversation uses. */
    ofConversation: (id: string): readonly string[] => (isTheirs(id) ? toolServers.ofConversation(id) : []),
    /** In place of those that it used before. @throws NotFoundError */
    chooseFor(conversationId: string, ids: readonly string[]): void {
      if (!isTheirs(conversationId))
        throw new NotFoundError(say`This conversation no longer exists. Begin a new one.`);
      toolServers.chooseFor(conversationId, this.usable(ids));
    },
    /** @throws NotFoundError when they may not use one of them */
    usable(ids: readonly string[]): readonly string[] {
      const there = new Set(usable().map(({ id }) => id));
      if (ids.some((id) => !there.has(id))) throw new NotFoundError(say`There is no such server of tools.`);
      return ids;
    },
    /** Says whether a call that waits is allowed. @throws NotFoundError, or InvalidRequestError when none waits */
    async answer(generationId: string, callId: string, answer: CallAnswer): Promise<void> {
      if (!hasAnswer(generationId)) throw new NotFoundError(say`This answer no longer exists.`);
      if (!(await generations.answerCall?.(generationId, callId, answer)))
        throw new InvalidRequestError(say`This call does not wait any more.`, { param: "call" });
    },
  };
}
