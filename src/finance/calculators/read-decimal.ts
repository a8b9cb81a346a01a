/**
 * Reads a number as people write it into a form, or programs into a text. It never guesses: text that can be read in two ways
 * is refused with the reason.
 */
import { say, type Words } from "../../texts/say.ts";

/** More significant digits than these do not survive in a number. */
const mostDigits = 15;

const plain = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
/** Thousands in groups, where the other mark or a second group says which of the two marks is meant. */
const pointForDecimals = /^[+-]?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)$/;
const commaForDecimals = /^[+-]?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)$/;
/** Not three digits after the comma: no thousands. */
const decimalComma = /^[+-]?\d+,(?:\d{1,2}|\d{4,})$/;
const eitherWay = /^[+-]?\d{1,3},\d{3}$/;
/** Between groups of three: the spaces and apostrophes of several countries. */
const grouping = /(?<=\d)[ '\u00a0\u2009\u202f\u2019](?=\d{3}(?!\d))/g;

type Reading = { readonly value: number } | { readonly problem: Words };

/** @param title of the input @returns the number, or what to do */
export function readDecimal(text: string, title: Words): Reading {
  const written = text.trim().replace("\u2212", "-").replaceAll(grouping, "");
  if (eitherWay.test(written))
    return {
      problem: say`${title} can be read in two ways: write it without a separator of thousands, with a point for decimals, such as 1500 or 1.5.`,
    };
  const decimal = decimalOf(written);
  if (decimal === null) return { problem: say`${title} must be a plain number, such as 10000 or 0.25.` };
  const digits = decimal.replace(/[^\d]/g, "").replace(/^0+/, "");
  if (digits.length > mostDigits)
    return { problem: say`${title} has more than ${mostDigits} digits: round it.` };
  // Zero has no sign.
  return { value: Number(decimal) + 0 };
}

function decimalOf(written: string): string | null {
  if (plain.test(written)) return written;
  if (pointForDecimals.test(written)) return written.replaceAll(",", "");
  if (commaForDecimals.test(written)) return written.replaceAll(".", "").replace(",", ".");
  return decimalComma.test(written) ? written.replace(",", ".") : null;
}
