/** Lines in the place of a text that is on its way. */
export const Skeleton = ({ lines, label }: { lines: number; label: string }) => (
  <div class="skeleton" role="status">
    <span class="visually-hidden" safe>
      {label}
    </span>
    {Array.from({ length: lines }, () => (
      <i aria-hidden="true"></i>
    ))}
  </div>
);
