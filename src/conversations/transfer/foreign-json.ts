/** Reads fields of untrusted JSON. Own fields alone, so that `__proto__` is a name like any other. */

export function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function textIn(value: unknown, name: string): string | null {
  const field = fieldOf(value, name);
  return typeof field === "string" ? field : null;
}

export function listIn(value: unknown, name: string): readonly unknown[] {
  const field = fieldOf(value, name);
  return Array.isArray(field) ? field : [];
}

export const isListIn = (value: unknown, name: string): boolean => Array.isArray(fieldOf(value, name));

/** The fields of a field, in their order; none when it is no object. */
export function entriesIn(value: unknown, name: string): readonly (readonly [string, unknown])[] {
  const field = fieldOf(value, name);
  return isRecord(field) ? Object.entries(field) : [];
}

/** From this number on a time is one in milliseconds: as seconds it would be of the year 5138. */
const firstMilliseconds = 1e11;
/** The year 2286: what lies beyond is no time at all. */
const lastMilliseconds = 1e13;

/** @returns milliseconds since 1970; null when it is no time, in seconds or in milliseconds */
export function timeIn(value: unknown, name: string): number | null {
  const field = fieldOf(value, name);
  if (typeof field !== "number" || field <= 0) return null;
  const milliseconds = Math.round(field < firstMilliseconds ? field * 1000 : field);
  return milliseconds < lastMilliseconds ? milliseconds : null;
}

/** A date in ISO's form, or a time as in `timeIn`. @returns milliseconds since 1970; null when it is none */
export function dateIn(value: unknown, name: string): number | null {
  const text = textIn(value, name);
  if (text === null) return timeIn(value, name);
  const milliseconds = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return milliseconds > 0 && milliseconds < lastMilliseconds ? milliseconds : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
