/** One computed figure with all that it was made of: a page has it, and a popover over an answer. */
import { tr } from "../../src/texts/reader-language.ts";
import { LinkButton } from "../components/button.tsx";
import type { FactProps } from "../finance-props.ts";
import { safeTr } from "../safe-tr.ts";
import { shownFigure } from "../shown-figure.ts";
import { Formula, Inputs, LargeFigure, Sentences } from "./figure-parts.tsx";

export const FactCard = ({ fact, calculator, chart, verification, isReadOnly }: FactProps) => {
  const { id, label, subject, value, unit, formula, inputs, inputsHash, warnings } = fact;
  return (
    <article id={`fact-${id}`} class="fact-card" aria-labelledby={`fact-${id}-label`}>
      <header>
        <h2 id={`fact-${id}-label`} dir="auto" safe>
          {subject === null ? label : `${label}, ${subject}`}
        </h2>
        <LargeFigure value={value} unit={unit} />
        <Sentences of={warnings} kind="warnings" />
      </header>
      {verification === null ? "" : <Verification verification={verification} unit={unit} />}
      <h3>{safeTr`Formula`}</h3>
      <Formula words={formula.words} steps={formula.steps} source={formula.source} />
      <h3>{safeTr`Inputs`}</h3>
      <Inputs inputs={inputs} />
      <dl class="fact-identity">
        <div>
          <dt>{safeTr`Calculator`}</dt>
          <dd safe>{tr`${calculator?.title ?? formula.id}, version ${formula.version}`}</dd>
        </div>
        <div>
          <dt>{safeTr`Fact`}</dt>
          <dd>
            <code safe>{id}</code>
          </dd>
        </div>
        <div>
          <dt>{safeTr`Hash of the inputs`}</dt>
          <dd>
            <code safe>{inputsHash}</code>
          </dd>
        </div>
      </dl>
      <div class="card-actions">
        {isReadOnly ? "" : <Recompute id={id} />}
        {chart === null ? "" : <LinkButton to={chart} label={tr`Show it in the chart`} icon="growth" />}
        {calculator === null ? (
          ""
        ) : (
          <a class="button" href={calculator.url}>
            {safeTr`Change the inputs`}
          </a>
        )}
      </div>
    </article>
  );
};

const Recompute = ({ id }: { id: string }) => (
  <form method="post" action={`/facts/${id}`} hx-post={`/facts/${id}`} hx-swap="none" hx-sync="this:drop">
    <button type="submit" class="button primary" id={`fact-${id}-recompute`}>
      {safeTr`Recompute`}
    </button>
  </form>
);

interface VerificationProps {
  readonly verification: NonNullable<FactProps["verification"]>;
  readonly unit: string | null;
}

const Verification = ({ verification: { equal, value, changed }, unit }: VerificationProps) =>
  equal ? (
    <p class="verified equal" role="status">
      <strong>{safeTr`Equal.`}</strong>{" "}
      <span safe>{tr`Computed again just now: ${shownFigure(value, unit)}.`}</span>
    </p>
  ) : (
    <div class="verified changed" role="status">
      <p>
        <strong>{safeTr`Changed since.`}</strong>
      </p>
      <ul>
        {changed.map((sentence) => (
          <li dir="auto" safe>
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
