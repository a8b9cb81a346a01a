/** The fields of an instrument's form, and what they change. */
import { t } from "elysia";
import type { FieldProps, InstrumentProps } from "../../../views/finance-props.ts";
import type { InstrumentChange } from "../../finance/instruments/change-instrument.ts";
import { instrumentKinds } from "../../finance/instruments/instrument.ts";
import { tr } from "../../texts/reader-language.ts";

const text = t.Optional(t.String({ maxLength: 2000 }));
export const InstrumentForm = t.Object({
  do: t.Optional(t.Literal("reset")),
  symbol: text,
  name: text,
  kind: text,
  base: text,
  quote: text,
  pip: text,
  point: text,
  contract_size: text,
  lot_step: text,
  min_lot: text,
  synonyms: text,
});
type Form = typeof InstrumentForm.static;
type Name = Exclude<keyof Form, "do">;

const fields = (): readonly (Pick<FieldProps, "title" | "hint" | "placeholder" | "isRequired"> & {
  readonly name: Name;
})[] => [
  { name: "symbol", title: tr`Symbol`, hint: null, placeholder: "EURUSD", isRequired: true },
  { name: "name", title: tr`Name`, hint: null, placeholder: null, isRequired: false },
  { name: "kind", title: tr`Kind`, hint: null, placeholder: null, isRequired: true },
  {
    name: "base",
    title: tr`Base`,
    hint: tr`What is bought: EUR, XAU, BTC. Empty for an index or a share.`,
    placeholder: null,
    isRequired: false,
  },
  {
    name: "quote",
    title: tr`Quoted in`,
    hint: tr`The currency of its price.`,
    placeholder: "USD",
    isRequired: true,
  },
  {
    name: "pip",
    title: tr`Pip`,
    hint: tr`The price step that people call a pip.`,
    placeholder: "0.0001",
    isRequired: true,
  },
  {
    name: "point",
    title: tr`Point`,
    hint: tr`The price step that people call a point. Empty where people mean different ones: then it is asked.`,
    placeholder: "0.00001",
    isRequired: false,
  },
  {
    name: "contract_size",
    title: tr`Contract size`,
    hint: tr`Units in one lot or contract.`,
    placeholder: "100000",
    isRequired: true,
  },
  { name: "lot_step", title: tr`Step of lots`, hint: null, placeholder: "0.01", isRequired: true },
  { name: "min_lot", title: tr`Smallest lot`, hint: null, placeholder: "0.01", isRequired: true },
  {
    name: "synonyms",
    title: tr`Other names`,
    hint: tr`With commas between them.`,
    placeholder: null,
    isRequired: false,
  },
];

const valuesOf = (instrument: InstrumentProps): Form => ({
  name: instrument.name,
  kind: instrument.kind,
  base: instrument.base ?? "",
  quote: instrument.quote,
  pip: instrument.pip,
  point: instrument.point ?? "",
  contract_size: instrument.contractSize,
  lot_step: instrument.lotStep,
  min_lot: instrument.minLot,
  synonyms: instrument.synonyms.join(", "),
});

/** @param instrument null: a new one, or one whose form was refused @param form what was filled in */
export function formOf(
  instrument: InstrumentProps | null,
  form: Form = instrument === null ? {} : valuesOf(instrument),
  problem: { readonly param: string; readonly message: string } | null = null,
): readonly FieldProps[] {
  return fields().map((field) => ({
    ...field,
    kind: kindOf(field.name),
    unit: null,
    isOneOf: false,
    value: form[field.name] ?? "",
    problem: problem?.param === field.name ? problem.message : null,
  }));
}

function kindOf(name: Name): FieldProps["kind"] {
  if (name === "kind") return { type: "choice", choices: instrumentKinds, otherwise: null };
  if (name === "quote" || name === "base") return { type: "text", list: "currencies" };
  const isNumber = ["pip", "point", "contract_size", "lot_step", "min_lot"].includes(name);
  return isNumber ? { type: "number", isWhole: false } : { type: "text", list: null };
}

const orNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === "" ? null : text;

export function filledInstrument({
  do: _,
  symbol: __,
  synonyms,
  base,
  point,
  ...form
}: Form): InstrumentChange {
  return {
    ...form,
    base: orNull(base),
    point: orNull(point),
    ...(synonyms === undefined ? {} : { synonyms: synonyms.split(",") }),
  };
}
