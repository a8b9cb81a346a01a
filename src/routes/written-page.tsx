/**
 * A page into which the answer is written as it arrives, for browsers without JavaScript: first the page up to
 * the answer's slot, then its text, at the end its rendered form and the rest of the page.
 */
import Html from "@kitajs/html";
import {
  answerSlot,
  InterruptedPiece,
  plainTextEnd,
  plainTextStart,
  RenderedPiece,
  StatusPiece,
} from "../../views/fragments/written-answer.tsx";
import { toHtml } from "../../views/to-html.ts";
import { ShutdownRequest } from "../generations/generation-errors.ts";
import type { Generation } from "../store/schema.ts";
import { answerAtEnd } from "./answer-props.ts";
import { coalesce } from "./coalesce-updates.ts";
import type { GenerationsPort } from "./page-ports.ts";

const interval = () => 60;

/** @param page the whole page with `answerSlot` where the answer belongs */
export async function* writtenPage(
  page: string,
  generations: GenerationsPort,
  generation: Generation,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const slot = page.indexOf(answerSlot);
  yield page.slice(0, slot) + toHtml(<StatusPiece progress={null} />);

  let begun = false;
  try {
    for await (const batch of coalesce(generations.follow(generation.id, 0, signal), interval)) {
      if (batch.progress !== null && !begun) yield toHtml(<StatusPiece progress={batch.progress} />);
      if (batch.text !== "") {
        yield (begun ? "" : plainTextStart) + Html.escapeHtml(batch.text);
        begun = true;
      }
      if (batch.outcome !== null) {
        const answer = answerAtEnd(generations, generation, batch.outcome);
        yield (begun ? plainTextEnd : "") + toHtml(<RenderedPiece answer={answer} />);
      }
    }
  } catch (error) {
    // The server is being stopped; it takes the answer up again when it starts.
    if (!(error instanceof ShutdownRequest)) throw error;
    yield (begun ? plainTextEnd : "") +
      toHtml(<InterruptedPiece conversationId={generation.conversationId} />);
  }
  yield page.slice(slot + answerSlot.length);
}
