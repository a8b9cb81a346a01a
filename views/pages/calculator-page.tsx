/** A calculator: its form, and the result of the inputs in the address. The address can be shared. */
import { tr } from "../../src/texts/reader-language.ts";
import type { CalculatorProps } from "../finance-props.ts";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { Formula } from "../fragments/figure-parts.tsx";
import { FormProblem } from "../fragments/form-notes.tsx";
import { InputFields, Suggestions } from "../fragments/input-field.tsx";
import { ResultCard } from "../fragments/result-card.tsx";
import { safeTr } from "../safe-tr.ts";

interface Props extends DeskFrameProps {
  readonly calculator: CalculatorProps;
}

export const CalculatorPage = ({ calculator, ...frame }: Props) => {
  const { title, summary, result } = calculator;
  return (
    <DeskFrame {...frame} title={title} lead={summary} here={null}>
      <div class="calculator">
        <Form {...calculator} />
        {result === null ? <About {...calculator} /> : <ResultCard {...result} />}
      </div>
    </DeskFrame>
  );
};

const Form = ({ name, fields, instruments, problem, result }: CalculatorProps) => (
  <form
    id="inputs"
    class="calculator-form"
    method="get"
    action={`/calculators/${name}#result`}
    aria-label={tr`Inputs`}
  >
    <FormProblem problem={problem} />
    <InputFields fields={fields} />
    <Suggestions fields={fields} instruments={instruments} />
    <p class="card-actions">
      <button type="submit" class="button primary">
        {safeTr`Calculate`}
      </button>
      {result === null && fields.every(({ value }) => value === "") ? (
        ""
      ) : (
        <a class="button" href={`/calculators/${name}`}>
          {safeTr`Clear`}
        </a>
      )}
    </p>
  </form>
);

const About = ({ formula, source, examples }: CalculatorProps) => (
  <section class="calculator-about" aria-label={tr`About this calculator`}>
    <h2>{safeTr`Formula`}</h2>
    <Formula words={formula} steps={null} source={source} />
    {examples.length === 0 ? "" : <h2>{safeTr`Examples`}</h2>}
    <ul class="calculator-examples">
      {examples.map(({ question, url }) => (
        <li>
          <a href={url} dir="auto" safe>
            {question}
          </a>
        </li>
      ))}
    </ul>
  </section>
);
