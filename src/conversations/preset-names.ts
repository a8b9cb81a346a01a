/** What presets may be called, and how many there may be. */

/** In characters. */
export const longestPresetName = 80;
/** Of one owner. */
export const mostPresets = 100;

/** Names differ in more than capitals: they are typed. */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
