/**
 * Query fields other than strings. They are read by hand, because a check by schema would not name the wrong field; the
 * document describes them all the same.
 */
import { Type as t } from "@sinclair/typebox";
import { InvalidRequestError } from "../errors.ts";

interface CountField {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** The value when it is left out; below the minimum: none. */
  readonly otherwise: number;
}

/** The schema accepts any text; `countIn` reads it. The document shows `x-takes` instead. */
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

/** @throws InvalidRequestError that names the field */
export function countIn(text: string | undefined, { name, minimum, maximum, otherwise }: CountField): number {
  if (text === undefined) return otherwise;
  const count = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= minimum && count <= maximum) return count;
  throw new InvalidRequestError(`${name} must be a whole number from ${minimum} to ${maximum}.`, {
    param: name,
  });
}

/** A field with a few allowed words. The schema accepts any text; `choiceIn` reads it. */
export const choiceField = (choices: readonly string[], description: string) =>
  t.Optional(t.String({ description, "x-takes": { type: "string", enum: choices } }));

/** @throws InvalidRequestError that names the field and its choices */
export function choiceIn<const Choice extends string>(
  text: string | undefined,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const choice = text === undefined ? choices[0] : choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new InvalidRequestError(`${name} must be ${choices.join(" or ")}.`, { param: name });
}
