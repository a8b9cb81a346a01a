/**
 * What a model proposes to remember of an owner's own words: kept for them to accept, edit or refuse, or remembered at once where
 * they want that. What is remembered is the sentence itself. It knows nothing of models, nor of HTTP.
 */
import type { ChosenSentence } from "../conversations/chosen-sentences.ts";
import type { LibraryChange } from "../conversations/library.ts";
import { stableId } from "../conversations/transfer/stable-id.ts";
import { IdempotencyKeyReusedError, NotFoundError } from "../errors.ts";
import { titleFrom } from "../generations/new-rows.ts";
import type { AssistantMemory } from "../memory/memory.ts";
import { statedFact } from "../memory/stated-fact.ts";
import type { Store } from "../store/database.ts";
import type { Memory, Message, OwnerId, Proposal } from "../store/schema.ts";
import { say } from "../texts/say.ts";

interface ProposalsDeps {
  readonly store: Pick<Store, "commit" | "memories" | "messages" | "projects" | "proposals">;
  readonly memory: Pick<AssistantMemory, "memorize">;
  readonly tell: (change: LibraryChange) => void;
}

/** What its owner says in place of it. */
export interface ProposalEdit {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly category?: string | undefined;
}

export type OwnProposals = ReturnType<typeof proposalsOf>;

const category = "general";

/**
 * Keeps what a model has chosen of a message, but for what its owner was asked about already, or remembers.
 * @param isAutomatic it is remembered at once
 */
export async function keepChosen(
  { store, memory, tell }: ProposalsDeps,
  ownerId: OwnerId,
  { id: messageId, conversationId }: Pick<Message, "id" | "conversationId">,
  chosen: readonly ChosenSentence[],
  isAutomatic: boolean,
): Promise<void> {
  let kept = 0;
  for (const { sentence, about } of chosen) {
    const { key } = subjectOf(sentence, about);
    const hash = new Bun.CryptoHasher("sha256").update(sentence.replaceAll(/\s+/g, " ")).digest("hex");
    const id = stableId("proposal", messageId, sentence);
    const projectId = store.projects.ofConversation(conversationId)?.id ?? null;
    const isThere = store.memories
      .ofSubject({ ownerId, projectId, key, category })
      .some(({ value }) => value === sentence);
    if (isThere || store.proposals.isKnown(ownerId, hash)) continue;
    const row = { id, ownerId, conversationId, messageId, key, hash, createdAt: Date.now() };
    if (isAutomatic) {
      const said = { key, value: sentence, category, conversationId, messageId };
      const memoryId = await remember(memory, { ...said, id: memoryIdOf(id), ownerId });
      const accepted = { ...row, sentence: "", key: "", state: "accepted", memoryId } as const;
      await store.commit(() => store.proposals.insert(accepted));
    } else await store.commit(() => store.proposals.insert({ ...row, sentence }));
    kept++;
  }
  if (kept > 0) tell({ conversationId, of: "thread" });
}

const memoryIdOf = (proposalId: string) => stableId("proposed", proposalId);

/** A subject that a later statement has, too, is better than words of this one. */
function subjectOf(sentence: string, about: string): { readonly key: string } {
  const { key } = statedFact(sentence);
  return { key: key === titleFrom(sentence) ? about : key };
}

type Said = Required<ProposalEdit> & {
  readonly key: string;
  readonly value: string;
  readonly category: string;
};

/** @returns its id: stored once, whatever was said of it since */
async function remember(
  memory: ProposalsDeps["memory"],
  said: Said & { id: string; ownerId: OwnerId; conversationId: string; messageId: string },
): Promise<string> {
  try {
    return (await memory.memorize({ ...said, kind: "fact", source: "said" })).id;
  } catch (error) {
    // It was remembered before a crash, and its owner says something else of it now.
    if (error instanceof IdempotencyKeyReusedError) return said.id;
    throw error;
  }
}

export function proposalsOf({ store, memory, tell }: ProposalsDeps, ownerId: OwnerId) {
  const required = (
    id: string,
  ): Proposal & { readonly conversationId: string; readonly messageId: string } => {
    const found = store.proposals.get(id);
    const { conversationId = null, messageId = null } = found ?? {};
    if (found?.ownerId !== ownerId || conversationId === null || messageId === null)
      throw new NotFoundError(say`There is no such proposal. Its message may have been deleted.`);
    return { ...found, conversationId, messageId };
  };
  const isThere = ({ messageId }: Proposal) => messageId !== null && store.messages.isThere(messageId);
  const own = (memoryId: string | null): Memory | undefined => {
    const found = memoryId === null ? undefined : store.memories.get(memoryId);
    return found?.ownerId === ownerId ? found : undefined;
  };
  const setState = async (id: string, state: "open" | "refused"): Promise<Proposal> => {
    const found = required(id);
    if (found.state !== "accepted") {
      await store.commit(() => store.proposals.set(id, { state }));
      tell({ conversationId: found.conversationId, of: "thread" });
    }
    return required(id);
  };

  return {
    /** Those that wait for an answer, newest first. */
    open: (): readonly Proposal[] => store.proposals.open(ownerId).filter(isThere),
    /** undefined also for one whose message is erased. */
    get: (id: string): Proposal | undefined => {
      const found = store.proposals.get(id);
      return found?.ownerId === ownerId && found.messageId !== null ? found : undefined;
    },
    /** By message: those that wait, and those of which something is remembered. */
    ofMessages: (ids: readonly string[]): ReadonlyMap<string, readonly Proposal[]> =>
      new Map(
        [...store.proposals.ofMessages(ids)].map(([id, all]) => [
          id,
          all.filter(
            (one) => one.ownerId === ownerId && (one.state === "open" || own(one.memoryId) !== undefined),
          ),
        ]),
      ),
    /** Remembers it, as it is or as its owner says it. @throws NotFoundError */
    async accept(id: string, edit: ProposalEdit = {}): Promise<Memory> {
      const { key, sentence, conversationId, messageId, state, memoryId } = required(id);
      if (state !== "accepted") {
        const said = {
          key: edit.key ?? key,
          value: edit.value ?? sentence,
          category: edit.category ?? category,
        };
        const stored = await remember(memory, {
          ...{ ...said, ownerId, conversationId, messageId },
          id: memoryIdOf(id),
        });
        // From now on it stands in the memory, and is gone with that.
        await store.commit(() =>
          store.proposals.set(id, { state: "accepted", sentence: "", key: "", memoryId: stored }),
        );
        tell({ conversationId, of: "thread" });
      }
      const remembered = own(memoryId ?? memoryIdOf(id));
      if (remembered === undefined) throw new NotFoundError(say`There is no such memory.`);
      return remembered;
    },
    /** It does not come back, also when the same is said again. @throws NotFoundError */
    refuse: (id: string): Promise<Proposal> => setState(id, "refused"),
    /** One that was refused. @throws NotFoundError */
    restore: (id: string): Promise<Proposal> => setState(id, "open"),
  };
}
