/**
 * Turns a conversation of another program into one of ours: a tree in which every answer follows a question. Its ids
 * follow from the format and the original ids, and nothing in it from when it is imported, so that the same file gives
 * the same conversation.
 */
import { defaultSampling } from "../../generations/question.ts";
import {
  type ArchiveConversation,
  type ArchiveGeneration,
  type ArchiveMessage,
  longestTitle,
} from "./archive-format.ts";
import type { ForeignFormat, ImportedConversation, ImportedNode } from "./imported-conversation.ts";
import { stableId } from "./stable-id.ts";
import { type ImportedAnswer, type ImportedTurn, turnsOfImported } from "./turns-of-imported.ts";
import { visibleText } from "./visible-text.ts";

/** As long as those that the program finds itself. */
const titleLength = 60;
/** Says that an answer was there before anything was asked, as greetings are. */
const noQuestion = "[no question]";
const unknownModel = "unknown";

/** In steps, of which each is short. @throws ImportRefusedError when the messages form no tree */
export function* archiveOfImported(
  { name }: ForeignFormat,
  imported: ImportedConversation,
): Generator<void, ArchiveConversation, undefined> {
  const times = imported.nodes.flatMap(({ createdAt }) => createdAt ?? []);
  const createdAt =
    imported.createdAt ?? times.reduce((a, b) => Math.min(a, b), imported.updatedAt ?? times[0] ?? 0);
  const updatedAt = Math.max(
    createdAt,
    imported.updatedAt ?? 0,
    times.reduce((a, b) => Math.max(a, b), 0),
  );
  const { turns, shownId } = yield* turnsOfImported(imported);
  const id = stableId(name, imported.originalId === "" ? JSON.stringify(imported) : imported.originalId);
  const idOf = (nodeId: string) => stableId(id, nodeId);

  const messages: ArchiveMessage[] = [];
  const generations: ArchiveGeneration[] = [];
  for (const turn of turns) {
    yield;
    const { node } = turn;
    const at = node.createdAt ?? createdAt;
    if (turn.kind === "question") {
      const parentId = turn.follows === null ? null : idOf(turn.follows);
      messages.push(questionOf(idOf(node.id), parentId, node.parts.map(({ text }) => text).join("\n\n"), at));
      continue;
    }
    const questionId = turn.follows === null ? stableId(id, node.id, noQuestion) : idOf(turn.follows);
    if (turn.follows === null) messages.push(questionOf(questionId, null, noQuestion, at));
    const generation = generationOf(name, turn, { id: stableId(id, node.id, "generation"), at });
    generations.push({ ...generation, questionId, messageId: idOf(node.id) });
    messages.push({
      ...questionOf(idOf(node.id), questionId, visibleText(generation.tokens), at),
      role: "assistant",
    });
  }
  return {
    id,
    title: titleOf(imported, turns),
    createdAt,
    updatedAt,
    titledBy: onOneLine(imported.title) === "" ? "question" : "model",
    leafId: shownId === null ? null : idOf(shownId),
    folder: onOneLine(imported.folder).slice(0, longestTitle),
    pinnedAt: imported.pinned ? updatedAt : null,
    archivedAt: imported.archived ? updatedAt : null,
    forkedFrom: null,
    messages,
    generations,
  };
}

const questionOf = (
  id: string,
  parentId: string | null,
  content: string,
  createdAt: number,
): ArchiveMessage => ({
  id,
  parentId,
  role: "user",
  content,
  promptContext: "",
  createdAt,
});

/** A finished answer; of how it was drawn nothing is known, so it has what a new question would have. */
function generationOf(
  engine: string,
  { parts, model }: ImportedAnswer,
  { id, at }: { readonly id: string; readonly at: number },
): Omit<ArchiveGeneration, "questionId" | "messageId"> {
  const shownModel = model?.slice(0, longestTitle) ?? unknownModel;
  return {
    id,
    state: "done",
    model: shownModel,
    sampling: { ...defaultSampling, seed: 0 },
    memoryContext: 3,
    receipt: null,
    writers: [{ engine, model: shownModel, modelHash: null, fromToken: 0 }],
    finishReason: "stop",
    usage: null,
    timings: null,
    error: null,
    crashes: 0,
    createdAt: at,
    startedAt: at,
    endedAt: at,
    tokens: parts.map((part) => ({ ...part, ids: [] })),
  };
}

function titleOf(imported: ImportedConversation, turns: readonly ImportedTurn[]): string {
  const title = onOneLine(imported.title).slice(0, longestTitle);
  if (title !== "") return title;
  const asked = turns.find(({ kind }) => kind === "question");
  return onOneLine(asked === undefined ? "" : textOf(asked.node)).slice(0, titleLength) || "Imported";
}

const textOf = ({ parts }: ImportedNode) => parts.map(({ text }) => text).join(" ");

const onOneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();
