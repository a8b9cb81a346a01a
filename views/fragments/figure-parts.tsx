/** Parts of cards that show computed figures: a large figure, inputs with their origin, warnings. */

import type { FactInput } from "../../src/finance/facts/fact.ts";
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { choiceIn } from "../../src/texts/say.ts";
import { safeTr } from "../safe-tr.ts";
import { grouped, shownFigure, unitAfter, withMark } from "../shown-figure.ts";

interface LargeFigureProps {
  readonly value: string | null;
  readonly unit: string | null;
}

export const LargeFigure = ({ value, unit }: LargeFigureProps) =>
  value === null ? (
    <p class="large-figure undefined">{safeTr`Undefined`}</p>
  ) : (
    <p class="large-figure">
      <span safe>{grouped(value)}</span>
      <span class="figure-unit" safe>
        {unitAfter(unit)}
      </span>
    </p>
  );

export const Inputs = ({ inputs }: { inputs: readonly FactInput[] }) => (
  <dl class="figure-inputs">
    {inputs.map((input) => (input.from === "data" ? <Specification {...input} /> : <Input {...input} />))}
  </dl>
);

const Input = ({ name, title, value, unit, from }: FactInput) => (
  <div>
    <dt>
      <span dir="auto" safe>
        {title}
      </span>
      {from === "default" ? <span class="origin">{safeTr`default`}</span> : ""}
    </dt>
    <dd dir="auto" safe>
      {shownFigure(chosen(name, value), unit)}
    </dd>
  </div>
);

/** A word of a list, such as "monthly". */
const chosen = (input: string, value: string) =>
  /^[a-z-]+$/.test(value) ? choiceIn(input, value, languageOfReader()) : value;

const instrument = "instrument:";
const specification =
  /^pip (\S+), (?:point (\S+), )?contract (\S+), step (\S+), minimum (\S+), quoted in (\S+)$/;

/** A fact's inputs are stored in one form, which proves them; here they are read out. */
function specified(value: string): string {
  const [, ...parts] = specification.exec(value) ?? [];
  if (parts.length === 0) return value;
  const [pip = "", point = "", contract = "", step = "", minimum = "", quote = ""] = parts.map((part = "") =>
    withMark(part),
  );
  return point === ""
    ? tr`pip ${pip}, contract ${contract}, step ${step}, minimum ${minimum}, quoted in ${quote}`
    : tr`pip ${pip}, point ${point}, contract ${contract}, step ${step}, minimum ${minimum}, quoted in ${quote}`;
}

/** Stored data: where it can be seen and changed, what was used of it, and where it comes from. */
const Specification = ({ name, title, value }: FactInput) => (
  <div class="specification">
    <dt>
      {name.startsWith(instrument) ? (
        <a href={`/instruments/${encodeURIComponent(name.slice(instrument.length))}`} safe>
          {tr`Specification of ${name.slice(instrument.length)}`}
        </a>
      ) : (
        <span safe>{name}</span>
      )}
    </dt>
    <dd>
      <span dir="auto" safe>
        {specified(value)}
      </span>
      <small class="specification-source" dir="auto" safe>
        {title}
      </small>
    </dd>
  </div>
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
      {tr`Source: ${source}`}
    </p>
  </div>
);
