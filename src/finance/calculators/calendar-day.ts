/** Calendar days without a time or a zone: YYYY-MM-DD. */

/** Earlier years are slips, and Date reads those below 100 as of the 20th century. */
const earliest = 1800;

/** @returns days since 1970-01-01; null where the text is no day of the calendar */
export function dayNumber(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (
    year < earliest ||
    date.getUTCFullYear() !== year ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day
  )
    return null;
  return date.getTime() / 86_400_000;
}

/** @returns "2026-11-29" */
export const dayText = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);
