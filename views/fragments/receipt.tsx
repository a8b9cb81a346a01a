/** How an answer was made: what went into its prompt and what did not, what wrote it, with which numbers. */

import type { ContextReceipt, ReceiptMemory } from "../../src/store/schema.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { passageAddress, placeInWords } from "../passage-place.ts";
import type { ReceiptMessage, ReceiptProps } from "../receipt-props.ts";
import { element, safeTr } from "../safe-tr.ts";
import { blocksId } from "./answer.tsx";
import { AfterField } from "./message-tools.tsx";
import { Named } from "./named.tsx";
import { decimal, shownCount } from "./status-amounts.ts";
import { questionId } from "./turn.tsx";

/** @param props.isInThread the answer stands above it */
export const Receipt = ({
  isInThread = false,
  ...props
}: ReceiptProps & { readonly isInThread?: boolean }) => (
  <>
    <Facts rows={factsOf(props)} />
    <p class="how-sure">
      <a class="button" href={`/generations/${props.generation.id}/tokens`}>
        {safeTr`Show how sure it was`}
      </a>
      {isInThread && props.generation.sampling.topLogprobs !== null ? (
        <button
          type="button"
          class="button"
          hx-get={`/generations/${props.generation.id}/tokens`}
          hx-target={`#${blocksId(props.generation.id)}`}
          hx-swap="innerHTML"
        >
          {safeTr`Underline unsure words`}
        </button>
      ) : (
        ""
      )}
    </p>
    <Prompt {...props} />
    <form
      method="post"
      action={`/messages/${props.generation.messageId}`}
      hx-post={`/messages/${props.generation.messageId}`}
      hx-swap="none"
      hx-sync="this:drop"
    >
      <AfterField answer={{ messageId: props.generation.messageId, siblings: props.siblings }} />
      <button type="submit" class="button" name="do" value="replay">
        {safeTr`Run again`}
      </button>
      <p class="note">{safeTr`Same prompt and settings, as another version.`}</p>
    </form>
  </>
);

/** In the thread, under the answer; on a page of its own it stands open. */
export const ReceiptDetails = (props: ReceiptProps) => (
  <details class="receipt" open>
    <summary autofocus>{safeTr`How this answer was made`}</summary>
    <Receipt {...props} isInThread />
  </details>
);

/** A hash is shown by its beginning; the whole of it is the title, and what is copied. */
type Row = readonly [name: string, value: string | null, kind?: "hash"];

const Facts = ({ rows }: { rows: readonly Row[] }) => (
  <dl class="how-facts">
    {rows.map(([name, value, kind]) =>
      value === null ? (
        ""
      ) : (
        <div class="fact">
          <dt safe>{name}</dt>
          {kind === "hash" ? <Hash hash={value} /> : <dd safe>{value}</dd>}
        </div>
      ),
    )}
  </dl>
);

const Hash = ({ hash }: { hash: string }) => (
  <dd>
    <span class="hash" title={hash} tabindex="0">
      <span aria-hidden="true" safe>{`${hash.slice(0, 12)}…`}</span>
      <span class="visually-hidden" safe>
        {hash}
      </span>
    </span>
    <button type="button" class="copy" data-copy="hash" data-text={hash}>
      {safeTr`Copy`}
    </button>
  </dd>
);

const toolsOf = ({ tools = [], toolCalls = 0 }: ContextReceipt) =>
  toolCalls === 1
    ? tr`1 call; offered were ${tools.join(", ")}`
    : tr`${toolCalls} calls; offered were ${tools.join(", ")}`;

function factsOf({ generation }: ReceiptProps): readonly Row[] {
  const { writers, model, sampling, usage, timings, receipt } = generation;
  const promptTokens = usage?.promptTokens ?? receipt?.promptTokens ?? null;
  const budget = receipt?.budgetTokens ?? null;
  const { temperature, topP, maxTokens, seed, stop } = sampling;
  return [
    ...(writers.length === 0 ? [[tr`Model asked for`, model] as const] : []),
    ...writers.flatMap((writer): Row[] => [
      [
        tr`Engine and model`,
        writer.fromToken === 0
          ? `${writer.engine}, ${writer.model}`
          : tr`${writer.engine}, ${writer.model}, from token ${shownCount(writer.fromToken)}`,
      ],
      [tr`Model file`, writer.modelHash, "hash"],
    ]),
    [tr`Project`, receipt?.project === undefined ? null : receipt.project.name || tr`(deleted)`],
    [tr`Sampling`, tr`temperature ${temperature}, top-p ${topP}, at most ${shownCount(maxTokens)} tokens`],
    [tr`Stops at`, stop.length === 0 ? null : stop.map((text) => JSON.stringify(text)).join(", ")],
    [tr`Seed`, seed === undefined ? null : String(seed)],
    [tr`Prompt`, promptTokens === null ? null : tokensOf(promptTokens, budget, usage?.cachedTokens ?? 0)],
    [tr`Tools`, receipt?.tools === undefined ? null : toolsOf(receipt)],
    [tr`Answer`, usage === null ? null : tr`${shownCount(usage.completionTokens)} tokens`],
    [tr`Reading`, timings === null ? null : speed(timings.promptPerSecond, timings.promptMs)],
    [tr`Writing`, timings === null ? null : speed(timings.decodePerSecond, timings.decodeMs)],
    [tr`First token`, timings === null ? null : tr`after ${milliseconds(timings.timeToFirstTokenMs)}`],
  ];
}

const tokensOf = (count: number, budget: number | null, cached: number) => {
  const tokens =
    budget === null
      ? tr`${shownCount(count)} tokens`
      : tr`${shownCount(count)} tokens of ${shownCount(budget)}`;
  return cached === 0 ? tokens : tr`${tokens}, ${shownCount(cached)} from the cache`;
};

