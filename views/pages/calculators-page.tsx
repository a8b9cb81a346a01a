/** All calculators, by topic, with a search. */
import { tr } from "../../src/texts/reader-language.ts";
import type { TopicProps } from "../finance-props.ts";
import { CalculatorTopics } from "../fragments/calculator-topics.tsx";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { safeTr } from "../safe-tr.ts";

interface Props extends DeskFrameProps {
  readonly topics: readonly TopicProps[];
  readonly query: string;
}

export const CalculatorsPage = ({ topics, query, ...frame }: Props) => (
  <DeskFrame {...frame} title={tr`Calculators`} here="/calculators">
    <search>
      <form class="search" action="/calculators">
        <label class="visually-hidden" for="search-calculators">
          {safeTr`Search in calculators`}
        </label>
        <span class="field-row">
          <input
            id="search-calculators"
            class="input"
            type="search"
            name="q"
            value={query}
            maxlength={200}
            autocomplete="off"
            dir="auto"
          />
          <button type="submit" class="button">
            {safeTr`Search`}
          </button>
        </span>
      </form>
    </search>
    {topics.length === 0 ? (
      <p>
        <span dir="auto" safe>{tr`No calculator is found by “${query}”.`}</span>{" "}
        <a href="/calculators">{safeTr`Show all`}</a>
      </p>
    ) : (
      ""
    )}
    <CalculatorTopics topics={topics} />
  </DeskFrame>
);
