/** Under an answer: how many of its figures are known, and from where. */
import type { FigureCounts } from "../props.ts";

const words: Readonly<Record<keyof FigureCounts, string>> = {
  computed: "computed",
  derived: "derived",
  quoted: "quoted",
  convention: "conventions",
  unsupported: "unchecked",
};
const kinds = ["computed", "derived", "quoted", "convention"] as const;

export const FigureCount = ({ counts }: { counts: FigureCounts }) => {
  const total = kinds.reduce((sum, kind) => sum + counts[kind], counts.unsupported);
  if (total === 0) return "";
  const known = kinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${words[kind]}`);
  const unchecked = counts.unsupported;
  return (
    <div class="figures">
      <span>
        <span safe>{`${total} ${total === 1 ? "figure" : "figures"}: ${known.join(", ")}`}</span>
        {unchecked === 0 ? (
          ""
        ) : (
          <>
            {known.length > 0 ? ", " : ""}
            <span class="unchecked">{unchecked} unchecked</span>
          </>
        )}
      </span>
      {unchecked === 0 || known.length === 0 ? (
        ""
      ) : (
        <label>
          <input type="checkbox" class="only-unchecked" autocomplete="off" />
          Mark only unchecked
        </label>
      )}
    </div>
  );
};
