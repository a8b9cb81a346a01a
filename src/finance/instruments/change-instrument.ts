/** Checks what a user changes of an instrument's specification. It knows nothing of storage. */
import { InvalidRequestError } from "../../errors.ts";
import { say, type Words } from "../../texts/say.ts";
import { Exact } from "../calculators/exact.ts";
import { readDecimal } from "../calculators/read-decimal.ts";
import { type Instrument, type InstrumentKind, instrumentKinds } from "./instrument.ts";
import { symbolOf } from "./own-instruments.ts";

/** By the names of the interface; a field that is left out keeps its value. Decimals as texts or numbers. */
export interface InstrumentChange {
  readonly name?: string | undefined;
  readonly kind?: string | undefined;
  readonly base?: string | null | undefined;
  readonly quote?: string | undefined;
  readonly pip?: string | number | undefined;
  /** null: people mean different steps, so it is asked. */
  readonly point?: string | number | null | undefined;
  readonly contract_size?: string | number | undefined;
  readonly lot_step?: string | number | undefined;
  readonly min_lot?: string | number | undefined;
  readonly synonyms?: readonly string[] | undefined;
}

const plainSymbol = /^[A-Z0-9]{1,20}$/;
const code = /^[A-Z]{3,5}$/;
const largest = 1e9;

/**
 * @param current null: a new instrument, of which every figure must be stated
 * @throws InvalidRequestError with `param`
 */
export function changedInstrument(
  current: Instrument | null,
  symbol: string,
  change: InstrumentChange,
): Instrument {
  const plain = current?.symbol ?? symbolOf(symbol);
  if (!plainSymbol.test(plain))
    refuse("symbol", say`The symbol must be 1 to 20 letters and digits, such as EURUSD.`);
  const base = change.base === undefined ? (current?.base ?? null) : codeIn("base", say`Bought`, change.base);
  const kind = kindIn(change.kind ?? current?.kind);
  const pip = decimalIn("pip", say`Pip`, change.pip ?? current?.pip);
  return {
    symbol: plain,
    name: (change.name?.trim() || current?.name) ?? plain,
    kind,
    base,
    quote: quoteIn(change.quote ?? current?.quote),
    pip,
    point: pointIn(change.point, current, kind, pip),
    contractSize: decimalIn(
      "contract_size",
      say`Contract size`,
      change.contract_size ?? current?.contractSize,
    ),
    lotStep: decimalIn("lot_step", say`Step of lots`, change.lot_step ?? current?.lotStep),
    minLot: decimalIn("min_lot", say`Smallest lot`, change.min_lot ?? current?.minLot),
    synonyms:
      change.synonyms?.map((each) => each.trim().toLowerCase()).filter(Boolean) ?? current?.synonyms ?? [],
    source: "yours",
  };
}

function pointIn(
  changed: InstrumentChange["point"],
  current: Instrument | null,
  kind: InstrumentKind,
  pip: string,
): string | null {
  if (changed === null) return null;
  if (changed !== undefined) return decimalIn("point", say`Point`, changed);
  // Of an index and of a share, people call one step both.
  return current === null && (kind === "index" || kind === "share") ? pip : (current?.point ?? null);
}

function refuse(param: string, words: Words): never {
  throw new InvalidRequestError(words, { param });
}

function kindIn(kind: string | undefined): InstrumentKind {
  const found = instrumentKinds.find((each) => each === kind);
  return found ?? refuse("kind", say`The kind must be one of: ${{ verbatim: instrumentKinds.join(", ") }}.`);
}

function quoteIn(quote: string | undefined): string {
  const found = codeIn("quote", say`Quoted in`, quote ?? null);
  return found ?? refuse("quote", say`Quoted in is missing: state the currency of the price, such as USD.`);
}

function codeIn(param: string, title: Words, text: string | null): string | null {
  const plain = text?.trim().toUpperCase() ?? "";
  if (plain === "") return null;
  return code.test(plain) ? plain : refuse(param, say`${title} must be a currency's code, such as USD.`);
}

function decimalIn(param: string, title: Words, value: string | number | undefined): string {
  if (value === undefined || value === "")
    return refuse(param, say`${title} is missing: state a number above 0.`);
  const reading = readDecimal(typeof value === "number" ? new Exact(value).toFixed() : value, title);
  if ("problem" in reading) return refuse(param, reading.problem);
  if (reading.value <= 0 || reading.value > largest)
    return refuse(param, say`${title} must be a number above 0 and of at most ${largest}.`);
  return new Exact(reading.value).toFixed();
}
