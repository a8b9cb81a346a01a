/** How full the model's context would be with what is typed, and what would be left out: told before a question is sent. */
import type { PromptPreview } from "../../src/generations/preview-prompt.ts";
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";

/** Asked for when the page of a conversation has come, when typing pauses, and when something was said. */
export const ContextMeter = ({ isNew }: { readonly isNew: boolean }) => (
  <div
    class="context-meter"
    hx-post="/context"
    hx-include="#composer"
    hx-trigger={`${isNew ? "" : "load, "}input delay:700ms from:#question, thread from:#live`}
    hx-target="this"
    hx-swap="innerMorph"
    hx-sync="this:replace"
  ></div>
);

/** @param preview null: nobody can say it at present */
export const ContextLevel = ({ preview }: { readonly preview: PromptPreview | null }) => {
  if (preview === null) return "";
  const { promptTokens, documentTokens, contextTokens } = preview;
  const share = promptTokens / contextTokens;
  const [taken, held] = [inThousands(promptTokens), inThousands(contextTokens)];
  const words =
    documentTokens === 0
      ? tr`${taken} of ${held} tokens`
      : tr`${taken} of ${held} tokens, ${inThousands(documentTokens)} for documents`;
  const problem = problemOf(preview);
  return (
    <>
      {problem === null ? (
        ""
      ) : (
        <span class={preview.isTooLong ? "context-problem" : "context-note"} role="alert" safe>
          {problem}
        </span>
      )}
      <span class="context-level" title={tr`How much of the model's context this conversation takes`}>
        <meter
          min="0"
          max="1"
          low="0.6"
          high="0.85"
          optimum="0"
          value={String(Math.min(1, share))}
          aria-label={tr`Context: ${words}`}
        ></meter>
        <small aria-hidden="true" safe>
          {words}
        </small>
      </span>
    </>
  );
};

function problemOf({ leftOut, isSummarised, isTooLong }: PromptPreview): string | null {
  if (isTooLong)
    return tr`This does not fit into the model's context. Shorten it, or split it into several questions.`;
  if (leftOut === 0) return null;
  return isSummarised
    ? tr`The oldest ${leftOut} messages no longer fit: a summary stands for them.`
    : tr`The oldest ${leftOut} messages no longer fit: the model will not read them.`;
}

/** "870", "3.1k", "128k". */
function inThousands(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  const format = new Intl.NumberFormat(languageOfReader(), {
    maximumFractionDigits: tokens < 10_000 ? 1 : 0,
  });
  return `${format.format(tokens / 1000)}k`;
}
