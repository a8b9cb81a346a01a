/** What a model thought before its answer, folded: it can be opened while it runs, and afterwards. */

import { tr } from "../../src/texts/reader-language.ts";
import { Button } from "../components/button.tsx";
import type { ThoughtProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

export const thoughtId = (id: string) => `thought-${id}`;
export const thoughtTextId = (id: string) => `thought-text-${id}`;
export const answerNowId = (id: string) => `answer-now-${id}`;
export const thoughtWordsId = (id: string) => `thought-words-${id}`;

/** @param id of the generation */
export const Thought = ({ id, thought }: { id: string; thought: ThoughtProps }) => (
  <>
    <details class="thought" {...(thought.text === null ? loadWhenOpened(id) : {})}>
      <summary>
        <span id={thoughtWordsId(id)} safe>
          {thoughtWords(thought)}
        </span>
      </summary>
      {thought.text === null ? (
        <div class="thought-text" dir="auto">
          <a href={`/generations/${id}/thought`}>{safeTr`Show it`}</a>
        </div>
      ) : (
        <div class="thought-text" id={thoughtTextId(id)} dir="auto" safe>
          {thought.text}
        </div>
      )}
    </details>
    <div id={answerNowId(id)}>{thought.isOver ? "" : <AnswerNowForm id={id} />}</div>
  </>
);

/** For those who have waited long enough: the model answers from what it has thought. */
const AnswerNowForm = ({ id }: { id: string }) => (
  <form
    method="post"
    action={`/generations/${id}/answer/now`}
    hx-post={`/generations/${id}/answer/now`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    <Button label={tr`Answer now`} kind="quiet" size="small" />
  </form>
);

const loadWhenOpened = (id: string) =>
  ({
    "hx-get": `/generations/${id}/thought`,
    "hx-trigger": "toggle once",
    "hx-target": "find .thought-text",
    "hx-swap": "innerHTML",
  }) as const;

export function thoughtWords({ isOver, milliseconds }: Omit<ThoughtProps, "text">): string {
  if (!isOver) return tr`Thinking…`;
  if (milliseconds === null) return tr`Thought`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 1) return tr`Thought for less than a second`;
  return seconds < 120 ? tr`Thought for ${seconds} s` : tr`Thought for ${Math.round(seconds / 60)} min`;
}
