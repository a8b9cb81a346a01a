/** The desk: what can be computed, and what was computed last. */
import { tr } from "../../src/texts/reader-language.ts";
import type { RecentProps, TopicProps } from "../finance-props.ts";
import { CalculatorTopics } from "../fragments/calculator-topics.tsx";
import { DeskFrame, type DeskFrameProps } from "../fragments/desk-frame.tsx";
import { LiveData } from "../fragments/live-data.tsx";
import { OwnPrices } from "../fragments/own-prices.tsx";
import { safeTr } from "../safe-tr.ts";
import type { PriceRow } from "../series-props.ts";
import { shownFigure } from "../shown-figure.ts";

interface Props extends DeskFrameProps {
  readonly prices: readonly PriceRow[];
  readonly topics: readonly TopicProps[];
  readonly recent: readonly RecentProps[];
}

export const DeskPage = ({ topics, recent, prices, ...frame }: Props) => (
  <DeskFrame
    {...frame}
    title={tr`Desk`}
    lead={tr`Figures that the program computes itself, each with its formula and its inputs.`}
    here="/desk"
  >
    <LiveData address="/desk">{prices.length === 0 ? "" : <OwnPrices prices={prices} />}</LiveData>
    {recent.length === 0 ? "" : <Recent recent={recent} />}
    <CalculatorTopics topics={topics} />
  </DeskFrame>
);

const Recent = ({ recent }: { recent: readonly RecentProps[] }) => (
  <section class="topic" aria-label={tr`Recent figures`}>
    <h2>{safeTr`Recent figures`}</h2>
    <ul class="recent-facts">
      {recent.map(({ fact, title }) => (
        <li>
          <a class="recent-fact" href={`/facts/${fact.id}`}>
            <span class="recent-words">
              <strong dir="auto" safe>
                {fact.subject === null ? fact.label : `${fact.label}, ${fact.subject}`}
              </strong>
              <small safe>{title}</small>
            </span>
            <span class="recent-value" safe>
              {shownFigure(fact.value, fact.unit)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  </section>
);
