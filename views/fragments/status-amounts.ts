/** Amounts as people read them: durations, bytes, counts. A number keeps its unit on its line. */

const space = "\u00a0";
const counts = new Intl.NumberFormat("en");

export const shownCount = (count: number) => counts.format(count);

/** @returns for example "12 s", "3 min", "2 h 5 min", "4 days" */
export function shownDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds}${space}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${space}min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 24) return rest === 0 ? `${hours}${space}h` : `${hours}${space}h ${rest}${space}min`;
  const days = Math.floor(hours / 24);
  return `${days}${space}${days === 1 ? "day" : "days"}`;
}

/** @returns milliseconds below a second, seconds above */
export function shownLatency(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}${space}ms`;
  return `${(milliseconds / 1000).toFixed(1)}${space}s`;
}

/** In powers of ten, as disks and model files are sold. */
export function shownBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)}${space}kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)}${space}MB` : `${(bytes / 1e9).toFixed(1)}${space}GB`;
}

/** Small speeds need their first decimal. */
export function shownSpeed(tokensPerSecond: number): string {
  const digits = tokensPerSecond < 10 ? 1 : 0;
  return `${tokensPerSecond.toFixed(digits)}${space}tokens/s`;
}
