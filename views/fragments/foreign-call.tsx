/** A call of another program's tool: what is asked for, where each value comes from, and whether it may be done. */
import { tr } from "../../src/texts/reader-language.ts";
import { safeTr } from "../safe-tr.ts";
import type { ForeignCallProps } from "../tool-call-props.ts";

type Origin = ForeignCallProps["origins"][number];

/** While it waits. It works without a script: the form leads back to the answer. */
export const WaitingCall = ({ title, foreign }: { title: string; foreign: ForeignCallProps }) => (
  <section class="tool-call" aria-label={tr`A call that waits for you: ${title}`}>
    <p role="alert">
      <strong safe>{tr`May the model call ${title}?`}</strong>
    </p>
    <div class="tool-call-details">
      {foreign.why === "changed" ? (
        <p>{safeTr`You have allowed this tool, and it describes itself otherwise now.`}</p>
      ) : (
        ""
      )}
      {foreign.why === "tainted" ? (
        <p>{safeTr`Text of a document, a memory or another tool stood before the model, which may have taken it for your words. Look at the values.`}</p>
      ) : (
        ""
      )}
      <p class="note" safe>
        {foreign.readsOnly ? tr`It only reads.` : tr`It may write or send.`}
      </p>
      <Origins origins={foreign.origins} />
      <form
        class="form-actions"
        method="post"
        action={foreign.address}
        hx-post={foreign.address}
        hx-swap="none"
        hx-disable="find button"
      >
        <button type="submit" class="button primary" name="answer" value="once">
          {safeTr`Allow once`}
        </button>
        <button type="submit" class="button" name="answer" value="always">
          {safeTr`Always allow this tool`}
        </button>
        <button type="submit" class="button" name="answer" value="refuse">
          {safeTr`Refuse`}
        </button>
      </form>
    </div>
  </section>
);

export const Origins = ({ origins }: { origins: readonly Origin[] }) =>
  origins.length === 0 ? (
    <p class="note">{safeTr`It is called without any values.`}</p>
  ) : (
    <dl class="tool-call-figures">
      {origins.map((origin) => (
        <div>
          <dt dir="auto" safe>
            {`${origin.path}: ${origin.value}`}
          </dt>
          <dd dir="auto" safe>
            {wordsOf(origin)}
          </dd>
        </div>
      ))}
    </dl>
  );

function wordsOf({ from, name = "", isPart }: Origin): string {
  switch (from) {
    case "user":
      return tr`your words`;
    case "document":
      return isPart ? tr`in part the document ${name}` : tr`the document ${name}`;
    case "memory":
      return isPart ? tr`in part the memory ${name}` : tr`the memory ${name}`;
    case "tool":
      return isPart ? tr`in part the tool ${name}` : tr`the tool ${name}`;
    default:
      return tr`the model`;
  }
}
