/** Under an answer: how many of its figures are known, and from where. */
import type { FigureCounts } from "../../src/finance/numbers/figure-counts.ts";

export const FigureCount = ({ counts: { total, known, unchecked } }: { counts: FigureCounts }) => (
  <div class="figures">
    <span>
      <span safe>{`${total}: ${known}`}</span>
      {unchecked === "" ? (
        ""
      ) : (
        <>
          {known === "" ? "" : ", "}
          <span class="unchecked" safe>
            {unchecked}
          </span>
        </>
      )}
    </span>
    {unchecked === "" || known === "" ? (
      ""
    ) : (
      <label>
        <input type="checkbox" class="only-unchecked" autocomplete="off" />
        Mark only unchecked
      </label>
    )}
  </div>
);
