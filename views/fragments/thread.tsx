/** What is said in a conversation, as far as it is shown: earlier turns come when the reader scrolls up to them. */

import type { ThreadProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { Turn } from "./turn.tsx";

export const shapeId = "thread-shape";

export const ThreadContents = ({ thread }: { thread: ThreadProps }) => (
  <>
    <EarlierTurns thread={thread} />
    {thread.turns.length === 0 ? <p class="note nothing">{safeTr`Nothing is said here yet.`}</p> : ""}
    {thread.isPast ? (
      <p class="later">
        <a class="button" href={`/c/${thread.conversationId}#end`}>
          {safeTr`Newest messages`}
        </a>
      </p>
    ) : (
      ""
    )}
  </>
);

/** Put in the place of the link that asked for them, with a link to what is earlier still. */
export const EarlierTurns = ({ thread }: { thread: ThreadProps }) => (
  <>
    {thread.earlierThan === null ? "" : <EarlierLink thread={thread} before={thread.earlierThan} />}
    {thread.turns.map((turn) => (
      <Turn turn={turn} />
    ))}
  </>
);

const EarlierLink = ({ thread, before }: { thread: ThreadProps; before: string }) => (
  <a
    class="earlier"
    href={`/c/${thread.conversationId}?before=${before}#end`}
    hx-get={`/c/${thread.conversationId}/earlier?before=${before}`}
    hx-trigger="revealed, click"
    hx-swap="outerHTML"
    hx-sync="this:drop"
  >
    {safeTr`Earlier messages`}
  </a>
);
