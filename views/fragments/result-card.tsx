/** The result of a calculator: the answer first and large, then all that it was made of. */

import type { Fact } from "../../src/finance/facts/fact.ts";
import { tr } from "../../src/texts/reader-language.ts";
import type { ResultProps } from "../finance-props.ts";
import { safeTr } from "../safe-tr.ts";
import { shownFigure, withMark } from "../shown-figure.ts";
import { Formula, Inputs, LargeFigure, Sentences } from "./figure-parts.tsx";

export const ResultCard = ({ facts, isKept, warnings, assumptions, table, askUrl }: ResultProps) => {
  const [first, ...rest] = facts;
  const [reason] = first.value === null ? first.warnings : [];
  return (
    <section id="result" class="result-card" aria-labelledby="result-label" tabindex="-1">
      <header>
        <h2 id="result-label" dir="auto" safe>
          {labelOf(first)}
        </h2>
        <LargeFigure value={first.value} unit={first.unit} />
        {reason === undefined ? "" : <p safe>{reason}</p>}
        <Sentences of={warnings} kind="warnings" />
      </header>
      {rest.length === 0 ? "" : <OtherResults facts={rest} isKept={isKept} />}
      <h3>{safeTr`Inputs as read`}</h3>
      <Inputs inputs={first.inputs} />
      {assumptions.length === 0 ? "" : <h3>{safeTr`Assumptions`}</h3>}
      <Sentences of={assumptions} kind="assumptions" />
      <h3>{safeTr`Formula`}</h3>
      <Formula words={first.formula.words} steps={first.formula.steps} source={first.formula.source} />
      {table === null ? "" : <Schedule {...table} />}
      <p class="card-actions">
        {isKept ? (
          <a class="button" href={`/facts/${first.id}`}>
            {safeTr`Open this figure`}
          </a>
        ) : (
          ""
        )}
        <a class="button" href={askUrl}>
          {safeTr`Ask about this`}
        </a>
      </p>
    </section>
  );
};

const labelOf = ({ label, subject }: Fact) => (subject === null ? label : `${label}, ${subject}`);

const OtherResults = ({ facts, isKept }: { facts: readonly Fact[]; isKept: boolean }) => (
  <table class="other-results">
    <caption class="visually-hidden">{safeTr`Other results`}</caption>
    <thead class="visually-hidden">
      <tr>
        <th scope="col">{safeTr`Result`}</th>
        <th scope="col">{safeTr`Value`}</th>
      </tr>
    </thead>
    <tbody>
      {facts.map((fact) => (
        <tr>
          <th scope="row">
            <span dir="auto" safe>
              {labelOf(fact)}
            </span>
            {fact.value === null && fact.warnings[0] !== undefined ? (
              <small safe>{fact.warnings[0]}</small>
            ) : (
              ""
            )}
          </th>
          <td>
            {isKept ? (
              <a class="fact-link" href={`/facts/${fact.id}`} safe>
                {shownFigure(fact.value, fact.unit)}
              </a>
            ) : (
              <span safe>{shownFigure(fact.value, fact.unit)}</span>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Rows below this are folded. */
const fewRows = 13;

const Schedule = (table: NonNullable<ResultProps["table"]>) =>
  table.rows.length <= fewRows ? (
    <>
      <h3 safe>{table.caption}</h3>
      <Rows {...table} />
    </>
  ) : (
    <details class="schedule">
      <summary>
        <span safe>{tr`${table.caption}: ${table.rows.length} rows`}</span>
      </summary>
      <Rows {...table} />
    </details>
  );

const Rows = ({ caption, columns, rows }: NonNullable<ResultProps["table"]>) => (
  <section class="schedule-rows" tabindex="0" aria-label={caption}>
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" safe>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell) => (
              <td safe>{withMark(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
