/** Amounts as people read them: durations, bytes, counts. A number keeps its unit on its line. */

import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { decimalIn, inLanguage } from "../../src/texts/say.ts";

const space = "\u00a0";
/** With the decimal mark of the reader's language. */
export const decimal = (text: string) => inLanguage({ decimal: text, isUngrouped: true }, languageOfReader());

export const shownCount = (count: number) => decimalIn(String(count), languageOfReader());

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
  return days === 1 ? tr`1\u00a0day` : tr`${days}\u00a0days`;
}

/** @returns milliseconds below a second, seconds above */
export function shownLatency(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}${space}ms`;
  return `${decimal((milliseconds / 1000).toFixed(1))}${space}s`;
}

/** In powers of ten, as disks and model files are sold. */
export function shownBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)}${space}kB`;
  return bytes < 1e9
    ? `${Math.round(bytes / 1e6)}${space}MB`
    : `${decimal((bytes / 1e9).toFixed(1))}${space}GB`;
}

/** Small speeds need their first decimal. */
export function shownSpeed(tokensPerSecond: number): string {
  const digits = tokensPerSecond < 10 ? 1 : 0;
  return tr`${decimal(tokensPerSecond.toFixed(digits))}\u00a0tokens/s`;
}
