/** The tokens of the part of an answer that exists already, its thought among them. It knows nothing of sequences. */
import type { Continuation, GenerateRequest } from "../../chat/engine.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";

/** So many tokens hold the mark of a thought and the blanks after it. */
const longestMark = 16;

/**
 * @param modelHash of the file that goes on: ids of another model's tokens mean nothing to it
 * @param asked the prompt's tokens; some templates end it with the mark that opens a thought
 * @returns the tokens, and whether what is drawn after them belongs to a thought
 */
export function continuedTokens(
  runtime: Pick<LlamaRuntime, "textTokens" | "formTokens" | "detokenize" | "form">,
  request: Pick<GenerateRequest, "continueFrom" | "prompt" | "format" | "tools" | "toolChoice">,
  { modelHash, asked }: { readonly modelHash: string | null; readonly asked: readonly number[] },
): { readonly continued: readonly number[]; readonly isThinking: boolean } {
  const { text, thought = [], isThoughtOver, tokens }: Continuation = request.continueFrom ?? { text: "" };
  const isSameModel = tokens !== undefined && tokens.modelHash === modelHash;
  const tokensOf = (piece: string, ids: readonly number[] = []) =>
    isSameModel && ids.length > 0 ? ids : runtime.textTokens(piece);
  const spoken = text === "" ? [] : tokensOf(text, tokens?.ids);
  if (!mayThink(request)) return { continued: spoken, isThinking: false };
  const form = runtime.form.thought;
  const isOpen = opensThought(runtime, asked);
  if (thought.length === 0 && !isOpen) return { continued: spoken, isThinking: false };
  const opening = isOpen ? [] : runtime.formTokens(form.open);
  const begun = [...opening, ...thought.flatMap((piece) => tokensOf(piece.text, piece.ids))];
  if (text === "" && isThoughtOver !== true) return { continued: begun, isThinking: true };
  const closing = closingOf(runtime);
  return { continued: [...begun, ...closing, ...spoken], isThinking: false };
}

type Marks = Pick<LlamaRuntime, "formTokens" | "detokenize" | "form">;

/** Whether a prompt ends with the mark that opens a thought. */
export const opensThought = (runtime: Marks, asked: readonly number[]): boolean =>
  runtime.detokenize(asked.slice(-longestMark), [], true).trimEnd().endsWith(runtime.form.thought.open);

/** What ends a thought, and opens the answer after it. */
export const closingOf = (runtime: Marks): readonly number[] => {
  const { close, turn, answer } = runtime.form.thought;
  return runtime.formTokens(`${close}${turn + answer || "\n\n"}`);
};

/** Not where the form of its first token is given. */
const mayThink = ({
  prompt,
  format,
  tools = [],
  toolChoice,
}: Pick<GenerateRequest, "prompt" | "format" | "tools" | "toolChoice">) =>
  prompt === undefined &&
  format === undefined &&
  (tools.length === 0 || (toolChoice !== "required" && typeof toolChoice !== "object"));
