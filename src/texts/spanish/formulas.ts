/** Spanish: the formulas of calculators. */
const period =
  "i = interés de un periodo (nominal: tipo ÷ periodos al año; efectivo: (1 + tipo)^(1 ÷ periodos al año) − 1)";
const ofPeriod =
  "i = rate of a period (nominal: rate ÷ periods a year; effective: (1 + rate)^(1 ÷ periods a year) − 1)";

export const formulas: Readonly<Record<string, string>> = {
  "loan = payment × (1 − (1 + i)^−n) ÷ i, i = rate ÷ 12, n = months":
    "préstamo = cuota × (1 − (1 + i)^−n) ÷ i, i = tipo ÷ 12, n = meses",
  "price + accrued interest = Σ (coupon ÷ f) ÷ (1 + yield ÷ f)^(k − passed) + 100 ÷ (1 + yield ÷ f)^(n − passed), k = 1 … n coupons to come, f = coupons a year, passed = the part of the running period that has passed (street convention; the last period is compounded, too)":
    "precio + cupón corrido = Σ (cupón ÷ f) ÷ (1 + rentabilidad ÷ f)^(k − pasado) + 100 ÷ (1 + rentabilidad ÷ f)^(n − pasado), k = 1 … n cupones por venir, f = cupones al año, pasado = la parte del periodo en curso que ya ha pasado (street convention; también el último periodo lleva interés compuesto)",
  "p = (average loss + costs) ÷ (average win + average loss)":
    "p = (pérdida media + costes) ÷ (ganancia media + pérdida media)",
  "taxed yield = tax-free yield ÷ (1 − tax rate)":
    "rentabilidad antes de impuestos = rentabilidad libre de impuestos ÷ (1 − tipo impositivo)",
  "loan − fees = payment × (1 − (1 + m)^−n) ÷ m, n = months; effective = (1 + m)^12 − 1; nominal = 12 × m; payment = loan × i ÷ (1 − (1 + i)^−n), i = rate ÷ 12":
    "préstamo − comisiones = cuota × (1 − (1 + m)^−n) ÷ m, n = meses; efectivo = (1 + m)^12 − 1; nominal = 12 × m; cuota = préstamo × i ÷ (1 − (1 + i)^−n), i = tipo ÷ 12",
  "CAGR = (end ÷ start)^(1 ÷ years) − 1": "CAGR = (final ÷ inicial)^(1 ÷ años) − 1",
  "value = amount × (1 + rate ÷ m)^(m × years), m = how often a year interest is added; continuously: amount × e^(rate × years)":
    "valor = importe × (1 + tipo ÷ m)^(m × años), m = abonos de intereses al año; continuo: importe × e^(tipo × años)",
  "amount × rate, or amount ÷ rate where the rate is the price of the other currency":
    "importe × tipo de cambio, o importe ÷ tipo de cambio si este es el precio de la otra divisa",
  "dividend yield = dividends of a year ÷ price":
    "rentabilidad por dividendo = dividendos de un año ÷ precio",
  "years = ln 2 ÷ ln(1 + rate); rule of 72: 72 ÷ rate in per cent":
    "años = ln 2 ÷ ln(1 + tipo); regla del 72: 72 ÷ tipo en por ciento",
  "effective = (1 + nominal ÷ m)^m − 1, m = how often a year interest is added; continuously: e^nominal − 1":
    "efectivo = (1 + nominal ÷ m)^m − 1, m = abonos de intereses al año; continuo: e^nominal − 1",
  "expectancy = p × average win − (1 − p) × average loss; profit factor = p × average win ÷ ((1 − p) × average loss); p ± by Wilson's score interval, 95 %":
    "esperanza = p × ganancia media − (1 − p) × pérdida media; factor de beneficio = p × ganancia media ÷ ((1 − p) × pérdida media); p ± según el intervalo de Wilson, 95 %",
  "retracement k: to − k × (to − from); extension k: from + k × (to − from)":
    "retroceso k: hasta − k × (hasta − desde); extensión k: desde + k × (hasta − desde)",
  [`deposit = (goal − start × (1 + i)^n) × i ÷ ((1 + i)^n − 1), ÷ (1 + i) if deposits are made at the beginning; ${ofPeriod}, n = periods; rounded to the cent`]: `aportación = (objetivo − inicial × (1 + i)^n) × i ÷ ((1 + i)^n − 1), ÷ (1 + i) si se aporta al principio; ${period}, n = periodos; redondeado al céntimo`,
  "real value = amount × ((1 + interest) ÷ (1 + inflation))^years; price then = amount × (1 + inflation)^years; real rate = (1 + interest) ÷ (1 + inflation) − 1":
    "valor real = importe × ((1 + interés) ÷ (1 + inflación))^años; precio futuro = importe × (1 + inflación)^años; tipo real = (1 + interés) ÷ (1 + inflación) − 1",
  "f = p − (1 − p) ÷ b, b = average win ÷ average loss; half: f ÷ 2; capped: at most 2 %":
    "f = p − (1 − p) ÷ b, b = ganancia media ÷ pérdida media; mitad: f ÷ 2; con tope: 2 % como máximo",
  "payment = loan × i ÷ (1 − (1 + i)^−n), i = rate ÷ 12, n = months; each month's interest is rounded to the cent, and the last payment takes the rest":
    "cuota = préstamo × i ÷ (1 − (1 + i)^−n), i = tipo ÷ 12, n = meses; el interés de cada mes se redondea al céntimo, y el último pago toma el resto",
  "margin = lots × contract size × price × conversion rate ÷ leverage; margin level = equity ÷ margin; stop-out where equity = margin × stop-out level":
    "margen = lotes × tamaño del contrato × precio × tipo de conversión ÷ apalancamiento; nivel de margen = patrimonio ÷ margen; stop-out donde patrimonio = margen × nivel de stop-out",
  "payment = loan × (rate + repayment) ÷ 12, or loan × i ÷ (1 − (1 + i)^−n) with i = rate ÷ 12 and n = months; each month's interest is rounded to the cent, and the last payment takes the rest":
    "cuota = préstamo × (tipo + amortización) ÷ 12, o préstamo × i ÷ (1 − (1 + i)^−n) con i = tipo ÷ 12 y n = meses; el interés de cada mes se redondea al céntimo, y el último pago toma el resto",
  "of: value × percent ÷ 100; share: second ÷ value × 100; change: (second − value) ÷ value × 100; add, subtract: value × (1 ± percent ÷ 100)":
    "porcentaje de: número × por ciento ÷ 100; parte: segundo ÷ primero × 100; variación: (segundo − primero) ÷ primero × 100; más, menos: número × (1 ± por ciento ÷ 100)",
  "pip value = pip × contract size × lots × conversion rate":
    "valor del pip = pip × tamaño del contrato × lotes × tipo de conversión",
  "classic: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0.382, 0.618, 1 × (H − L); Camarilla: C ± 1.1 × (H − L) ÷ 12, 6, 4, 2; Woodie: classic with P = (H + L + 2 × open) ÷ 4, or with the close where no open is stated":
    "clásico: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0,382; 0,618; 1 × (H − L); Camarilla: C ± 1,1 × (H − L) ÷ 12; 6; 4; 2; Woodie: clásico con P = (H + L + 2 × apertura) ÷ 4, o con el cierre si no se indica apertura",
  "lots = risk ÷ (stop distance × contract size × conversion rate), rounded down to the lot step; risk = balance × risk %":
    "lotes = riesgo ÷ (distancia del stop × tamaño del contrato × tipo de conversión), redondeado hacia abajo al paso de lote; riesgo = saldo × riesgo en %",
  "gross = (exit − entry) × contract size × lots × conversion rate, with the sign turned for a short; net = gross − commission + swap":
    "bruto = (salida − entrada) × tamaño del contrato × lotes × tipo de conversión, con el signo contrario en corto; neto = bruto − comisión + swap",
  "real rate = (1 + rate) ÷ (1 + inflation) − 1": "tipo real = (1 + tipo) ÷ (1 + inflación) − 1",
  "risk of ruin = x^n; n = ruin ÷ risk a trade, rounded up; x < 1 solves p × x^(b + 1) − x + (1 − p) = 0; for b = 1: x = (1 − p) ÷ p":
    "riesgo de ruina = x^n; n = ruina ÷ riesgo por operación, redondeado hacia arriba; x < 1 resuelve p × x^(b + 1) − x + (1 − p) = 0; para b = 1: x = (1 − p) ÷ p",
  "ratio = |target − entry| ÷ |entry − stop|; break-even win rate = 1 ÷ (1 + ratio), before costs":
    "ratio = |objetivo − entrada| ÷ |entrada − stop|; tasa de acierto de equilibrio = 1 ÷ (1 + ratio), antes de costes",
  "R = profit ÷ initial risk; by prices: (exit − entry) ÷ (entry − stop)":
    "R = ganancia ÷ riesgo inicial; por precios: (salida − entrada) ÷ (entrada − stop)",
  [`value = start × (1 + i)^n + deposit × ((1 + i)^n − 1) ÷ i, × (1 + i) on the deposits if they are made at the beginning; ${ofPeriod}, n = periods`]: `valor = inicial × (1 + i)^n + aportación × ((1 + i)^n − 1) ÷ i, × (1 + i) sobre las aportaciones si son al principio; ${period}, n = periodos`,
  "swap = swap points × point × contract size × lots × (nights + 2 × triple nights) × conversion rate":
    "swap = puntos de swap × punto × tamaño del contrato × lotes × (noches + 2 × noches triples) × tipo de conversión",
  "price = pips × pip; units = lots × contract size; 1 troy ounce = 31.1034768 g; 1 % = 100 basis points":
    "precio = pips × pip; unidades = lotes × tamaño del contrato; 1 onza troy = 31,1034768 g; 1 % = 100 puntos básicos",
  [`the first period's end at which the balance is at least the goal; balance after a period = balance × (1 + i) + deposit, or (balance + deposit) × (1 + i) if it is made at the beginning; ${ofPeriod}`]: `el primer final de periodo en el que el saldo alcanza el objetivo; saldo tras un periodo = saldo × (1 + i) + aportación, o (saldo + aportación) × (1 + i) si se aporta al principio; ${period}`,
  "interest = amount × rate × time; time = years + months ÷ 12 + days ÷ days of a year":
    "intereses = importe × tipo × tiempo; tiempo = años + meses ÷ 12 + días ÷ días de un año",
  [`balance after a period = balance × (1 + i) − withdrawal, until a whole withdrawal is not left; at the period's beginning: (balance − withdrawal) × (1 + i); ${ofPeriod}`]: `saldo tras un periodo = saldo × (1 + i) − retirada, hasta que ya no queda una retirada entera; al principio del periodo: (saldo − retirada) × (1 + i); ${period}`,
  "the rate r with Σ amount ÷ (1 + r)^(days since the first payment ÷ 365) = 0":
    "el tipo r con Σ importe ÷ (1 + r)^(días desde el primer pago ÷ 365) = 0",
  "call = S × e^(−q × T) × N(d1) − K × e^(−r × T) × N(d2); put = K × e^(−r × T) × N(−d2) − S × e^(−q × T) × N(−d1); d1 = (ln(S ÷ K) + (r − q + σ² ÷ 2) × T) ÷ (σ × √T), d2 = d1 − σ × √T":
    "call = S × e^(−q × T) × N(d1) − K × e^(−r × T) × N(d2); put = K × e^(−r × T) × N(−d2) − S × e^(−q × T) × N(−d1); d1 = (ln(S ÷ K) + (r − q + σ² ÷ 2) × T) ÷ (σ × √T), d2 = d1 − σ × √T",
};
