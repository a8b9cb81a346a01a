/** The tools that a model called for its answer: while one runs, what it gave, or why nothing was computed. */
import type { Fact } from "../../src/finance/facts/fact.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";
import { shownFigure } from "../shown-figure.ts";
import type { ToolCallProps } from "../tool-call-props.ts";
import { Origins, WaitingCall } from "./foreign-call.tsx";

export const toolCallsId = (id: string) => `tools-${id}`;

export const ToolCalls = ({ calls }: { calls: readonly ToolCallProps[] }) =>
  calls.length === 0 ? (
    ""
  ) : (
    <ul class="tool-calls" aria-label={tr`What the model has called`}>
      {calls.map((call) => (
        <li>
          <ToolCall {...call} />
        </li>
      ))}
    </ul>
  );

const ToolCall = ({ title, given, result, foreign }: ToolCallProps) => {
  if (result === null && foreign?.isWaiting) return <WaitingCall title={title} foreign={foreign} />;
  if (result === null)
    return (
      <p class="tool-call running">
        <Icon name="desk" />
        <span safe>{foreign === undefined ? tr`Computing: ${title}…` : tr`Calling: ${title}…`}</span>
      </p>
    );
  const isDone = !("problem" in result);
  return (
    <details class={["tool-call", !isDone && "failed"]}>
      <summary>
        <Icon name={isDone ? "desk" : "failed"} />
        <span safe>{outcome(title, result, foreign !== undefined)}</span>
      </summary>
      <div class="tool-call-details">
        {"facts" in result ? <Figures facts={result.facts} /> : ""}
        {"problem" in result ? (
          <p dir="auto" safe>
            {result.problem}
          </p>
        ) : (
          ""
        )}
        {"text" in result ? <Told result={result} address={foreign?.address ?? ""} /> : ""}
        <p class="note">{safeTr`What the model asked for:`}</p>
        <code class="tool-call-given" dir="ltr" safe>
          {given}
        </code>
        {foreign === undefined ? "" : <Origins origins={foreign.origins} />}
      </div>
    </details>
  );
};

type Result = NonNullable<ToolCallProps["result"]>;

function outcome(title: string, result: Result, isForeign: boolean): string {
  if ("facts" in result) return computed(title, result.facts);
  if ("text" in result) return tr`Called: ${title}`;
  return isForeign ? tr`Not called, or in vain: ${title}` : tr`Not computed: ${title}`;
}

interface ToldProps {
  readonly result: { readonly text: string; readonly length: number };
  readonly address: string;
}

/** Another program's words. */
const Told = ({ result: { text, length }, address }: ToldProps) => (
  <>
    <code class="tool-call-given" dir="auto" safe>
      {text}
    </code>
    {text.length < length ? <a href={address}>{safeTr`All of it`}</a> : ""}
  </>
);

function computed(title: string, [first]: readonly Fact[]): string {
  return first === undefined ? title : tr`Computed: ${title}, ${shownFigure(first.value, first.unit)}`;
}

const Figures = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="tool-call-figures">
    {facts.map(({ id, label, subject, value, unit }) => (
      <div>
        <dt dir="auto" safe>
          {subject === null ? label : `${label}, ${subject}`}
        </dt>
        <dd>
          <a href={`/facts/${id}`} data-fact={id} safe>
            {shownFigure(value, unit)}
          </a>
        </dd>
      </div>
    ))}
  </dl>
);
