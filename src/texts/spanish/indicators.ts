/** Spanish: titles, labels, parameters and formulas of indicators. */
export const indicators: Readonly<Record<string, string>> = {
  "Simple moving average": "Media móvil simple",
  "Exponential moving average": "Media móvil exponencial",
  "Weighted moving average": "Media móvil ponderada",
  "Relative strength index": "Índice de fuerza relativa",
  "Moving average convergence divergence": "Convergencia y divergencia de medias móviles (MACD)",
  "Bollinger bands": "Bandas de Bollinger",
  "Average true range": "Rango verdadero medio",
  "Average directional index": "Índice direccional medio (ADX)",
  "Stochastic oscillator": "Oscilador estocástico",
  "Commodity channel index": "Índice de canal de materias primas (CCI)",
  "On-balance volume": "Volumen en balance (OBV)",
  "Volume-weighted average price": "Precio medio ponderado por volumen",
  Supertrend: "Supertrend",
  "Keltner channel": "Canal de Keltner",
  "Donchian channel": "Canal de Donchian",
  "Ichimoku cloud": "Nube de Ichimoku",
  "Parabolic SAR": "SAR parabólico",
  "The mean of the last prices, each with the same weight.":
    "La media de los últimos precios, todos con el mismo peso.",
  "A mean of all prices, in which each older one weighs less.":
    "Una media de todos los precios en la que los más antiguos pesan menos.",
  "The mean of the last prices, newer ones with more weight.":
    "La media de los últimos precios, los más nuevos con más peso.",
  "How much of the recent movement was upwards, from 0 to 100.":
    "Qué parte del movimiento reciente fue al alza, de 0 a 100.",
  "How far a fast average of the price is above a slow one.":
    "Cuánto está una media rápida del precio por encima de una lenta.",
  "A moving average, and bands that widen as prices scatter.":
    "Una media móvil y bandas que se ensanchan cuando los precios se dispersan.",
  "How far a bar usually reaches, gaps included.": "Cuánto suele abarcar una vela, huecos incluidos.",
  "How strong a trend is, in either direction, from 0 to 100.":
    "La fuerza de una tendencia, en cualquier dirección, de 0 a 100.",
  "Where the close lies in the range of the last bars, from 0 to 100.":
    "Dónde está el cierre en el rango de las últimas velas, de 0 a 100.",
  "How far the price is from its average, in usual distances.":
    "Cuánto se aleja el precio de su media, en distancias habituales.",
  "The volume of rising bars less that of falling bars, summed up.":
    "El volumen de las velas alcistas menos el de las bajistas, acumulado.",
  "The average price that was paid since the session began, by volume.":
    "El precio medio pagado desde el inicio de la sesión, según el volumen.",
  "A band below a rising and above a falling price, which turns when a close crosses it.":
    "Una banda por debajo de un precio al alza y por encima de uno a la baja, que gira cuando un cierre la cruza.",
  "An average of the close, and bands some average ranges away.":
    "Una media del cierre y bandas a varios rangos medios de distancia.",
  "The highest high and the lowest low of the last bars.":
    "El máximo más alto y el mínimo más bajo de las últimas velas.",
  "Middles of the ranges of three periods, two of them drawn ahead as a cloud.":
    "Los puntos medios de los rangos de tres periodos, dos de ellos dibujados por delante como nube.",
  "A stop that follows the trend ever closer, and turns with it.":
    "Un stop que sigue la tendencia cada vez más de cerca y gira con ella.",
  SMA: "SMA",
  EMA: "EMA",
  WMA: "WMA",
  RSI: "RSI",
  MACD: "MACD",
  Signal: "Señal",
  Histogram: "Histograma",
  "Upper band": "Banda superior",
  "Middle band": "Banda central",
  "Lower band": "Banda inferior",
  Direction: "Dirección",
  VWAP: "VWAP",
  "Conversion line": "Línea de conversión (Tenkan)",
  "Base line": "Línea base (Kijun)",
  "Span A": "Span A",
  "Span B": "Span B",
  Period: "Periodo",
  Price: "Precio",
  close: "cierre",
  open: "apertura",
  high: "máximo",
  low: "mínimo",
  "Fast period": "Periodo rápido",
  "Slow period": "Periodo lento",
  "Signal period": "Periodo de la señal",
  "Standard deviations": "Desviaciones estándar",
  Slowing: "Ralentización",
  "Period of the ATR": "Periodo del ATR",
  "Average true ranges": "Rangos verdaderos medios (ATR)",
  "The bar itself": "La propia vela",
  "A breakout can only be seen when the bar itself is excluded.":
    "Una ruptura solo se ve si la propia vela no cuenta.",
  included: "incluida",
  excluded: "excluida",
  "Conversion period": "Periodo de conversión",
  "Base period": "Periodo base",
  "Period of span B": "Periodo del span B",
  "Shift of the cloud": "Desplazamiento de la nube",
  Step: "Paso",
  "Largest step": "Paso máximo",
  "Time zone": "Zona horaria",
  "Of the start of the session, such as America/New_York; left out: that of the data.":
    "Para el inicio de la sesión, por ejemplo America/New_York; si se omite: la de los datos.",
  "Start of the session": "Inicio de la sesión",
  "The fast period must be shorter than the slow one.": "El periodo rápido debe ser más corto que el lento.",
  "This data has no volume. Choose an indicator that needs none.":
    "Estos datos no tienen volumen. Elige un indicador que no lo necesite.",
  "The step must not be above the largest step.": "El paso no puede superar el paso máximo.",
  "There is no time zone {0}. Name one such as Europe/Berlin or UTC.":
    "No existe la zona horaria {0}. Indica una como Europe/Berlin o UTC.",
  "SMA = (sum of the last n prices) ÷ n; undefined before bar n":
    "SMA = (suma de los últimos n precios) ÷ n; no definida antes de la vela n",
  "WMA = (n × price + (n − 1) × the price before + … + 1 × the oldest of n prices) ÷ (n × (n + 1) ÷ 2); undefined before bar n":
    "WMA = (n × precio + (n − 1) × precio anterior + … + 1 × el más antiguo de n precios) ÷ (n × (n + 1) ÷ 2); no definida antes de la vela n",
  "EMA = EMA before + (price − EMA before) × 2 ÷ (n + 1); the first, at bar n, is the mean of n prices (other programs begin with the first price: equal once settled)":
    "EMA = EMA anterior + (precio − EMA anterior) × 2 ÷ (n + 1); la primera, en la vela n, es la media de n precios (otros programas empiezan con el primer precio: iguales una vez estabilizadas)",
  "RSI = 100 × average gain ÷ (average gain + average loss), by Wilder: average = (average before × (n − 1) + change) ÷ n; the first is the mean of n changes; no losses: 100; no change at all: undefined (other programs say 0 or 100)":
    "RSI = 100 × ganancia media ÷ (ganancia media + pérdida media), según Wilder: media = (media anterior × (n − 1) + cambio) ÷ n; la primera es la media de n cambios; sin pérdidas: 100; sin ningún cambio: no definido (otros programas dicen 0 o 100)",
  "MACD = EMA(fast) − EMA(slow); signal = EMA(signal) of the MACD; histogram = MACD − signal; each EMA begins with the mean of its first values (TA-Lib begins the fast one later: equal once settled)":
    "MACD = EMA(rápida) − EMA(lenta); señal = EMA(señal) del MACD; histograma = MACD − señal; cada EMA empieza con la media de sus primeros valores (TA-Lib empieza la rápida más tarde: iguales una vez estabilizadas)",
  "middle = SMA(n); bands = middle ± k × standard deviation of the last n prices, divided by n (population), not by n − 1":
    "centro = SMA(n); bandas = centro ± k × desviación estándar de los últimos n precios, dividida entre n (población), no entre n − 1",
  "ATR = (ATR before × (n − 1) + true range) ÷ n, by Wilder; true range = max(high, close before) − min(low, close before), of the first bar high − low; the first ATR, at bar n, is the mean of n true ranges (TA-Lib leaves the first bar out: equal once settled)":
    "ATR = (ATR anterior × (n − 1) + rango verdadero) ÷ n, según Wilder; rango verdadero = max(máximo, cierre anterior) − min(mínimo, cierre anterior), en la primera vela máximo − mínimo; el primer ATR, en la vela n, es la media de n rangos verdaderos (TA-Lib omite la primera vela: iguales una vez estabilizados)",
  "+DM = high − high before where it is above zero and above low before − low, else 0; −DM mirrored; ±DI = 100 × average(±DM) ÷ average(true range); DX = 100 × |+DI − −DI| ÷ (+DI + −DI), 0 without direction; ADX = average(DX); averages by Wilder, the first is a mean of n values from the second bar on (TA-Lib begins with n − 1: equal once settled); nothing moves: undefined":
    "+DM = máximo − máximo anterior si es mayor que cero y que mínimo anterior − mínimo, si no 0; −DM al revés; ±DI = 100 × media(±DM) ÷ media(rango verdadero); DX = 100 × |+DI − −DI| ÷ (+DI + −DI), 0 sin dirección; ADX = media(DX); medias según Wilder, la primera es la media de n valores desde la segunda vela (TA-Lib empieza con n − 1: iguales una vez estabilizados); sin movimiento: no definido",
  "slow: %K = SMA(slowing) of 100 × (close − lowest low of n bars) ÷ (highest high − lowest low); %D = SMA(signal) of %K; a flat window: undefined (other programs say 0)":
    "lento: %K = SMA(ralentización) de 100 × (cierre − mínimo más bajo de n velas) ÷ (máximo más alto − mínimo más bajo); %D = SMA(señal) de %K; una ventana plana: no definido (otros programas dicen 0)",
  "CCI = (TP − SMA(TP)) ÷ (0.015 × mean absolute deviation of TP from its SMA), TP = (high + low + close) ÷ 3, over n bars; a flat window: undefined (other programs say 0)":
    "CCI = (TP − SMA(TP)) ÷ (0,015 × desviación absoluta media del TP respecto a su SMA), TP = (máximo + mínimo + cierre) ÷ 3, en n velas; una ventana plana: no definido (otros programas dicen 0)",
  "OBV = OBV before + volume where the close rises, − volume where it falls; the first is the volume of the first bar: the level depends on where the data begins, the changes do not":
    "OBV = OBV anterior + volumen si el cierre sube, − volumen si baja; el primero es el volumen de la primera vela: el nivel depende de dónde empiezan los datos, los cambios no",
  "VWAP = sum of TP × volume ÷ sum of volume, TP = (high + low + close) ÷ 3, over the bars that opened since the start of the session, every day anew; no volume yet: undefined":
    "VWAP = suma de TP × volumen ÷ suma del volumen, TP = (máximo + mínimo + cierre) ÷ 3, con las velas abiertas desde el inicio de la sesión, de nuevo cada día; aún sin volumen: no definido",
  "bands = (high + low) ÷ 2 ± k × ATR, by Wilder; the lower one only rises while the close before was not below it, the upper one only falls while the close before was not above it; a close above the upper band turns the trend up (line = lower band, direction 1), one below the lower band down (line = upper band, direction −1); the first trend is up; settled after a turn in each direction":
    "bandas = (máximo + mínimo) ÷ 2 ± k × ATR, según Wilder; la inferior solo sube mientras el cierre anterior no esté por debajo de ella, la superior solo baja mientras el cierre anterior no esté por encima; un cierre sobre la banda superior gira la tendencia al alza (línea = banda inferior, dirección 1), uno bajo la inferior, a la baja (línea = banda superior, dirección −1); la primera tendencia es al alza; estabilizado tras un giro en cada dirección",
  "middle = EMA(n) of the close; bands = middle ± k × ATR, by Wilder (Raschke's form; Keltner's own has the mean of high, low and close)":
    "centro = EMA(n) del cierre; bandas = centro ± k × ATR, según Wilder (forma de Raschke; la de Keltner usa la media de máximo, mínimo y cierre)",
  "upper = highest high of n bars, lower = lowest low, middle = their mean; the n bars end with the bar itself (included) or with the one before it (excluded)":
    "superior = máximo más alto de n velas, inferior = mínimo más bajo, centro = su media; las n velas terminan con la propia vela (incluida) o con la anterior (excluida)",
  "conversion, base and span B = (highest high + lowest low) ÷ 2 of 9, 26 and 52 bars; span A = (conversion + base) ÷ 2; both spans stand 26 bars later than they are computed; the lagging span is the close, drawn 26 bars earlier: it has no value that is known at its bar":
    "conversión, base y span B = (máximo más alto + mínimo más bajo) ÷ 2 de 9, 26 y 52 velas; span A = (conversión + base) ÷ 2; ambos se dibujan 26 velas después de calcularse; la línea retrasada es el cierre dibujado 26 velas antes: en su vela aún no se conoce su valor",
  "SAR of the next bar = SAR + AF × (EP − SAR), never within the last two bars; EP = the extreme of the trend; AF begins with the step and grows by it with each new EP, up to the largest step; a touch turns the trend, and SAR begins at EP; the first trend is downwards where the second bar reaches further below than above the first; settled after twenty turns, when no other first trend was found to matter":
    "SAR de la vela siguiente = SAR + AF × (EP − SAR), nunca dentro de las dos últimas velas; EP = extremo de la tendencia; AF empieza con el paso y crece con él en cada nuevo EP, hasta el paso máximo; un toque gira la tendencia y SAR empieza en EP; la primera tendencia es a la baja si la segunda vela llega más por debajo que por encima de la primera; estabilizado tras veinte giros, cuando ninguna otra tendencia inicial influía ya",
};
