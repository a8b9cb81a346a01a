/**
 * Takes memories that are deleted out of the receipts and prompts that quote them, and puts them back with them. A
 * receipt holds no text of a memory that is not there, so every list and file of receipts may be shown as it is.
 */
import { memoriesBeforeQuestion } from "../chat/context.ts";
import type { Store } from "../store/database.ts";
import type { ContextReceipt, Memory, ReceiptMemory } from "../store/schema.ts";

type QuotingStore = Pick<Store, "memories" | "messages" | "generations">;

/**
 * Inside a transaction, after the memories have been deleted or brought back, and before they are erased.
 * @returns the conversations whose prompts no longer say the same
 */
export function rewriteQuotes(
  { memories, messages, generations }: QuotingStore,
  ids: readonly string[],
): string[] {
  const changed = new Set<string>();
  for (const id of ids) {
    const memory = memories.get(id);
    for (const generationId of memories.quotedIn(id)) {
      const generation = generations.get(generationId);
      const receipt = generation?.receipt;
      if (generation === undefined || receipt == null) continue;
      const rewritten = receipt.memories.map((quoted) => (quoted.id === id ? quote(quoted, memory) : quoted));
      if (Bun.deepEquals(rewritten, receipt.memories)) continue;
      generations.update(generationId, { receipt: { ...receipt, memories: rewritten } });
      const question = messages.get(generation.questionId);
      if (question === undefined) continue;
      messages.setPromptContext(question.id, contextOf(rewritten, memories));
      changed.add(generation.conversationId);
    }
  }
  return [...changed];
}

/**
 * Withdraws or brings back what was remembered of a conversation, as it or its messages are deleted or brought back.
 * @returns the conversations whose prompts no longer say the same
 */
export function followSource(store: QuotingStore, conversationId: string, now: number): string[] {
  return rewriteQuotes(store, store.memories.followSource(conversationId, now));
}

/** The same for what was remembered in a project. */
export function followProject(store: QuotingStore, projectId: string, now: number): string[] {
  return rewriteQuotes(store, store.memories.followProject(projectId, now));
}

function quote(quoted: ReceiptMemory, memory: Memory | undefined): ReceiptMemory {
  const { id, score } = quoted;
  const kind = quoted.kind === undefined ? {} : { kind: quoted.kind };
  if (memory === undefined) return { id, key: "", ...kind, score, isForgotten: true };
  // What was said to the model then stands, whatever the memory says since.
  return quoted.isForgotten ? { id, key: memory.key, value: memory.value, ...kind, score } : quoted;
}

/** Receipts of earlier versions have no text of their own. */
function contextOf(quoted: ContextReceipt["memories"], memories: QuotingStore["memories"]): string {
  const lines = quoted.flatMap(({ id, key, value = memories.get(id)?.value, kind, isForgotten }) =>
    isForgotten || value === undefined ? [] : [{ key, value, ...(kind === undefined ? {} : { kind }) }],
  );
  return memoriesBeforeQuestion(lines);
}
