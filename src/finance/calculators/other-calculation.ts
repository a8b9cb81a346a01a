/** Words that tell one calculation about money from another: they stand in `unless` of those that are not meant. */

export const saving = [
  "a month",
  "per month",
  "each month",
  "every month",
  "monthly deposit",
  "monthly deposits",
  "each year",
  "every year",
  "savings plan",
  "ich monatlich",
  "monatlich spare",
  "spare",
  "sparplan",
  "sparrate",
  "im monat",
  "pro monat",
  "jeden monat",
];
export const aiming = [
  "need to save",
  "must i save",
  "should i save",
  "have to save",
  "muss ich",
  "savings goal",
  "sparziel",
];
export const withdrawing = [
  "withdraw",
  "withdrawal",
  "withdrawals",
  "take out",
  "money last",
  "entnehme",
  "entnehmen",
  "entnahme",
  "entnahmeplan",
  "auszahlplan",
];
export const owing = [
  "loan",
  "borrow",
  "repay",
  "pay off",
  "mortgage",
  "kredit",
  "darlehen",
  "tilgung",
  "hypothek",
  "baufinanzierung",
];
export const housing = [
  "mortgage",
  "home loan",
  "house loan",
  "hypothek",
  "baufinanzierung",
  "immobilienkredit",
  "immobiliendarlehen",
  "hauskredit",
  "baukredit",
  "zinsbindung",
  "restschuld",
  "annuitätendarlehen",
  "anfängliche tilgung",
  "anfänglicher tilgung",
];
export const losingValue = ["inflation", "purchasing power", "buying power", "kaufkraft", "teuerung"];
export const restatingRates = [
  "effective rate",
  "effective annual rate",
  "effektivzins",
  "effektiver jahreszins",
  "nominalzins",
];
