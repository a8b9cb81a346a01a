/** What a new chat shows: a welcome, and questions to begin with, which work without any script. */
import { ArrowIcon } from "../icons.tsx";

const examples: readonly (readonly [title: string, question: string])[] = [
  [
    "Position size",
    "I have $10,000 and risk 1% per trade with a 25 pip stop on EURUSD. How large should my position be?",
  ],
  ["Compound interest", "What does saving $300 a month at 6% a year grow to in 20 years? Show the formula."],
  ["Explain a term", "Explain drawdown and the Sharpe ratio with a simple example."],
  ["Compare", "Compare an index fund with a government bond in a table: return, risk, costs, liquidity."],
];

export const EmptyThread = () => (
  <div class="empty">
    <h1>What would you like to work out?</h1>
    <p class="lead">A private assistant for trading, saving and planning. It runs on your own machine.</p>
    <ul class="examples">
      {examples.map(([title, question]) => (
        <li>
          <button type="submit" form="composer" name="suggestion" value={question} formnovalidate>
            <strong safe>{title}</strong>
            <span safe>{question}</span>
            <ArrowIcon />
          </button>
        </li>
      ))}
    </ul>
  </div>
);
