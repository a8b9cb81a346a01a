/** A figure that rose or fell: by its sign, by an arrow, and by colour. */
import { Icon } from "../icons.tsx";
import { shownFigure } from "../shown-figure.ts";

/** @param value a decimal as facts hold it: "-1.25" */
export const Trend = ({ value, unit }: { value: string; unit: string | null }) => {
  const amount = Number(value);
  const shown = shownFigure(value, unit);
  if (amount === 0 || Number.isNaN(amount))
    return (
      <span class="trend" safe>
        {shown}
      </span>
    );
  return (
    <span class={["trend", amount > 0 ? "gain" : "loss"]}>
      <Icon name={amount > 0 ? "rose" : "fell"} filled />
      <span safe>{amount > 0 ? `+${shown}` : shown}</span>
    </span>
  );
};
