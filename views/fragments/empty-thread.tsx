/**
 * What a new chat shows: a welcome, and questions that the desk answers at once, with any model or none. A click puts one into
 * the field, where its figures can be changed; without any script its link opens the page with the field filled.
 */

import { translated } from "../../src/texts/reader-language.ts";
import { Icon, type IconName } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";
import { FirstSteps, type FirstStepsProps } from "./first-steps.tsx";
import { TemporaryLink, TemporaryWelcome } from "./temporary.tsx";

/** A test of the desk holds that each is answered in full. */
export const exampleQuestions: readonly (readonly [title: string, question: string])[] = [
  [
    "Position size",
    "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. How large should my position be?",
  ],
  ["Savings plan", "If I save $300 a month at 5% for 20 years, how much will I have?"],
  ["Loan", "What is the monthly payment on a loan of $20,000 at 6% over 5 years?"],
  ["Compound interest", "What will $10,000 grow to at 5% in 10 years?"],
];

const icons: Readonly<Record<string, IconName>> = {
  "Position size": "scale",
  "Savings plan": "savings",
  Loan: "loan",
  "Compound interest": "growth",
};

interface Props {
  /** Of a newcomer; null: none. */
  readonly steps: FirstStepsProps | null;
  readonly isTemporary: boolean;
}

export const EmptyThread = ({ steps, isTemporary }: Props) => (
  <div class="empty">
    <TemporaryLink isOn={isTemporary} />
    {isTemporary ? <TemporaryWelcome /> : <Welcome steps={steps} />}
  </div>
);

const Welcome = ({ steps }: Pick<Props, "steps">) => (
  <>
    <h1>{safeTr`What do you want to work out?`}</h1>
    <p class="lead">{safeTr`A private assistant for trading, saving and planning. It runs on your own computer.`}</p>
    {steps === null ? "" : <FirstSteps done={steps} />}
    <ul class="examples">
      {exampleQuestions.map(([title, question]) => (
        <li>
          <a
            href={`/?${new URLSearchParams({ draft: translated(question) })}`}
            data-draft={translated(question)}
          >
            <Icon name={icons[title] ?? "arrow"} />
            <strong safe>{translated(title)}</strong>
            <span safe>{translated(question)}</span>
          </a>
        </li>
      ))}
    </ul>
  </>
);
