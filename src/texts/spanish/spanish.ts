/** Every Spanish text, by the English one. A test finds what is missing, and what nobody says any more. */
import { card } from "./card.ts";
import { context } from "./context.ts";
import { formulas } from "./formulas.ts";
import { frame } from "./frame.ts";
import { inputs } from "./inputs.ts";
import { instruments } from "./instruments.ts";
import { money } from "./money.ts";
import { scripts } from "./scripts.ts";
import { trading } from "./trading.ts";

const finance = [card, inputs, formulas, trading, money, instruments];
const pages = [context, frame, scripts];

export const spanish: ReadonlyMap<string, string> = new Map(
  [...finance, ...pages].flatMap((table) => Object.entries(table)),
);
