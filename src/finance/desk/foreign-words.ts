/**
 * Words that change what is computed. A calculator that does not know such a word answers another question: "5 % down" is no
 * interest. A word that is in a calculator's own phrases, cues or choices is one that it knows.
 */
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
    "probabilidad volatilidad cobertura correlación semanal semanales quincenal quincenales refinanciar refinanciación bono"
  ).split(" "),
);

/** @param vocabulary the words that the calculator knows */
export const isAboutElse = (question: readonly Word[], vocabulary: ReadonlySet<string>): boolean =>
  question.some(({ text }) => words.has(text) && !vocabulary.has(text));
