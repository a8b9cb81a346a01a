/**
 * A page into which the answer is written as it arrives, for browsers without JavaScript: first the page up to
 * the answer's slot, then its text, at the end its rendered form and the rest of the page.
 */

import { ToolCalls } from "../../views/fragments/tool-calls.tsx";
import {
  answerSlot,
  InterruptedPiece,
  NewsPiece,
  pieceEnd,
  pieceStart,
  plainEnd,
  plainStart,
  RenderedPiece,
  StatusPiece,
} from "../../views/fragments/written-answer.tsx";
import { toHtml } from "../../views/to-html.ts";
import { ShutdownRequest } from "../generations/generation-errors.ts";
import type { Progress } from "../generations/generation-update.ts";
import type { Generation } from "../store/schema.ts";
import { type AnswerDeps, answerAtEnd } from "./answer-props.ts";
import { coalesce } from "./coalesce-updates.ts";
import { MarkedPlainText } from "./marked-plain-text.ts";
import type { Figures } from "./rendered-texts.ts";
import { toolCallsOf } from "./tool-calls.ts";

const interval = () => 60;

/** Knows which elements of the plain text are open: what has been sent cannot be changed any more. */
class PlainText {
  #begun = false;
  #inPiece = false;

  write(safeText: string): string {
    const start = (this.#begun ? "" : plainStart) + (this.#inPiece ? "" : pieceStart);
    this.#begun = true;
    this.#inPiece = true;
    return start + safeText;
  }

  tell(progress: Progress): string {
    if (!this.#begun) return toHtml(<StatusPiece progress={progress} />);
    return this.#endPiece() + toHtml(<NewsPiece progress={progress} />);
  }

  end(): string {
    return this.#begun ? this.#endPiece() + plainEnd : "";
  }

  #endPiece(): string {
    const end = this.#inPiece ? pieceEnd : "";
    this.#inPiece = false;
    return end;
  }
}

/** @param page the whole page with `answerSlot` where the answer belongs */
export async function* writtenPage(
  page: string,
  deps: AnswerDeps,
  generation: Generation,
  signal: AbortSignal,
  siblings: readonly string[],
): AsyncGenerator<string, void, undefined> {
  const slot = page.indexOf(answerSlot);
  yield page.slice(0, slot) + toHtml(<StatusPiece progress={null} />);

  const plain = new PlainText();
  const marked = new MarkedPlainText();
  let figures: Figures = null;
  try {
    for await (const { text, progress, outcome, hasCalls } of coalesce(
      deps.generations.follow(generation.id, 0, signal),
      interval,
    )) {
      // What a tool gave may be cited from here on.
      if (hasCalls) figures = null;
      if (text !== "") {
        // With the first text its card is known.
        figures ??= deps.figuresOf?.(deps.generations.get(generation.id) ?? generation) ?? null;
        const safeText = await marked.next(text, figures);
        if (safeText !== "") yield plain.write(safeText);
      }
      const calls = hasCalls
        ? toolCallsOf(deps.generations.tokens(generation.id, 0), false, generation.id)
        : [];
      if (outcome === null && calls.some(({ foreign }) => foreign?.isWaiting)) {
        // Whoever answers comes back to the rest of it.
        yield plain.end() + toHtml(<ToolCalls calls={calls} />);
        break;
      }
      if (progress !== null) yield plain.tell(progress);
      if (outcome !== null) {
        const answer = await answerAtEnd(deps, generation, outcome, siblings);
        yield plain.end() + toHtml(<RenderedPiece answer={answer} />);
      }
    }
  } catch (error) {
    // The server is being stopped; it takes the answer up again when it starts.
    if (!(error instanceof ShutdownRequest)) throw error;
    yield plain.end() + toHtml(<InterruptedPiece conversationId={generation.conversationId} />);
  }
  yield page.slice(slot + answerSlot.length);
}
