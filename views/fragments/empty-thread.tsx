/**
 * What a new chat shows: a welcome, and questions to begin with. A click puts one into the field, to be completed and sent;
 * without any script its link opens the page with the field filled.
 */
import type { EngineSummary } from "../../src/status/engine-summary.ts";
import { ArrowIcon } from "../icons.tsx";

type Example = readonly [title: string, question: string];

/** Words alone: a tiny model, asked for a figure, makes one up. */
const withoutFigures: readonly Example[] = [
  ["Explain a term", "Explain drawdown in plain words, and why traders watch it."],
  ["Plan a checklist", "Give me a checklist to go through before I open a trade."],
  ["Compare orders", "Compare market, limit and stop orders: what does each do, and when is it used?"],
  ["Keep a journal", "What should I write into a trading journal after each trade?"],
];

/** Every figure is the reader's own: what stands in brackets is theirs to fill in. */
const withOwnFigures: readonly Example[] = [
  [
    "Position size",
    "I have [balance] and risk [percent] of it per trade, with a stop of [pips] on [pair]. How large should my position be? Show each step.",
  ],
  [
    "Compound interest",
    "What does saving [amount] a month at [percent] a year grow to in [number] years? Show the formula.",
  ],
  ["Explain a term", "Explain drawdown and the Sharpe ratio in plain words."],
  ["Compare", "Compare an index fund with a government bond in a table: risk, costs, liquidity, horizon."],
];

export const EmptyThread = ({ engine }: { engine: Pick<EngineSummary, "tiny"> }) => (
  <div class="empty">
    <h1>What do you want to work out?</h1>
    <p class="lead">A private assistant for trading, saving and planning. It runs on your own computer.</p>
    <ul class="examples">
      {(engine.tiny ? withoutFigures : withOwnFigures).map(([title, question]) => (
        <li>
          <a href={`/?${new URLSearchParams({ draft: question })}`} data-draft={question}>
            <strong safe>{title}</strong>
            <span safe>{question}</span>
            <ArrowIcon />
          </a>
        </li>
      ))}
    </ul>
  </div>
);