const speed = (perSecond: number, took: number) =>
  tr`${decimal(perSecond.toFixed(1))} tokens/s, ${milliseconds(took)}`;

const milliseconds = (time: number) =>
  time < 1000 ? `${Math.round(time)} ms` : `${decimal((time / 1000).toFixed(1))} s`;

/** A wrong one is forgotten where it is seen. */
const MemoryItem = ({ memory }: { memory: ReceiptMemory }) => {
  const { id, key, value = "", kind, score, isForgotten } = memory;
  if (isForgotten) return <li class="note">{safeTr`A memory that was forgotten since.`}</li>;
  return (
    <li class="recalled">
      <b dir="auto" safe>
        {key}
      </b>{" "}
      <span class="note" safe>
        {decimal(score.toFixed(3))}
      </span>{" "}
      <a class="note" href={`/memory?id=${id}`} safe>
        {kind === "exchange" ? tr`An earlier answer` : tr`Fact`}
      </a>
      {value === key ? (
        ""
      ) : (
        <p class="memory-text" dir="auto" safe>
          {value}
        </p>
      )}
      <form
        method="post"
        action={`/memory/${id}`}
        hx-post={`/memory/${id}`}
        hx-target="closest li"
        hx-swap="outerHTML"
      >
        <button type="submit" class="button" name="do" value="dismiss">
          {safeTr`Not relevant`}
          <Named of={key} />
        </button>{" "}
        {/* Not as an attribute: htmx looks for its own tags in the raw text of a reply. */}
        <button type="submit" class="button" name="do" value="forget">
          {safeTr`Forget`}
          <Named of={key} />
        </button>
      </form>
    </li>
  );
};

const Prompt = ({ generation, passages, included, summarised, leftOut }: ReceiptProps) => {
  const { receipt, conversationId } = generation;
  if (receipt === null) return <p class="note">{safeTr`No prompt was made for this answer.`}</p>;
  return (
    <>
      <h2>{safeTr`Instructions`}</h2>
      <pre class="instructions" tabindex="0" dir="auto" safe>
        {receipt.systemPrompt}
      </pre>
      <h2 id={`memories-${generation.id}`}>{safeTr`Memories`}</h2>
      {receipt.memories.length === 0 ? <p class="note">{safeTr`No memories used.`}</p> : ""}
      <ul>
        {receipt.memories.map((memory) => (
          <MemoryItem memory={memory} />
        ))}
      </ul>
      <Files files={receipt.files ?? []} />
      <Passages passages={passages} />
      {receipt.summary === undefined ? (
        ""
      ) : (
        <Summary {...receipt.summary} of={summarised} conversationId={conversationId} />
      )}
      <h2>{safeTr`Messages sent to the model`}</h2>
      <MessageList messages={included} conversationId={conversationId} />
      {leftOut.length === 0 ? "" : <h2>{safeTr`Not sent`}</h2>}
      {leftOut.length === 0 ? (
        ""
      ) : (
        <p class="note">{safeTr`Too long for the model's context, or never answered.`}</p>
      )}
      <MessageList messages={leftOut} conversationId={conversationId} />
    </>
  );
};

const Passages = ({ passages }: Pick<ReceiptProps, "passages">) =>
  passages.length === 0 ? (
    ""
  ) : (
    <>
      <h2>{safeTr`Passages of documents`}</h2>
      <ol>
        {passages.map((passage) =>
          passage === null ? (
            <li class="note">{safeTr`A passage of a document that was deleted since.`}</li>
          ) : (
            <li>
              <a href={passageAddress(passage)} dir="auto" safe>
                {placeInWords(passage)}
              </a>{" "}
              <span class="note" safe>
                {passage.score === null
                  ? tr`the document went in whole`
                  : tr`near by meaning and words: ${decimal(passage.score.toFixed(2))}`}
              </span>
            </li>
          ),
        )}
      </ol>
    </>
  );

const Files = ({ files }: { files: NonNullable<ContextReceipt["files"]> }) =>
  files.length === 0 ? (
    ""
  ) : (
    <>
      <h2>{safeTr`Files`}</h2>
      <ul>
        {files.map(({ id, name, kind, readCharacters, characters }) => (
          <li>
            <a href={`/files/${id}`} dir="auto" safe>
              {name}
            </a>{" "}
            <span class="note" safe>
              {kind === "image"
                ? tr`shown as a picture`
                : tr`${shownCount(readCharacters)} of ${shownCount(characters)} characters`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );

interface SummaryProps {
  readonly content: string;
  readonly model: string;
  readonly of: readonly ReceiptMessage[];
  readonly conversationId: string;
}

const Summary = ({ content, model, of, conversationId }: SummaryProps) => (
  <>
    <h2>{safeTr`Summary of ${of.length} earlier messages`}</h2>
    <p class="note">
      {safeTr`Written by ${element(<span safe>{model}</span>)}. It takes the place of what no longer fits.`}
    </p>
    <pre class="instructions" tabindex="0" dir="auto" safe>
      {content}
    </pre>
    <details>
      <summary>{safeTr`Summarised messages`}</summary>
      <MessageList messages={of} conversationId={conversationId} />
    </details>
  </>
);

const MessageList = (props: { messages: readonly ReceiptMessage[]; conversationId: string }) => (
  <ol>
    {props.messages.map(({ id, role, excerpt }) => (
      <li>
        <span class="note">{role === "user" ? safeTr`You` : safeTr`Answer`}</span>{" "}
        <a href={`/c/${props.conversationId}?at=${id}#${questionId(id)}`} dir="auto" safe>
          {excerpt}
        </a>
      </li>
    ))}
  </ol>
);
