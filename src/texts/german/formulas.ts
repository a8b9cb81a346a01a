/** German: the formulas of calculators. */
const period =
  "i = Zins einer Periode (nominal: Zins ÷ Perioden im Jahr; effektiv: (1 + Zins)^(1 ÷ Perioden im Jahr) − 1)";
const ofPeriod =
  "i = rate of a period (nominal: rate ÷ periods a year; effective: (1 + rate)^(1 ÷ periods a year) − 1)";

export const formulas: Readonly<Record<string, string>> = {
  "loan = payment × (1 − (1 + i)^−n) ÷ i, i = rate ÷ 12, n = months":
    "Kredit = Rate × (1 − (1 + i)^−n) ÷ i, i = Zins ÷ 12, n = Monate",
  "price + accrued interest = Σ (coupon ÷ f) ÷ (1 + yield ÷ f)^(k − passed) + 100 ÷ (1 + yield ÷ f)^(n − passed), k = 1 … n coupons to come, f = coupons a year, passed = the part of the running period that has passed (street convention; the last period is compounded, too)":
    "Kurs + Stückzinsen = Σ (Kupon ÷ f) ÷ (1 + Rendite ÷ f)^(k − vergangen) + 100 ÷ (1 + Rendite ÷ f)^(n − vergangen), k = 1 … n künftige Kupons, f = Kupons im Jahr, vergangen = der vergangene Teil der laufenden Periode (Street Convention; auch die letzte Periode hat Zinseszins)",
  "p = (average loss + costs) ÷ (average win + average loss)":
    "p = (durchschnittlicher Verlust + Kosten) ÷ (durchschnittlicher Gewinn + durchschnittlicher Verlust)",
  "taxed yield = tax-free yield ÷ (1 − tax rate)":
    "versteuerte Rendite = steuerfreie Rendite ÷ (1 − Steuersatz)",
  "loan − fees = payment × (1 − (1 + m)^−n) ÷ m, n = months; effective = (1 + m)^12 − 1; nominal = 12 × m; payment = loan × i ÷ (1 − (1 + i)^−n), i = rate ÷ 12":
    "Kredit − Gebühren = Rate × (1 − (1 + m)^−n) ÷ m, n = Monate; effektiv = (1 + m)^12 − 1; nominal = 12 × m; Rate = Kredit × i ÷ (1 − (1 + i)^−n), i = Zins ÷ 12",
  "CAGR = (end ÷ start)^(1 ÷ years) − 1": "CAGR = (Ende ÷ Anfang)^(1 ÷ Jahre) − 1",
  "value = amount × (1 + rate ÷ m)^(m × years), m = how often a year interest is added; continuously: amount × e^(rate × years)":
    "Wert = Betrag × (1 + Zins ÷ m)^(m × Jahre), m = Zinsgutschriften im Jahr; stetig: Betrag × e^(Zins × Jahre)",
  "amount × rate, or amount ÷ rate where the rate is the price of the other currency":
    "Betrag × Kurs, oder Betrag ÷ Kurs, wenn der Kurs der Preis der anderen Währung ist",
  "dividend yield = dividends of a year ÷ price": "Dividendenrendite = Dividenden eines Jahres ÷ Kurs",
  "years = ln 2 ÷ ln(1 + rate); rule of 72: 72 ÷ rate in per cent":
    "Jahre = ln 2 ÷ ln(1 + Zins); 72er-Regel: 72 ÷ Zins in Prozent",
  "effective = (1 + nominal ÷ m)^m − 1, m = how often a year interest is added; continuously: e^nominal − 1":
    "effektiv = (1 + nominal ÷ m)^m − 1, m = Zinsgutschriften im Jahr; stetig: e^nominal − 1",
  "expectancy = p × average win − (1 − p) × average loss; profit factor = p × average win ÷ ((1 − p) × average loss); p ± by Wilson's score interval, 95 %":
    "Erwartungswert = p × durchschnittlicher Gewinn − (1 − p) × durchschnittlicher Verlust; Profitfaktor = p × durchschnittlicher Gewinn ÷ ((1 − p) × durchschnittlicher Verlust); p ± nach Wilsons Intervall, 95 %",
  "retracement k: to − k × (to − from); extension k: from + k × (to − from)":
    "Retracement k: bis − k × (bis − von); Extension k: von + k × (bis − von)",
  [`deposit = (goal − start × (1 + i)^n) × i ÷ ((1 + i)^n − 1), ÷ (1 + i) if deposits are made at the beginning; ${ofPeriod}, n = periods; rounded to the cent`]: `Einzahlung = (Ziel − Anfang × (1 + i)^n) × i ÷ ((1 + i)^n − 1), ÷ (1 + i) bei Einzahlung am Anfang; ${period}, n = Perioden; auf den Cent gerundet`,
  "real value = amount × ((1 + interest) ÷ (1 + inflation))^years; price then = amount × (1 + inflation)^years; real rate = (1 + interest) ÷ (1 + inflation) − 1":
    "realer Wert = Betrag × ((1 + Zins) ÷ (1 + Inflation))^Jahre; künftiger Preis = Betrag × (1 + Inflation)^Jahre; Realzins = (1 + Zins) ÷ (1 + Inflation) − 1",
  "f = p − (1 − p) ÷ b, b = average win ÷ average loss; half: f ÷ 2; capped: at most 2 %":
    "f = p − (1 − p) ÷ b, b = durchschnittlicher Gewinn ÷ durchschnittlicher Verlust; halb: f ÷ 2; gedeckelt: höchstens 2 %",
  "payment = loan × i ÷ (1 − (1 + i)^−n), i = rate ÷ 12, n = months; each month's interest is rounded to the cent, and the last payment takes the rest":
    "Rate = Kredit × i ÷ (1 − (1 + i)^−n), i = Zins ÷ 12, n = Monate; der Zins jedes Monats ist auf den Cent gerundet, und die letzte Zahlung nimmt den Rest",
  "margin = lots × contract size × price × conversion rate ÷ leverage; margin level = equity ÷ margin; stop-out where equity = margin × stop-out level":
    "Margin = Lots × Kontraktgröße × Kurs × Umrechnungskurs ÷ Hebel; Margin-Niveau = Eigenkapital ÷ Margin; Stop-out bei Eigenkapital = Margin × Stop-out-Schwelle",
  "payment = loan × (rate + repayment) ÷ 12, or loan × i ÷ (1 − (1 + i)^−n) with i = rate ÷ 12 and n = months; each month's interest is rounded to the cent, and the last payment takes the rest":
    "Rate = Darlehen × (Zins + Tilgung) ÷ 12, oder Darlehen × i ÷ (1 − (1 + i)^−n) mit i = Zins ÷ 12 und n = Monate; der Zins jedes Monats ist auf den Cent gerundet, und die letzte Zahlung nimmt den Rest",
  "of: value × percent ÷ 100; share: second ÷ value × 100; change: (second − value) ÷ value × 100; add, subtract: value × (1 ± percent ÷ 100)":
    "Prozent von: Zahl × Prozent ÷ 100; Anteil: zweite ÷ erste × 100; Veränderung: (zweite − erste) ÷ erste × 100; plus, minus: Zahl × (1 ± Prozent ÷ 100)",
  "pip value = pip × contract size × lots × conversion rate":
    "Pipwert = Pip × Kontraktgröße × Lots × Umrechnungskurs",
  "classic: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0.382, 0.618, 1 × (H − L); Camarilla: C ± 1.1 × (H − L) ÷ 12, 6, 4, 2; Woodie: classic with P = (H + L + 2 × open) ÷ 4, or with the close where no open is stated":
    "klassisch: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0,382; 0,618; 1 × (H − L); Camarilla: C ± 1,1 × (H − L) ÷ 12; 6; 4; 2; Woodie: klassisch mit P = (H + L + 2 × Eröffnung) ÷ 4, ohne Eröffnung mit dem Schluss",
  "lots = risk ÷ (stop distance × contract size × conversion rate), rounded down to the lot step; risk = balance × risk %":
    "Lots = Risiko ÷ (Stop-Abstand × Kontraktgröße × Umrechnungskurs), abgerundet auf den Lot-Schritt; Risiko = Kontostand × Risiko in %",
  "gross = (exit − entry) × contract size × lots × conversion rate, with the sign turned for a short; net = gross − commission + swap":
    "brutto = (Ausstieg − Einstieg) × Kontraktgröße × Lots × Umrechnungskurs, bei Short mit umgekehrtem Vorzeichen; netto = brutto − Kommission + Swap",
  "real rate = (1 + rate) ÷ (1 + inflation) − 1": "Realzins = (1 + Zins) ÷ (1 + Inflation) − 1",
  "risk of ruin = x^n; n = ruin ÷ risk a trade, rounded up; x < 1 solves p × x^(b + 1) − x + (1 − p) = 0; for b = 1: x = (1 − p) ÷ p":
    "Ruinrisiko = x^n; n = Ruin ÷ Risiko pro Trade, aufgerundet; x < 1 löst p × x^(b + 1) − x + (1 − p) = 0; für b = 1: x = (1 − p) ÷ p",
  "ratio = |target − entry| ÷ |entry − stop|; break-even win rate = 1 ÷ (1 + ratio), before costs":
    "Verhältnis = |Ziel − Einstieg| ÷ |Einstieg − Stop|; nötige Trefferquote = 1 ÷ (1 + Verhältnis), vor Kosten",
  "R = profit ÷ initial risk; by prices: (exit − entry) ÷ (entry − stop)":
    "R = Gewinn ÷ anfängliches Risiko; nach Kursen: (Ausstieg − Einstieg) ÷ (Einstieg − Stop)",
  [`value = start × (1 + i)^n + deposit × ((1 + i)^n − 1) ÷ i, × (1 + i) on the deposits if they are made at the beginning; ${ofPeriod}, n = periods`]: `Wert = Anfang × (1 + i)^n + Einzahlung × ((1 + i)^n − 1) ÷ i, × (1 + i) auf die Einzahlungen, wenn sie am Anfang sind; ${period}, n = Perioden`,
  "swap = swap points × point × contract size × lots × (nights + 2 × triple nights) × conversion rate":
    "Swap = Swap-Punkte × Punkt × Kontraktgröße × Lots × (Nächte + 2 × dreifache Nächte) × Umrechnungskurs",
  "price = pips × pip; units = lots × contract size; 1 troy ounce = 31.1034768 g; 1 % = 100 basis points":
    "Preis = Pips × Pip; Einheiten = Lots × Kontraktgröße; 1 Feinunze = 31,1034768 g; 1 % = 100 Basispunkte",
  [`the first period's end at which the balance is at least the goal; balance after a period = balance × (1 + i) + deposit, or (balance + deposit) × (1 + i) if it is made at the beginning; ${ofPeriod}`]: `das erste Ende einer Periode, an dem der Stand das Ziel erreicht; Stand nach einer Periode = Stand × (1 + i) + Einzahlung, oder (Stand + Einzahlung) × (1 + i) bei Einzahlung am Anfang; ${period}`,
  "interest = amount × rate × time; time = years + months ÷ 12 + days ÷ days of a year":
    "Zinsen = Betrag × Zins × Zeit; Zeit = Jahre + Monate ÷ 12 + Tage ÷ Tage eines Jahres",
  [`balance after a period = balance × (1 + i) − withdrawal, until a whole withdrawal is not left; at the period's beginning: (balance − withdrawal) × (1 + i); ${ofPeriod}`]: `Stand nach einer Periode = Stand × (1 + i) − Entnahme, bis keine ganze Entnahme mehr übrig ist; am Anfang der Periode: (Stand − Entnahme) × (1 + i); ${period}`,
  "the rate r with Σ amount ÷ (1 + r)^(days since the first payment ÷ 365) = 0":
    "der Zins r mit Σ Betrag ÷ (1 + r)^(Tage seit der ersten Zahlung ÷ 365) = 0",
  "call = S × e^(−q × T) × N(d1) − K × e^(−r × T) × N(d2); put = K × e^(−r × T) × N(−d2) − S × e^(−q × T) × N(−d1); d1 = (ln(S ÷ K) + (r − q + σ² ÷ 2) × T) ÷ (σ × √T), d2 = d1 − σ × √T":
    "Call = S × e^(−q × T) × N(d1) − K × e^(−r × T) × N(d2); Put = K × e^(−r × T) × N(−d2) − S × e^(−q × T) × N(−d1); d1 = (ln(S ÷ K) + (r − q + σ² ÷ 2) × T) ÷ (σ × √T), d2 = d1 − σ × √T",
};
