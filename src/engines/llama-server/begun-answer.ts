/** The tokens of the part of an answer that exists already, its thought among them. It knows nothing of HTTP. */
import type { Continuation } from "../../chat/engine.ts";
import { usualThought } from "../llama/template/thought-form.ts";

const { open: thoughtOpen, close: thoughtClose } = usualThought;

/** A text with its tokens where they are known; a mark is a token of the model's own. */
interface BegunPiece {
  readonly text: string;
  readonly ids: readonly number[];
  readonly isMark: boolean;
}

interface BegunAnswer {
  readonly pieces: readonly BegunPiece[];
  /** Whether what is drawn next belongs to a thought. */
  readonly isThinking: boolean;
}

/**
 * @param modelHash of the file that goes on: ids of another model's tokens mean nothing to it
 * @param asked the text of the prompt: some templates end it with the mark that opens a thought
 */
export function begunAnswer(
  continueFrom: Continuation | undefined,
  {
    modelHash,
    asked,
    mayThink,
  }: { readonly modelHash: string | null; readonly asked: string; readonly mayThink: boolean },
): BegunAnswer {
  const { text, thought = [], isThoughtOver, tokens }: Continuation = continueFrom ?? { text: "" };
  const isSameModel = tokens !== undefined && tokens.modelHash === modelHash;
  const known = (ids: readonly number[] = []) => (isSameModel ? ids : []);
  const spoken = text === "" ? [] : [{ text, ids: known(tokens?.ids), isMark: false }];
  const isOpen = mayThink && asked.trimEnd().endsWith(thoughtOpen);
  if (!mayThink || (thought.length === 0 && !isOpen)) return { pieces: spoken, isThinking: false };
  const begun = [
    ...(isOpen ? [] : [mark(thoughtOpen)]),
    ...thought.map((piece) => ({ text: piece.text, ids: known(piece.ids), isMark: false })),
  ];
  if (text === "" && isThoughtOver !== true) return { pieces: begun, isThinking: true };
  return { pieces: [...begun, mark(`${thoughtClose}\n\n`), ...spoken], isThinking: false };
}

const mark = (text: string): BegunPiece => ({ text, ids: [], isMark: true });
