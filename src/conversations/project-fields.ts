/** What a project is given: its name; checked. */
import { InvalidRequestError } from "../errors.ts";
import { say } from "../texts/say.ts";

/** In characters. */
export const longestProjectName = 100;
/** One owner can have so many. */
export const mostProjects = 500;
/** A project can have so many documents. */
export const mostProjectDocuments = 100;

/** On one line. */
export const plainProjectName = (given: string): string => given.replaceAll(/\s+/g, " ").trim();

/** @throws InvalidRequestError */
export function checkedProjectName(given: string): string {
  const name = plainProjectName(given);
  if (name !== "" && name.length <= longestProjectName) return name;
  throw new InvalidRequestError(
    say`The name must be a text of 1 to ${{ decimal: `${longestProjectName}` }} characters.`,
    { param: "name" },
  );
}
