/** The tools of the program that a model called for its answer: while one runs, what it gave, or why nothing was computed. */
import type { Fact } from "../../src/finance/facts/fact.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";
import { shownFigure } from "../shown-figure.ts";
import type { ToolCallProps } from "../tool-call-props.ts";

export const toolCallsId = (id: string) => `tools-${id}`;

export const ToolCalls = ({ calls }: { calls: readonly ToolCallProps[] }) =>
  calls.length === 0 ? (
    ""
  ) : (
    <ul class="tool-calls" aria-label={tr`What the model had computed`}>
      {calls.map((call) => (
        <li>
          <ToolCall {...call} />
        </li>
      ))}
    </ul>
  );

const ToolCall = ({ title, given, result }: ToolCallProps) => {
  if (result === null)
    return (
      <p class="tool-call running">
        <Icon name="desk" />
        <span safe>{tr`Computing: ${title}…`}</span>
      </p>
    );
  const isComputed = "facts" in result;
  return (
    <details class={["tool-call", !isComputed && "failed"]}>
      <summary>
        <Icon name={isComputed ? "desk" : "failed"} />
        <span safe>{isComputed ? computed(title, result.facts) : tr`Not computed: ${title}`}</span>
      </summary>
      <div class="tool-call-details">
        {isComputed ? <Figures facts={result.facts} /> : <p safe>{result.problem}</p>}
        <p class="note">{safeTr`What the model asked for:`}</p>
        <code class="tool-call-given" dir="ltr" safe>
          {given}
        </code>
      </div>
    </details>
  );
};

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
