/**
 * Makes turns of an imported tree: nodes that are of no interest are taken out, what follows them follows the node
 * before them, and several nodes of the assistant in a row, between which it used tools, become one answer.
 */

import { say } from "../../texts/say.ts";
import type { ImportedConversation, ImportedNode, ImportedPart } from "./imported-conversation.ts";
import { lengthOfLongestPath } from "./longest-path.ts";
import { ImportRefusedError } from "./transfer-errors.ts";

interface ImportedQuestion {
  readonly kind: "question";
  readonly node: ImportedNode;
  /** The id of the turn before it. */
  readonly follows: string | null;
}

export interface ImportedAnswer {
  readonly kind: "answer";
  /** The last one of the nodes that it is made of; its id is the answer's. */
  readonly node: ImportedNode;
  readonly parts: readonly ImportedPart[];
  readonly model: string | null;
  /** The id of the question; null: nothing had been asked. */
  readonly follows: string | null;
}

export type ImportedTurn = ImportedQuestion | ImportedAnswer;

/**
 * Answers that branch after some nodes repeat those nodes. In a file made to do harm that would grow with the square of
 * its size, so the answers of a conversation together have a limit of characters, and of parts.
 */
const mostRepeated = 64 * 2 ** 20;

interface Turns {
  readonly turns: readonly ImportedTurn[];
  readonly shownId: string | null;
}

/** In steps, of which each is short. @throws ImportRefusedError when nodes follow each other in a circle, or repeat too much */
export function* turnsOfImported({
  nodes,
  shownId,
}: ImportedConversation): Generator<void, Turns, undefined> {
  const parents = new Map<string, string | null>();
  const byId = new Map<string, ImportedNode>();
  for (const node of nodes) {
    parents.set(node.id, node.parentId);
    byId.set(node.id, node);
    yield;
  }
  yield* lengthOfLongestPath(parents);
  const before = yield* nodesBefore(nodes, byId);

  const goesOn = new Set<string>();
  const isAsked = new Set<string>();
  for (const node of nodes) {
    const above = node.role === null ? undefined : before.get(node.id);
    if (above !== undefined && above !== null) (node.role === "assistant" ? goesOn : isAsked).add(above.id);
    yield;
  }
  const shownNode = shownId === null ? undefined : byId.get(shownId);
  const shown = shownNode?.role === null ? before.get(shownNode.id) : shownNode;

  let repeated = 0;
  const answerThatEndsAt = function* (node: ImportedNode): Generator<void, ImportedAnswer, undefined> {
    const run = [node];
    let above = before.get(node.id) ?? null;
    for (; above?.role === "assistant"; above = before.get(above.id) ?? null) {
      repeated += 1 + lengthOf(above);
      if (repeated > mostRepeated) throw new ImportRefusedError(say`Its answers branch too often.`);
      yield void run.push(above);
    }
    const parts = joined(run.reverse().flatMap((each) => each.parts));
    const model = run.findLast((each) => each.model !== null)?.model ?? null;
    return { kind: "answer", node, parts, model, follows: above?.id ?? null };
  };

  const turns: ImportedTurn[] = [];
  for (const node of nodes) {
    yield;
    if (node.role === "user")
      turns.push({ kind: "question", node, follows: before.get(node.id)?.id ?? null });
    if (node.role !== "assistant") continue;
    const isEnd = !goesOn.has(node.id) || isAsked.has(node.id) || node === shown;
    if (isEnd) turns.push(yield* answerThatEndsAt(node));
  }
  return { turns, shownId: shown?.id ?? null };
}

/** Of each node the nearest one above it that is of interest. */
function* nodesBefore(
  nodes: readonly ImportedNode[],
  byId: ReadonlyMap<string, ImportedNode>,
): Generator<void, ReadonlyMap<string, ImportedNode | null>, undefined> {
  const before = new Map<string, ImportedNode | null>();
  for (const start of nodes) {
    const passed: ImportedNode[] = [];
    let at: ImportedNode | undefined = start;
    let found: ImportedNode | null | undefined;
    while (at !== undefined && found === undefined) {
      found = before.get(at.id);
      if (found !== undefined) break;
      yield void passed.push(at);
      const above: ImportedNode | undefined = at.parentId === null ? undefined : byId.get(at.parentId);
      if (above !== undefined && above.role !== null) found = above;
      at = above;
    }
    for (const { id } of passed) yield void before.set(id, found ?? null);
  }
  return before;
}

const lengthOf = ({ parts }: ImportedNode) => parts.reduce((sum, { text }) => sum + text.length, 0);

/** A blank line between one text and the next; where the answer is read as a whole they are still apart. */
function joined(parts: readonly ImportedPart[]): readonly ImportedPart[] {
  let hasText = false;
  return parts
    .filter(({ text, toolCall }) => text !== "" || toolCall !== undefined)
    .map((part) => {
      if (part.reasoning || part.toolCall !== undefined) return part;
      const text = hasText ? `\n\n${part.text}` : part.text;
      hasText = true;
      return { text };
    });
}
