/** Under an answer: how many of its figures are known, and from where. */

import type { FigureCounts } from "../../src/finance/numbers/figure-counts.ts";
import { tr } from "../../src/texts/reader-language.ts";
import { safeTr } from "../safe-tr.ts";

export const FigureCount = ({ counts: { total, known, unchecked } }: { counts: FigureCounts }) => (
  <div class="figures">
    <span>
      <span
        safe
      >{`${total === 1 ? tr`1 figure` : tr`${total} figures`}: ${known.map(knownWords).join(", ")}`}</span>
      {unchecked === 0 ? (
        ""
      ) : (
        <>
          {known.length === 0 ? "" : ", "}
          <span class="unchecked" safe>
            {tr`${unchecked} unchecked`}
          </span>
        </>
      )}
    </span>
    {unchecked === 0 || known.length === 0 ? (
      ""
    ) : (
      <label>
        <input type="checkbox" class="only-unchecked" autocomplete="off" />
        {safeTr`Mark only unchecked`}
      </label>
    )}
  </div>
);

function knownWords({ kind, count }: FigureCounts["known"][number]): string {
  switch (kind) {
    case "computed":
      return tr`${count} computed`;
    case "derived":
      return tr`${count} derived`;
    case "quoted":
      return tr`${count} quoted`;
    case "convention":
      return tr`${count} conventions`;
    default:
      return kind satisfies never;
  }
}
