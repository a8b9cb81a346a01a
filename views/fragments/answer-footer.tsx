/** What stands under an answer that has ended: why it ended if not by itself, what wrote it, and what to do next. */
import { RetryIcon } from "../icons.tsx";
import type { AnswerProps } from "../props.ts";

export const AnswerFooter = ({ answer }: { answer: AnswerProps }) => (
  <footer class="message-footer">
    {answer.state === "failed" ? (
      <div class="failure" role="alert">
        <p safe>{answer.error?.message ?? "The answer could not be completed."}</p>
        {answer.text === "" ? "" : <p class="note">What had been written until then is kept above.</p>}
        <RetryForm id={answer.id} label="Retry" />
      </div>
    ) : (
      ""
    )}
    {answer.state === "stopped" ? (
      <div class="note">
        <span>You stopped this answer.</span>
        <RetryForm id={answer.id} label="Ask again" />
      </div>
    ) : (
      ""
    )}
    {answer.cut ? <p class="note">The answer reached the length limit and ends here.</p> : ""}
    {answer.unstreamed ? <p class="note">Shown at once: streaming is not available here.</p> : ""}
    <p class="written-by">
      <span safe>{answer.model}</span>
      {answer.tokensPerSecond === null ? (
        ""
      ) : (
        <span class="speed">{Math.round(answer.tokensPerSecond)} tokens/s</span>
      )}
      {answer.text === "" ? (
        ""
      ) : (
        <button type="button" class="copy" data-copy="answer">
          Copy
        </button>
      )}
    </p>
  </footer>
);

const RetryForm = ({ id, label }: { id: string; label: "Retry" | "Ask again" }) => (
  <form
    class="retry-form"
    method="post"
    action={`/generations/${id}/answer/retry`}
    hx-post={`/generations/${id}/answer/retry`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    <button type="submit" class="button retry">
      <RetryIcon />
      <span>{label}</span>
    </button>
  </form>
);
