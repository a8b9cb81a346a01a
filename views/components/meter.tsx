/** How much of something is used, with the figures beside the bar. */

interface Props {
  readonly label: string;
  /** As people read it: "6.1 of 16 GB". */
  readonly words: string;
  /** 0 to 1. */
  readonly share: number;
}

/** Above the first it is much, above the second too much. */
const [much, tooMuch] = [0.75, 0.9];

export const Meter = ({ label, words, share }: Props) => (
  <div class="measured">
    <span>
      <span safe>{label}</span>
      <small safe>{words}</small>
    </span>
    <meter
      min="0"
      max="1"
      low={String(much)}
      high={String(tooMuch)}
      optimum="0"
      value={String(Math.min(1, Math.max(0, share)))}
      aria-label={label}
      safe
    >
      {words}
    </meter>
  </div>
);
