/** German: titles, labels, parameters and formulas of indicators. */
export const indicators: Readonly<Record<string, string>> = {
  "Simple moving average": "Einfacher gleitender Durchschnitt",
  "Exponential moving average": "Exponentieller gleitender Durchschnitt",
  "Weighted moving average": "Gewichteter gleitender Durchschnitt",
  "Relative strength index": "Relative-Stärke-Index",
  "Moving average convergence divergence": "Moving Average Convergence Divergence (MACD)",
  "Bollinger bands": "Bollinger-Bänder",
  "Average true range": "Durchschnittliche wahre Spanne",
  "Average directional index": "Average Directional Index (ADX)",
  "Stochastic oscillator": "Stochastik",
  "Commodity channel index": "Commodity Channel Index (CCI)",
  "On-balance volume": "On-Balance-Volumen",
  "Volume-weighted average price": "Volumengewichteter Durchschnittspreis",
  Supertrend: "Supertrend",
  "Keltner channel": "Keltner-Kanal",
  "Donchian channel": "Donchian-Kanal",
  "Ichimoku cloud": "Ichimoku-Wolke",
  "Parabolic SAR": "Parabolic SAR",
  "The mean of the last prices, each with the same weight.":
    "Der Mittelwert der letzten Preise, jeder mit gleichem Gewicht.",
  "A mean of all prices, in which each older one weighs less.":
    "Ein Mittelwert aller Preise, in dem jeder ältere weniger wiegt.",
  "The mean of the last prices, newer ones with more weight.":
    "Der Mittelwert der letzten Preise, neuere mit mehr Gewicht.",
  "How much of the recent movement was upwards, from 0 to 100.":
    "Wie viel der jüngsten Bewegung aufwärts ging, von 0 bis 100.",
  "How far a fast average of the price is above a slow one.":
    "Wie weit ein schneller Durchschnitt des Preises über einem langsamen liegt.",
  "A moving average, and bands that widen as prices scatter.":
    "Ein gleitender Durchschnitt und Bänder, die weiter werden, wenn die Preise streuen.",
  "How far a bar usually reaches, gaps included.":
    "Wie weit eine Kerze gewöhnlich reicht, Lücken eingeschlossen.",
  "How strong a trend is, in either direction, from 0 to 100.":
    "Wie stark ein Trend ist, gleich in welche Richtung, von 0 bis 100.",
  "Where the close lies in the range of the last bars, from 0 to 100.":
    "Wo der Schluss in der Spanne der letzten Kerzen liegt, von 0 bis 100.",
  "How far the price is from its average, in usual distances.":
    "Wie weit der Preis von seinem Durchschnitt entfernt ist, in üblichen Abständen.",
  "The volume of rising bars less that of falling bars, summed up.":
    "Das Volumen steigender Kerzen minus das fallender, aufsummiert.",
  "The average price that was paid since the session began, by volume.":
    "Der nach Volumen gewichtete Durchschnittspreis seit Beginn der Sitzung.",
  "A band below a rising and above a falling price, which turns when a close crosses it.":
    "Ein Band unter einem steigenden und über einem fallenden Preis, das dreht, wenn ein Schluss es kreuzt.",
  "An average of the close, and bands some average ranges away.":
    "Ein Durchschnitt des Schlusses und Bänder im Abstand einiger durchschnittlicher Spannen.",
  "The highest high and the lowest low of the last bars.":
    "Das höchste Hoch und das tiefste Tief der letzten Kerzen.",
  "Middles of the ranges of three periods, two of them drawn ahead as a cloud.":
    "Die Mitten der Spannen dreier Perioden, zwei davon als Wolke voraus gezeichnet.",
  "A stop that follows the trend ever closer, and turns with it.":
    "Ein Stop, der dem Trend immer enger folgt und mit ihm dreht.",
  SMA: "SMA",
  EMA: "EMA",
  WMA: "WMA",
  RSI: "RSI",
  MACD: "MACD",
  Signal: "Signal",
  Histogram: "Histogramm",
  "Upper band": "Oberes Band",
  "Middle band": "Mittleres Band",
  "Lower band": "Unteres Band",
  Direction: "Richtung",
  VWAP: "VWAP",
  "Conversion line": "Wendelinie (Tenkan)",
  "Base line": "Basislinie (Kijun)",
  "Span A": "Spanne A",
  "Span B": "Spanne B",
  Period: "Periode",
  Price: "Preis",
  close: "Schluss",
  open: "Eröffnung",
  high: "Hoch",
  low: "Tief",
  "Fast period": "Schnelle Periode",
  "Slow period": "Langsame Periode",
  "Signal period": "Periode des Signals",
  "Standard deviations": "Standardabweichungen",
  Slowing: "Verlangsamung",
  "Period of the ATR": "Periode der ATR",
  "Average true ranges": "Durchschnittliche wahre Spannen (ATR)",
  "The bar itself": "Die Kerze selbst",
  "A breakout can only be seen when the bar itself is excluded.":
    "Ein Ausbruch ist nur zu sehen, wenn die Kerze selbst nicht mitzählt.",
  included: "eingeschlossen",
  excluded: "ausgeschlossen",
  "Conversion period": "Periode der Wendelinie",
  "Base period": "Periode der Basislinie",
  "Period of span B": "Periode der Spanne B",
  "Shift of the cloud": "Verschiebung der Wolke",
  Step: "Schritt",
  "Largest step": "Größter Schritt",
  "Time zone": "Zeitzone",
  "Of the start of the session, such as America/New_York; left out: that of the data.":
    "Für den Beginn der Sitzung, zum Beispiel America/New_York; ohne Angabe: die der Daten.",
  "Start of the session": "Beginn der Sitzung",
  "The fast period must be shorter than the slow one.":
    "Die schnelle Periode muss kürzer sein als die langsame.",
  "This data has no volume. Choose an indicator that needs none.":
    "Diese Daten haben kein Volumen. Wähle einen Indikator, der keines braucht.",
  "The step must not be above the largest step.": "Der Schritt darf nicht über dem größten Schritt liegen.",
  "There is no time zone {0}. Name one such as Europe/Berlin or UTC.":
    "Die Zeitzone {0} gibt es nicht. Nenne eine wie Europe/Berlin oder UTC.",
  "SMA = (sum of the last n prices) ÷ n; undefined before bar n":
    "SMA = (Summe der letzten n Preise) ÷ n; nicht definiert vor Kerze n",
  "WMA = (n × price + (n − 1) × the price before + … + 1 × the oldest of n prices) ÷ (n × (n + 1) ÷ 2); undefined before bar n":
    "WMA = (n × Preis + (n − 1) × Preis davor + … + 1 × ältester von n Preisen) ÷ (n × (n + 1) ÷ 2); nicht definiert vor Kerze n",
  "EMA = EMA before + (price − EMA before) × 2 ÷ (n + 1); the first, at bar n, is the mean of n prices (other programs begin with the first price: equal once settled)":
    "EMA = EMA davor + (Preis − EMA davor) × 2 ÷ (n + 1); die erste, bei Kerze n, ist der Mittelwert von n Preisen (andere Programme beginnen mit dem ersten Preis: gleich, sobald eingeschwungen)",
  "RSI = 100 × average gain ÷ (average gain + average loss), by Wilder: average = (average before × (n − 1) + change) ÷ n; the first is the mean of n changes; no losses: 100; no change at all: undefined (other programs say 0 or 100)":
    "RSI = 100 × mittlerer Gewinn ÷ (mittlerer Gewinn + mittlerer Verlust), nach Wilder: Mittel = (Mittel davor × (n − 1) + Änderung) ÷ n; das erste ist der Mittelwert von n Änderungen; keine Verluste: 100; gar keine Änderung: nicht definiert (andere Programme sagen 0 oder 100)",
  "MACD = EMA(fast) − EMA(slow); signal = EMA(signal) of the MACD; histogram = MACD − signal; each EMA begins with the mean of its first values (TA-Lib begins the fast one later: equal once settled)":
    "MACD = EMA(schnell) − EMA(langsam); Signal = EMA(Signal) des MACD; Histogramm = MACD − Signal; jede EMA beginnt mit dem Mittelwert ihrer ersten Werte (TA-Lib beginnt die schnelle später: gleich, sobald eingeschwungen)",
  "middle = SMA(n); bands = middle ± k × standard deviation of the last n prices, divided by n (population), not by n − 1":
    "Mitte = SMA(n); Bänder = Mitte ± k × Standardabweichung der letzten n Preise, geteilt durch n (Grundgesamtheit), nicht durch n − 1",
  "ATR = (ATR before × (n − 1) + true range) ÷ n, by Wilder; true range = max(high, close before) − min(low, close before), of the first bar high − low; the first ATR, at bar n, is the mean of n true ranges (TA-Lib leaves the first bar out: equal once settled)":
    "ATR = (ATR davor × (n − 1) + wahre Spanne) ÷ n, nach Wilder; wahre Spanne = max(Hoch, Schluss davor) − min(Tief, Schluss davor), bei der ersten Kerze Hoch − Tief; die erste ATR, bei Kerze n, ist der Mittelwert von n wahren Spannen (TA-Lib lässt die erste Kerze aus: gleich, sobald eingeschwungen)",
  "+DM = high − high before where it is above zero and above low before − low, else 0; −DM mirrored; ±DI = 100 × average(±DM) ÷ average(true range); DX = 100 × |+DI − −DI| ÷ (+DI + −DI), 0 without direction; ADX = average(DX); averages by Wilder, the first is a mean of n values from the second bar on (TA-Lib begins with n − 1: equal once settled); nothing moves: undefined":
    "+DM = Hoch − Hoch davor, wo es über null und über Tief davor − Tief liegt, sonst 0; −DM gespiegelt; ±DI = 100 × Mittel(±DM) ÷ Mittel(wahre Spanne); DX = 100 × |+DI − −DI| ÷ (+DI + −DI), 0 ohne Richtung; ADX = Mittel(DX); Mittel nach Wilder, das erste ist der Mittelwert von n Werten ab der zweiten Kerze (TA-Lib beginnt mit n − 1: gleich, sobald eingeschwungen); keine Bewegung: nicht definiert",
  "slow: %K = SMA(slowing) of 100 × (close − lowest low of n bars) ÷ (highest high − lowest low); %D = SMA(signal) of %K; a flat window: undefined (other programs say 0)":
    "langsam: %K = SMA(Verlangsamung) von 100 × (Schluss − tiefstes Tief von n Kerzen) ÷ (höchstes Hoch − tiefstes Tief); %D = SMA(Signal) von %K; ein Fenster ohne Bewegung: nicht definiert (andere Programme sagen 0)",
  "CCI = (TP − SMA(TP)) ÷ (0.015 × mean absolute deviation of TP from its SMA), TP = (high + low + close) ÷ 3, over n bars; a flat window: undefined (other programs say 0)":
    "CCI = (TP − SMA(TP)) ÷ (0,015 × mittlere absolute Abweichung des TP von seiner SMA), TP = (Hoch + Tief + Schluss) ÷ 3, über n Kerzen; ein Fenster ohne Bewegung: nicht definiert (andere Programme sagen 0)",
  "OBV = OBV before + volume where the close rises, − volume where it falls; the first is the volume of the first bar: the level depends on where the data begins, the changes do not":
    "OBV = OBV davor + Volumen, wo der Schluss steigt, − Volumen, wo er fällt; das erste ist das Volumen der ersten Kerze: die Höhe hängt davon ab, wo die Daten beginnen, die Änderungen nicht",
  "VWAP = sum of TP × volume ÷ sum of volume, TP = (high + low + close) ÷ 3, over the bars that opened since the start of the session, every day anew; no volume yet: undefined":
    "VWAP = Summe von TP × Volumen ÷ Summe des Volumens, TP = (Hoch + Tief + Schluss) ÷ 3, über die Kerzen seit Beginn der Sitzung, jeden Tag neu; noch kein Volumen: nicht definiert",
  "bands = (high + low) ÷ 2 ± k × ATR, by Wilder; the lower one only rises while the close before was not below it, the upper one only falls while the close before was not above it; a close above the upper band turns the trend up (line = lower band, direction 1), one below the lower band down (line = upper band, direction −1); the first trend is up; settled after a turn in each direction":
    "Bänder = (Hoch + Tief) ÷ 2 ± k × ATR, nach Wilder; das untere steigt nur, solange der Schluss davor nicht darunter lag, das obere fällt nur, solange der Schluss davor nicht darüber lag; ein Schluss über dem oberen Band dreht den Trend aufwärts (Linie = unteres Band, Richtung 1), einer unter dem unteren abwärts (Linie = oberes Band, Richtung −1); der erste Trend ist aufwärts; eingeschwungen nach einer Drehung in jede Richtung",
  "middle = EMA(n) of the close; bands = middle ± k × ATR, by Wilder (Raschke's form; Keltner's own has the mean of high, low and close)":
    "Mitte = EMA(n) des Schlusses; Bänder = Mitte ± k × ATR, nach Wilder (Form von Raschke; Keltners eigene nimmt den Mittelwert von Hoch, Tief und Schluss)",
  "upper = highest high of n bars, lower = lowest low, middle = their mean; the n bars end with the bar itself (included) or with the one before it (excluded)":
    "oben = höchstes Hoch von n Kerzen, unten = tiefstes Tief, Mitte = ihr Mittelwert; die n Kerzen enden mit der Kerze selbst (eingeschlossen) oder mit der davor (ausgeschlossen)",
  "conversion, base and span B = (highest high + lowest low) ÷ 2 of 9, 26 and 52 bars; span A = (conversion + base) ÷ 2; both spans stand 26 bars later than they are computed; the lagging span is the close, drawn 26 bars earlier: it has no value that is known at its bar":
    "Wendelinie, Basislinie und Spanne B = (höchstes Hoch + tiefstes Tief) ÷ 2 von 9, 26 und 52 Kerzen; Spanne A = (Wendelinie + Basislinie) ÷ 2; beide Spannen stehen 26 Kerzen später, als sie berechnet werden; die nachlaufende Spanne ist der Schluss, 26 Kerzen früher gezeichnet: an ihrer Kerze ist ihr Wert nicht bekannt",
  "SAR of the next bar = SAR + AF × (EP − SAR), never within the last two bars; EP = the extreme of the trend; AF begins with the step and grows by it with each new EP, up to the largest step; a touch turns the trend, and SAR begins at EP; the first trend is downwards where the second bar reaches further below than above the first; settled after twenty turns, when no other first trend was found to matter":
    "SAR der nächsten Kerze = SAR + AF × (EP − SAR), nie innerhalb der letzten zwei Kerzen; EP = Extrem des Trends; AF beginnt mit dem Schritt und wächst mit jedem neuen EP um ihn, bis zum größten Schritt; eine Berührung dreht den Trend, und SAR beginnt bei EP; der erste Trend ist abwärts, wenn die zweite Kerze weiter unter als über die erste reicht; eingeschwungen nach zwanzig Drehungen, ab denen kein anderer erster Trend mehr einen Unterschied machte",
};
