/** Spanish words that several calculators know: rates, terms, how often, and other calculations. */
import { list } from "./spanish-asked.ts";

export const rateCues =
  list(`al, del, interés, intereses, interés del, interés anual, interés anual del, tipo, tipo de interés, tipo anual,
  tasa, tasa de interés, tasa anual, rentabilidad, rentabilidad anual, rendimiento, rendimiento anual, p.a.`);
const termCues = list("durante, en, a, tras, después de, dentro de, al cabo de, por, plazo, plazo de");
export const term = { years: termCues, months: termCues };

export const every = {
  month: list(
    "al mes, por mes, cada mes, /mes, mensual, mensuales, mensualmente, todos los meses, una vez al mes",
  ),
  quarter: list("al trimestre, por trimestre, cada trimestre, trimestral, trimestrales, trimestralmente"),
  year: list("cada año, todos los años, anualmente, anuales, aportación anual, retirada anual"),
};
export const when = {
  begin: list("al principio, al inicio, a principios de, por adelantado, por anticipado"),
  end: list("al final, a final de, a finales de, a mes vencido"),
};
export const rateKind = { nominal: ["nominal"], effective: list("efectivo, efectiva, tae") };

export const compounding = {
  yearly: list(
    "capitalización anual, capitalizado anualmente, capitalizados anualmente, compuesto anualmente, capitalizable anualmente",
  ),
  "half-yearly": list("semestral, semestralmente, capitalización semestral, dos veces al año"),
  quarterly: list("trimestral, trimestralmente, capitalización trimestral"),
  monthly: list("mensual, mensualmente, capitalización mensual"),
  daily: list("diario, diaria, diariamente, capitalización diaria"),
  continuous: list("continuo, continua, continuamente, capitalización continua"),
};

/** What names other calculations. */
export const goalPhrases =
  list(`necesito ahorrar, debo ahorrar, tengo que ahorrar, hay que ahorrar, debería ahorrar, he de ahorrar,
  objetivo de ahorro, meta de ahorro, para tener, para llegar a, para alcanzar, para reunir`);
export const withdrawalPhrases =
  list(`retirada, retiradas, retirar, retiro, retiros, plan de retiradas, dura el dinero, dura mi dinero,
  durará mi dinero, durará el dinero, durarán mis ahorros, duran, durarán, sacar al mes, saco`);
export const loanPhrases =
  list(`préstamo, préstamos, crédito, créditos, pido prestado, pido prestados, tomo prestado, devolver,
  hipoteca, hipotecas, hipotecario, amortizar, amortización`);
export const timePhrases =
  list(`cuánto tiempo, cuánto tardo, cuánto tardaré, cuánto se tarda, cuánto tarda, cuánto tardará, cuándo tendré,
  hasta tener, hasta llegar a, cuántos años tardo, cuántos meses tardo`);
export const affordablePhrases =
  list(`cuánto puedo pedir prestado, qué préstamo puedo, qué préstamo me puedo, qué crédito puedo,
  puedo permitirme, me puedo permitir, préstamo puedo pagar, préstamo asequible, capacidad de endeudamiento`);
export const mortgagePhrases = list("hipoteca, hipotecas, préstamo hipotecario, crédito hipotecario");
export const inflationPhrases = list(
  "inflación, poder adquisitivo, poder de compra, dinero de hoy, valor real",
);
export const effectivePhrases = list(
  "tipo efectivo, tasa efectiva, interés efectivo, tipo nominal, tasa nominal, interés nominal, tae",
);

export const accountCues = list("cuenta, cuenta en, saldo, divisa de la cuenta");
export const instrumentCues = list("en, de, del, para, sobre, el");
const conversionCues = list("tipo de cambio, tipo de conversión, tasa de cambio");
export const conversion = { conversionRate: conversionCues, conversionPair: conversionCues };
export const priceCues = list("precio, precio de, a, al precio, cotiza a, cotización, está a");
export const winCues = list(
  "tasa de acierto, tasa de aciertos, porcentaje de aciertos, porcentaje de acierto, acierto, aciertos, ganadoras, gano el",
);
export const payoffCues =
  list(`ratio, ratio de pago, ratio beneficio-riesgo, ratio beneficio/riesgo, ratio riesgo-beneficio,
  ratio riesgo/beneficio, ratio ganancia/pérdida, relación beneficio/riesgo, payoff`);
export const averages = {
  averageWin: list(
    "ganancia media, ganancia promedio, beneficio medio, ganancia, ganadora media, gano de media",
  ),
  averageLoss: list("pérdida media, pérdida promedio, pérdida, perdedora media, pierdo de media"),
};
export const tradeCues = list("operaciones, trades, muestra, sobre, de, con, en");
export const entryCues = list(
  "entrada, entrada en, entrada a, entrar en, entro en, entro a, precio de entrada, compro a, compra a",
);
export const stopCues = list(
  "stop, stop loss, stop-loss, stoploss, sl, stop de, stop en, stop a, stop loss de, stop loss en",
);
