/** Looks for marks in every file of a data folder, as they are stored: in UTF-8 or UTF-16, in whatever case. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** @returns where a mark stands: "file: mark"; snapshots are dated copies, and are left out */
export function marksIn(folder: string, marks: readonly string[]): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "snapshots") return [];
    if (statSync(path).isDirectory()) return marksIn(path, marks);
    const bytes = readFileSync(path);
    const texts = [bytes.toString("latin1").toLowerCase(), bytes.toString("utf16le").toLowerCase()];
    return marks
      .filter((mark) => texts.some((text) => text.includes(mark.toLowerCase())))
      .map((mark) => `${name}: ${mark}`);
  });
}
