/** Payments with their days, as one line of text that a form can hold: "2024-01-01 -1000; 2024-12-31 1100". */
import { say } from "../../texts/say.ts";
import { dayNumber } from "./calendar-day.ts";
import { Exact } from "./exact.ts";
import { refuse } from "./refuse.ts";

const most = 1000;
const largest = 1e12;

export interface DatedFlow {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Negative: paid in. Positive: paid out. */
  readonly amount: Exact;
}

/**
 * A payment is a day as YYYY-MM-DD, a space, and an amount with a point for decimals and no separators; between payments
 * stands a semicolon or a new line.
 * @param param the input's name, for refusals
 * @returns the payments by their days
 * @throws InvalidRequestError that names the first payment that cannot be read
 */
export function readDatedFlows(param: string, text: string): readonly DatedFlow[] {
  const parts = text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length > most) refuse(param, say`These are more than ${most} payments. State fewer.`);
  return parts.map((part, index) => readFlow(param, part, index + 1)).sort((a, b) => a.day - b.day);
}

function readFlow(param: string, part: string, position: number): DatedFlow {
  const shown = { verbatim: JSON.stringify(part.slice(0, 40)) };
  const [dayPart = "", amountPart = "", ...others] = part.split(/[ \t]+/);
  const day = dayNumber(dayPart);
  if (day === null)
    refuse(param, say`Payment ${position}, ${shown}, begins with no day. Write it as 2024-01-31 -1000.`);
  if (others.length > 0 || !/^[-+−]?\d+(?:\.\d+)?$/.test(amountPart))
    refuse(
      param,
      say`Payment ${position}, ${shown}, has no plain amount. Write it as 2024-01-31 -1000.50, and put ; between payments.`,
    );
  const amount = new Exact(amountPart.replace("−", "-").replace("+", ""));
  if (amount.abs().gt(largest))
    refuse(param, say`Payment ${position}, ${shown}, is above ${largest}. State a smaller one.`);
  return { day, amount };
}
