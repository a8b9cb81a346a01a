/** Every German text, by the English one. A test finds what is missing, and what nobody says any more. */
import { card } from "./card.ts";
import { formulas } from "./formulas.ts";
import { inputs } from "./inputs.ts";
import { instruments } from "./instruments.ts";
import { money } from "./money.ts";
import { trading } from "./trading.ts";

export const german: ReadonlyMap<string, string> = new Map(
  [card, inputs, formulas, trading, money, instruments].flatMap((table) => Object.entries(table)),
);
