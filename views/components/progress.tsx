/** How far something is, from 0 to 1; null: how much is left is unknown. */
export const Progress = ({ label, value }: { label: string; value: number | null }) =>
  value === null ? (
    <progress aria-label={label}></progress>
  ) : (
    <progress aria-label={label} value={String(value)} max="1"></progress>
  );
