/**
 * Fields of a query that are more than texts. They are read by hand, because a check by schema would not say which of
 * them is wrong; the document names what they take all the same.
 */
import { Type as t } from "@sinclair/typebox";
import { InvalidRequestError } from "../errors.ts";

export interface CountField {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** What it is when it is left out; below the minimum: nothing. */
  readonly otherwise: number;
}

/** The schema lets any text through; `countIn` reads it. `x-takes` is what the document shows in place of it. */
export const countField = ({ minimum, maximum, otherwise }: CountField, description: string) =>
  t.Optional(
    t.String({
      description,
      "x-takes": {
        type: "integer",
        minimum,
        maximum,
        ...(otherwise < minimum ? {} : { default: otherwise }),
      },
    }),
  );

/** @throws InvalidRequestError naming the field */
export function countIn(text: string | undefined, { name, minimum, maximum, otherwise }: CountField): number {
  if (text === undefined) return otherwise;
  const count = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= minimum && count <= maximum) return count;
  throw new InvalidRequestError(`${name} must be a whole number from ${minimum} to ${maximum}.`, {
    param: name,
  });
}

/** A field that knows a few words. The schema lets any text through; `choiceIn` reads it. */
export const choiceField = (choices: readonly string[], description: string) =>
  t.Optional(t.String({ description, "x-takes": { type: "string", enum: choices } }));

/** @throws InvalidRequestError naming the field and what there is to choose from */
export function choiceIn<const Choice extends string>(
  text: string | undefined,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const choice = text === undefined ? choices[0] : choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new InvalidRequestError(`${name} must be ${choices.join(" or ")}.`, { param: name });
}
