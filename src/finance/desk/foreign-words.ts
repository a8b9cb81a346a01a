/**
 * Words that change what is computed. A calculator that does not know such a word answers another question: "5 % down" is no
 * interest. A word that is in a calculator's own phrases, cues or choices is one that it knows.
 */
import type { Language } from "../../texts/say.ts";
import type { Word } from "./question-words.ts";

const words = new Set(
  (
    "down first second third last remaining left free erste ersten ersten letzten zweiten übrig kostenlos fee fees commission commissions tax taxes taxed taxable discount vat spread slippage inflation dividend dividends bonus " +
    "penalty insurance withdrawal withdrawals withdraw salary wage rent balloon escrow grace deferred " +
    "odds probability chance volatility hedge hedged correlation backtest drawdown sharpe " +
    "refinance refinancing amortized weekly biweekly fortnightly " +
    "anzahlung gebühr gebühren steuer steuern rabatt provision versicherung gehalt lohn miete mehrwertsteuer mwst " +
    "ausgabeaufschlag disagio sondertilgung sondertilgungen tilgungsfrei tilgungsfreie abgeltungssteuer abgeltungsteuer entnahme " +
    "entnehmen dividende wahrscheinlichkeit volatilität wöchentlich " +
    "primer primero primera primeros primeras segundo segunda tercer tercero último última últimos últimas restante restantes " +
    "quedan queda libre gratis comisión comisiones comision gastos impuesto impuestos iva descuento inflación inflacion dividendo " +
    "dividendos seguro salario sueldo alquiler renta retirada retiradas retiro retirar carencia entrada enganche anticipo " +
    "probabilidad volatilidad cobertura correlación semanal semanales quincenal quincenales refinanciar refinanciación bono ganar ingresos ingreso nómina rentas vivir jubilarme casa vivienda piso"
  ).split(" "),
);

/** Spanish numbers in words are not read: "10 años y medio" is not 10 years. */
const spanishNumbers = new Set(
  (
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis dieciseis diecisiete dieciocho " +
    "diecinueve veinte veinticinco treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos " +
    "trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos mil miles millón medio media mitad " +
    "tercio cuarto doble triple docena par ambos semana semanas quincena quincenas bimestre bimestral cuatrimestre"
  ).split(" "),
);

/** @param vocabulary the words that the calculator knows */
export const isAboutElse = (
  question: readonly Word[],
  vocabulary: ReadonlySet<string>,
  language: Language,
): boolean =>
  question.some(
    ({ text }, index) =>
      (words.has(text) || (language === "es" && spanishNumbers.has(text) && !isPerCent(question, index))) &&
      !vocabulary.has(text),
  );

/** "5 por ciento" is a figure with its unit. */
const isPerCent = (question: readonly Word[], index: number) =>
  question[index]?.text === "ciento" && question[index - 1]?.text === "por";
