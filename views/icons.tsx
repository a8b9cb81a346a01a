/** Line icons in the colour of the text beside them; decoration only, so hidden from screen readers. */
const icon = (path: string) => (
  <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
    <path
      d={path}
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);

export const MenuIcon = () => icon("M4 7h16M4 12h16M4 17h10");
export const CloseIcon = () => icon("M6 6l12 12M18 6L6 18");
export const PlusIcon = () => icon("M12 5v14M5 12h14");
export const SendIcon = () => icon("M12 19V5M6 11l6-6 6 6");
export const StopIcon = () => icon("M7 7h10v10H7z");
export const RetryIcon = () => icon("M20 11a8 8 0 1 0-2.3 6.2M20 5v6h-6");
export const ContinueIcon = () => icon("M5 6l6 6-6 6M13 6l6 6-6 6");
export const ArrowIcon = () => icon("M5 12h14M13 6l6 6-6 6");

/** The mark: three bars that rise, and a line over them. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" fill="currentColor" />
    <path
      d="M9.5 22v-4M16 22v-8M22.5 22V10"
      fill="none"
      stroke="var(--paper)"
      stroke-width="3"
      stroke-linecap="round"
    />
  </svg>
);
