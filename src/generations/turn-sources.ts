/**
 * What stands in the prompt of an answer, apart by who wrote it: the user's own words, and the texts of documents, memories and tools,
 * in which somebody else may have written what a model takes for an instruction. It knows nothing of tools.
 */
import type { Store } from "../store/database.ts";
import type { Generation, LoggedToken, Message } from "../store/schema.ts";
import { longestPath } from "./answer-figures.ts";

/** A text that is not the user's own, and what it is called. */
export interface OtherText {
  readonly from: "document" | "memory" | "tool";
  readonly name: string;
  readonly text: string;
}

export interface TurnSources {
  readonly own: readonly string[];
  readonly others: readonly OtherText[];
  /** Whether a text that is not the user's own stands in the prompt, or in that of an earlier answer that the prompt repeats. */
  readonly isTainted: boolean;
}

export interface SourceDeps {
  readonly messages: Pick<Store["messages"], "ancestors">;
  readonly generations: Pick<Store["generations"], "forMessage">;
  readonly files: Pick<Store["files"], "ofMessages" | "textOf">;
  readonly documents: Pick<Store["documents"], "ofMessages">;
}

/** @param taken the answer's log so far */
export function turnSources(
  store: SourceDeps,
  { questionId, receipt }: Pick<Generation, "questionId" | "receipt">,
  taken: readonly LoggedToken[],
): TurnSources {
  const path = store.messages.ancestors(questionId, longestPath);
  const asked = path.filter(({ role }) => role === "user");
  const ids = asked.map(({ id }) => id);
  const files = [...store.files.ofMessages(ids).values()].flat().map((file) => ({
    ...{ from: "document" as const, name: file.name },
    text: store.files.textOf(file.id),
  }));
  const passages = [...store.documents.ofMessages(ids).values()]
    .flat()
    .map(({ name, text }) => ({ from: "document" as const, name, text }));
  const memories = (receipt?.memories ?? []).map(({ key, value = "" }) => ({
    ...{ from: "memory" as const, name: key },
    text: `${key}: ${value}`,
  }));
  const results = taken.flatMap(({ toolResult }) =>
    toolResult === undefined
      ? []
      : [{ from: "tool" as const, name: toolResult.from ?? "", text: toolResult.content }],
  );
  const others = [...passages, ...files, ...memories, ...results];
  const isTainted =
    others.length > 0 ||
    // What was said before its beginning is not known here.
    path.length >= longestPath ||
    path.some((message) => message.role === "assistant" && isOfOthers(store, message));
  return { own: asked.map(({ content }) => content), others, isTainted };
}

/** Whether what others wrote may have gone into this answer; of one whose prompt is not known it may. */
function isOfOthers({ generations }: SourceDeps, { id }: Message): boolean {
  const receipt = generations.forMessage(id)?.receipt ?? null;
  if (receipt === null) return true;
  const { memories, passages = [], files = [], toolCalls = 0, summary } = receipt;
  return memories.length + passages.length + files.length + toolCalls > 0 || summary !== undefined;
}
