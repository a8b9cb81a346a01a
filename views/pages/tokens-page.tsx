/**
 * An answer token by token: how probable each was, by a colour and by its underline, and what else the model might have written.
 * One of these taken makes another version of the answer, which goes on from there.
 */

import type { Generation } from "../../src/store/schema.ts";
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

export interface ShownToken {
  /** Its place in the answer's log. */
  readonly entry: number;
  readonly text: string;
  /** From 0 to 1, before temperature. */
  readonly probability: number;
  readonly alternatives: readonly {
    readonly number: number;
    readonly text: string;
    readonly probability: number;
  }[];
}

interface Props extends FrameProps {
  readonly generation: Pick<Generation, "id" | "conversationId" | "messageId">;
  readonly isUnfinished: boolean;
  /** The last answer beside it: the form that is sent twice asks once. */
  readonly after: string;
  readonly tokens: readonly ShownToken[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** The lowest probability of each level, and its name. */
export const sureLevels = [
  [0.9, "Sure", "90 % and more"],
  [0.6, "Fairly sure", "60 to 90 %"],
  [0.3, "Unsure", "30 to 60 %"],
  [0, "A guess", "below 30 %"],
] as const;

const levelOf = (probability: number) => sureLevels.findIndex(([least]) => probability >= least);

export const TokensPage = ({ generation, isUnfinished, after, tokens, page, pages, ...frame }: Props) => (
  <Page
    {...frame}
    title={tr`How sure it was`}
    kind="chat"
    here="/"
    id="tokens"
    class="reading"
    skipToLabel={tr`the answer`}
    actions={
      <a
        class="button"
        href={`/c/${generation.conversationId}?at=${generation.messageId}#answer-${generation.id}`}
      >
        {safeTr`Back to the answer`}
      </a>
    }
  >
    {tokens.length === 0 ? (
      <NotKnown messageId={generation.messageId} isUnfinished={isUnfinished} after={after} />
    ) : (
      <>
        <p class="lead">{safeTr`Open a word to see what else the model might have written, and go on from there.`}</p>
        <Legend />
        <form class="token-view" method="post" action={`/messages/${generation.messageId}`} dir="auto">
          {tokens.map((token) => (
            <Token token={token} />
          ))}
        </form>
        <Pages id={generation.id} page={page} pages={pages} />
      </>
    )}
  </Page>
);

interface NotKnownProps {
  readonly messageId: string;
  readonly isUnfinished: boolean;
  readonly after: string;
}

const NotKnown = ({ messageId, isUnfinished, after }: NotKnownProps) =>
  isUnfinished ? (
    <p>{safeTr`The answer is still being written. Come back when it has ended.`}</p>
  ) : (
    <form method="post" action={`/messages/${messageId}`}>
      <input type="hidden" name="after" value={after} />
      <p>{safeTr`This answer was written without probabilities.`}</p>
      <p class="note">{safeTr`Run it again to see them: same prompt and settings, as another version.`}</p>
      <button type="submit" class="button" name="do" value="measure">
        {safeTr`Run again with probabilities`}
      </button>
    </form>
  );

const Legend = () => (
  <ul class="token-legend" aria-label={tr`Legend`}>
    {sureLevels.map(([, name, range], level) => (
      <li>
        <span class={`token sure-${level}`} safe>
          {translated(name)}
        </span>{" "}
        <span class="note" safe>
          {translated(range)}
        </span>
      </li>
    ))}
  </ul>
);

const shown = (probability: number) =>
  probability < 0.01 ? tr`below 1 %` : `${Math.round(probability * 100)} %`;

/** Line breaks are seen. */
const visible = (text: string) => text.replaceAll("\n", "↵\n");

const Token = ({ token: { entry, text, probability, alternatives } }: { token: ShownToken }) => (
  <details name="token" class={`token sure-${levelOf(probability)}`}>
    <summary title={shown(probability)} safe>
      {visible(text)}
    </summary>
    <span class="token-choices">
      <b safe>{shown(probability)}</b>
      {alternatives.map((other) => (
        <button type="submit" class="button small" name="take" value={`${entry}.${other.number}`}>
          <span safe>{visible(other.text).trim() || tr`(blank)`}</span>
          <span class="note" safe>
            {shown(other.probability)}
          </span>
        </button>
      ))}
    </span>
  </details>
);

const Pages = ({ id, page, pages }: { id: string; page: number; pages: number }) =>
  pages < 2 ? (
    ""
  ) : (
    <nav aria-label={tr`Pages`} class="page-actions">
      {page > 1 ? (
        <a class="button" href={`/generations/${id}/tokens?page=${page - 1}`}>
          {safeTr`Previous`}
        </a>
      ) : (
        ""
      )}
      {page < pages ? (
        <a class="button" href={`/generations/${id}/tokens?page=${page + 1}`}>
          {safeTr`Next`}
        </a>
      ) : (
        ""
      )}
    </nav>
  );
