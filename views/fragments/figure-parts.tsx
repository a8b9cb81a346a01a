/** Parts of cards that show computed figures: a large figure, inputs with their origin, warnings. */
import type { FactInput } from "../../src/finance/facts/fact.ts";
import { grouped, shownFigure, unitAfter } from "../shown-figure.ts";

interface LargeFigureProps {
  readonly value: string | null;
  readonly unit: string | null;
}

export const LargeFigure = ({ value, unit }: LargeFigureProps) =>
  value === null ? (
    <p class="large-figure undefined">Undefined</p>
  ) : (
    <p class="large-figure">
      <span safe>{grouped(value)}</span>
      <span class="figure-unit" safe>
        {unitAfter(unit)}
      </span>
    </p>
  );

const origins = { user: "", default: "default", data: "instrument" } as const;

export const Inputs = ({ inputs }: { inputs: readonly FactInput[] }) => (
  <dl class="figure-inputs">
    {inputs.map(({ title, value, unit, from }) => (
      <div>
        <dt>
          <span dir="auto" safe>
            {title}
          </span>
          {origins[from] === "" ? (
            ""
          ) : (
            <span class="origin" safe>
              {origins[from]}
            </span>
          )}
        </dt>
        <dd dir="auto" safe>
          {shownFigure(value, unit)}
        </dd>
      </div>
    ))}
  </dl>
);

export const Sentences = ({ of, kind }: { of: readonly string[]; kind: "warnings" | "assumptions" }) =>
  of.length === 0 ? (
    ""
  ) : (
    <ul class={`figure-${kind}`}>
      {of.map((sentence) => (
        <li dir="auto" safe>
          {sentence}
        </li>
      ))}
    </ul>
  );

export const Formula = ({
  words,
  steps,
  source,
}: {
  words: string;
  steps: string | null;
  source: string;
}) => (
  <div class="formula">
    {steps === null ? (
      ""
    ) : (
      <p class="formula-steps" safe>
        {steps}
      </p>
    )}
    <p class="formula-words" safe>
      {words}
    </p>
    <p class="note" safe>
      {`Source: ${source}`}
    </p>
  </div>
);
