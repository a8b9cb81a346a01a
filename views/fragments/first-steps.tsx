/** What a newcomer does first: a step each, with its state and the page where it is done. Without a script, too. */
import { tr, translated } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";

/** Which of the steps are done. */
export interface FirstStepsProps {
  readonly model: boolean;
  readonly profile: boolean;
  readonly data: boolean;
}

interface Step {
  readonly key: keyof FirstStepsProps;
  readonly title: string;
  readonly words: string;
  readonly to: string;
  readonly label: string;
}

export const firstStepTexts: readonly Step[] = [
  {
    key: "model",
    title: "A model that answers",
    words: "The examples below are computed without one.",
    to: "/models",
    label: "Get one",
  },
  {
    key: "profile",
    title: "Your profile",
    words: "Account currency, risk and favourite pair.",
    to: "/settings",
    label: "Fill it in",
  },
  {
    key: "data",
    title: "Your data",
    words: "Import conversations, or attach a first file to a question.",
    to: "/settings/data",
    label: "Import a file",
  },
];

export const FirstSteps = ({ done }: { done: FirstStepsProps }) => (
  <section class="first-steps" aria-labelledby="first-steps">
    <header>
      <h2 id="first-steps">{safeTr`First steps`}</h2>
      <form method="post" action="/first-steps/hide">
        <button type="submit" class="button quiet small" aria-label={tr`Hide the first steps`}>
          {safeTr`Hide`}
        </button>
      </form>
    </header>
    <ol>
      {firstStepTexts.map(({ key, title, words, to, label }) => (
        <li class={done[key] ? "done" : undefined}>
          <Icon name={done[key] ? "good" : "next"} />
          <span>
            <strong safe>{translated(title)}</strong>
            <small safe>{done[key] ? tr`Done` : translated(words)}</small>
          </span>
          {done[key] ? (
            ""
          ) : (
            <a class="button small" href={to} safe>
              {translated(label)}
            </a>
          )}
        </li>
      ))}
    </ol>
  </section>
);
