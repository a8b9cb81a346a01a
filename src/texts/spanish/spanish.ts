/** Every Spanish text, by the English one. A test finds what is missing, and what nobody says any more. */
import { frame } from "./frame.ts";
import { scripts } from "./scripts.ts";

const pages = [frame, scripts];

export const spanish: ReadonlyMap<string, string> = new Map(pages.flatMap((table) => Object.entries(table)));
