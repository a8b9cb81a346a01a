/** Reads a number off the command line; what is none ends the program with how to say it. */
export function wholeNumber(text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  console.error(`${option} takes whole numbers from 1.`);
  process.exit(2);
}
