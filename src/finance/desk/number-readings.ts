/**
 * Which numbers a figure may mean for an input. "1,234" is read in both ways, unless the other figures, the unit and the
 * language say which; it never chooses by what is likely.
 */
import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Decimal } from "decimal.js";
import type { Language } from "../../texts/say.ts";
import type { LexedFigure, Reading } from "../numbers/figure.ts";
import type { Word } from "./question-words.ts";

export type DecimalMark = "." | ",";

const german = new Set(
  (
    "ich du er wir ihr mein meine meinem meinen der die das dem den ein eine einem einen und oder mit bei für über nach von zu " +
    "auf aus wie viel viele groß hoch lange was wenn ist sind habe hat wird werden im pro jahr jahre jahren monat monate monaten " +
    "monatlich zinsen kredit darlehen konto risiko betrag laufzeit berechne rechne bitte prozent gewinn verlust hebel kurs " +
    "ziel pivotpunkte pivotpunkt marken kursmarken niveaus silber höchstkurs tiefstkurs schlusskurs tageschart"
  ).split(" "),
);
const english = new Set(
  (
    "i you he we my your the a an and or with for over after of to at from how much many big large long what if is are have has " +
    "will would per year years month months monthly interest loan account risk amount term calculate please percent profit loss " +
    "leverage price stop each every value position size"
  ).split(" "),
);

const spanish = new Set(
  (
    "yo tu él mi mis su sus el la los las lo un una unos unas y o con para por sobre tras del al desde hasta en de que qué cuál cual " +
    "cuánto cuanto cuánta cuánta cuántos cuantos cuántas cuantas cuándo cuando cómo como es son será serán está si tengo tiene hay " +
    "tendré puedo quiero necesito cada mes meses año años día días plazo interés intereses tipo tasa préstamo hipoteca cuenta riesgo " +
    "arriesgo ahorro invierto importe calcula calcular ganancia pérdida apalancamiento precio cuota entrada salida lotes divisa " +
    "convierte convertir cambia dime dame objetivo margen largo corto máximo mínimo cierre valor retirada ahorrar retirar " +
    "oro plata niveles soportes resistencias pivotes puntos pivote volatilidad"
  ).split(" "),
);

/** Spanish only where it is clearer than both others. */
export function languageOf(words: readonly Word[]): Language {
  const scores = { en: 0, de: 0, es: 0 };
  for (const { text } of words) {
    if (german.has(text) || /[äöüß]/.test(text)) scores.de++;
    if (english.has(text)) scores.en++;
    if (spanish.has(text) || /[áéíóúñ]/.test(text)) scores.es++;
  }
  if (scores.es > scores.en && scores.es > scores.de) return "es";
  return scores.de > scores.en ? "de" : "en";
}

const separatorsOf = (text: string): readonly string[] => text.match(/(?<=\d)[.,](?=\d)/g) ?? [];

/** The decimal mark that the figures with one reading prove; null: none does, or they contradict each other. */
export function provenMark(figures: readonly LexedFigure[]): DecimalMark | null {
  const marks = new Set<DecimalMark>();
  for (const { text, values } of figures) {
    const separators = separatorsOf(text);
    const [only] = values;
    const last = separators.at(-1);
    if (values.length !== 1 || only === undefined || last === undefined) continue;
    const isGrouping = separators.length > 1 && separators.every((each) => each === last);
    const mark = isGrouping ? other(last) : last;
    marks.add(mark === "," ? "," : ".");
  }
  const [mark, ...others] = marks;
  return mark === undefined || others.length > 0 ? null : mark;
}

const other = (mark: string) => (mark === "." ? "," : ".");

interface FieldContext {
  readonly field: TSchema;
  readonly mark: DecimalMark | null;
  readonly language: Language;
  /** Prices of the instrument have so small steps that three decimals are usual. */
  readonly hasFinePrices: boolean;
}

/** @param factor of the unit: 0.01 for basis points in an input of per cent @returns one number, or two */
export function numbersFor(figure: LexedFigure, factor: string, context: FieldContext): readonly number[] {
  const numbers = chosen(figure, context).map(({ value }) => new Decimal(value).times(factor).toNumber());
  if (numbers.length < 2) return numbers;
  const allowed = numbers.filter((number) => Value.Check(context.field, number));
  return allowed.length === 0 ? numbers.slice(0, 1) : allowed;
}

function chosen(
  figure: LexedFigure,
  { field, mark, language, hasFinePrices }: FieldContext,
): readonly Reading[] {
  const { values, text } = figure;
  const [separator] = separatorsOf(text);
  if (values.length < 2 || separator === undefined) return values;
  const decimal = values.filter(({ decimals }) => decimals > 0);
  const whole = values.filter(({ decimals }) => decimals <= 0);
  if (mark !== null) return separator === mark ? decimal : whole;
  const unit: unknown = field["x-unit"];
  const isUsualGrouping = separator === (language === "en" ? "," : ".");
  // No amount of money has three decimals; a price may have.
  if (unit === "currency") return isUsualGrouping ? whole : values;
  if (hasFinePrices && unit === "price") return decimal;
  if (language === "en" && separator === ",") return whole;
  if (language !== "en" && separator === ",") return decimal;
  return values;
}
