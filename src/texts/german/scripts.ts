/** German: what the scripts of the pages say. */
export const scripts: Readonly<Record<string, string>> = {
  Copied: "Kopiert",
  "New text below": "Neuer Text unten",
  "Not allowed here": "Hier nicht erlaubt",
  "Press Ctrl + C": "Strg + C drücken",
  Show: "Anzeigen",
  "This conversation has changed.": "Diese Unterhaltung hat sich geändert.",
  "Where this figure comes from": "Woher diese Zahl kommt",
};
