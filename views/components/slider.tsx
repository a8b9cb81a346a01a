/** A number between two ends that have names. */

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** What the two ends mean. */
  readonly ends: readonly [string, string];
}

export const Slider = ({ id, label, ends: [low, high], value, min, max, step, name }: Props) => (
  <div class="slider">
    <label for={id} safe>
      {label}
    </label>
    <output for={id} safe>
      {String(value)}
    </output>
    <input
      id={id}
      type="range"
      name={name}
      min={String(min)}
      max={String(max)}
      step={String(step)}
      value={String(value)}
      aria-describedby={`${id}-ends`}
    />
    <span class="slider-ends" id={`${id}-ends`}>
      <span safe>{low}</span>
      <span safe>{high}</span>
    </span>
  </div>
);
