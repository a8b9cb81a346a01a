/** Spanish: what is said of spans, seasons, sessions and setups. */
export const spans: Readonly<Record<string, string>> = {
  "The size is not computed: {0}": "El tamaño no se calcula: {0}",
  "since {0}, by the clock of {1}": "desde {0}, según el reloj de {1}",
  "from {0} to the end of {1}, by the clock of {2}": "de {0} al final de {1}, según el reloj de {2}",
  "Span:": "Periodo:",
  "There are no bars of {0} in this span": "No hay velas de {0} en este periodo",
  "The span begins at {0}, and the data reaches from {1} to {2}. No figure is made up. [Import newer rows](/data), or ask for another span.":
    "El periodo empieza el {0}, y los datos van de {1} a {2}. No se inventa ninguna cifra. [Importa filas más recientes](/data) o pregunta por otro periodo.",
  "The data of {0} ends at {1}, before the span does.":
    "Los datos de {0} acaban el {1}, antes que el periodo.",
  "The data of {0} begins at {1}, after the span does.":
    "Los datos de {0} empiezan el {1}, después que el periodo.",
  "The rule gives no stop at the last bar. There are {0} bars; take another rule.":
    "La regla no da ningún stop en la última vela. Hay {0} velas; usa otra regla.",
  "The rule puts stop or target beyond all prices. Take a smaller multiple.":
    "La regla pone el stop o el objetivo más allá de todo precio. Usa un múltiplo menor.",
  Entry: "Entrada",
  "the last close of {0}": "el último cierre de {0}",
  "{0} {1} {2}, the extreme of {3} bars": "{0} {1} {2}, el extremo de {3} velas",
  Target: "Objetivo",
  "Risk in the price": "Riesgo en el precio",
  "from {0} to {1}": "de {0} a {1}",
  "from {0} to {1}, over the risk": "de {0} a {1}, entre el riesgo",
  "Share of rises": "Proporción de subidas",
  "no case": "ningún caso",
  Rises: "Subidas",
  "Woodie's pivot is computed with the close.": "El pivote de Woodie se calcula con el cierre.",
  "beyond {0} bars on each side": "más allá de {0} velas a cada lado",
  "There is none in this span.": "No hay ninguno en este periodo.",
  "Last swing high": "Último máximo de swing",
  "Swing high before": "Máximo de swing anterior",
  "Last swing low": "Último mínimo de swing",
  "Swing low before": "Mínimo de swing anterior",
  "Bars on each side: {0}": "Velas a cada lado: {0}",
  "There is no whole session of this kind in the data that is over.":
    "En los datos no hay ninguna sesión completa de este tipo que haya terminado.",
  "High of the session": "Máximo de la sesión",
  "the highest of {0} highs": "el más alto de {0} máximos",
  "Low of the session": "Mínimo de la sesión",
  "the lowest of {0} lows": "el más bajo de {0} mínimos",
  "Close of the session": "Cierre de la sesión",
  "the last of {0} closes": "el último de {0} cierres",
  "Change in the price": "Variación en el precio",
  "First close": "Primer cierre",
  "Last close": "Último cierre",
  Range: "Rango",
  "How much the price changed from one close to another, in per cent and in the price.":
    "Cuánto cambió el precio de un cierre a otro, en porcentaje y en el precio.",
  "change = last close ÷ first close − 1; the first close is that of the last bar that was over when the span began":
    "variación = último cierre ÷ primer cierre − 1; el primer cierre es el de la última vela que había terminado al empezar el periodo",
  "The pivot of the last day, week or month that is over, with resistances and supports.":
    "El pivote del último día, semana o mes terminado, con resistencias y soportes.",
  "classic: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0.382, 0.618, 1 × (H − L); Camarilla: C ± 1.1 × (H − L) ÷ 12, 6, 4, 2; Woodie: classic with P = (H + L + 2C) ÷ 4; H, L and C of the last session that is over":
    "clásico: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0,382, 0,618, 1 × (H − L); Camarilla: C ± 1,1 × (H − L) ÷ 12, 6, 4, 2; Woodie: clásico con P = (H + L + 2C) ÷ 4; H, L y C de la última sesión terminada",
  Session: "Sesión",
  week: "semana",
  "Sessions left out at the end": "Sesiones omitidas al final",
  "High and low": "Máximo y mínimo",
  "The highest and the lowest price of a span, and when they were.":
    "El precio más alto y el más bajo de un periodo, y cuándo fueron.",
  "high = the highest high of the bars; low = their lowest low; of equal ones the first":
    "máximo = el máximo más alto de las velas; mínimo = su mínimo más bajo; de los iguales, el primero",
  Seasonality: "Estacionalidad",
  "How often the price rose in each month of the year or on each day of the week.":
    "Con qué frecuencia subió el precio en cada mes del año o en cada día de la semana.",
  "return of a month = its last close ÷ the last close of the month before − 1; of a weekday = the day's last close ÷ the last close of the day before that has bars − 1; by the clock of the zone; share = rises ÷ (rises + falls), interval by Wilson, 95 %; the last month or day of the data counts only when bars follow it, and a month only when the one before it is there":
    "rentabilidad de un mes = su último cierre ÷ el último cierre del mes anterior − 1; de un día de la semana = el último cierre del día ÷ el último cierre del día anterior con velas − 1; según el reloj de la zona; proporción = subidas ÷ (subidas + bajadas), intervalo de Wilson, 95 %; el último mes o día de los datos cuenta solo si le siguen velas, y un mes solo si está el anterior",
  weekday: "día de la semana",
  Only: "Solo",
  "Empty: all of them.": "Vacío: todos.",
  January: "enero",
  February: "febrero",
  March: "marzo",
  April: "abril",
  May: "mayo",
  June: "junio",
  July: "julio",
  August: "agosto",
  September: "septiembre",
  October: "octubre",
  November: "noviembre",
  December: "diciembre",
  Monday: "lunes",
  Tuesday: "martes",
  Wednesday: "miércoles",
  Thursday: "jueves",
  Friday: "viernes",
  Saturday: "sábado",
  Sunday: "domingo",
  "Levels of the session before": "Niveles de la sesión anterior",
  "High, low and close of the last day, week or month that is over.":
    "Máximo, mínimo y cierre del último día, semana o mes terminado.",
  "high = highest high, low = lowest low, close = last close of the bars of the session; a session is a day, a week from Monday or a month by the clock of the zone, and the data holds a bar before it":
    "máximo = máximo más alto, mínimo = mínimo más bajo, cierre = último cierre de las velas de la sesión; una sesión es un día, una semana desde el lunes o un mes según el reloj de la zona, y los datos tienen una vela antes",
  Setup: "Setup",
  "Entry, stop and target by your own rule, and how often that rule reached its target before.":
    "Entrada, stop y objetivo según tu propia regla, y cuántas veces esa regla alcanzó antes su objetivo.",
  "entry = last close; risk = multiple × ATR, or the way to the lowest low (short: the highest high) of the bars; stop = entry − risk, target = entry + reward × risk (short: the other way round); base rate: the same rule at each earlier bar (with ATR from bar 4 × n + 1 on) at which the condition held, from its close; win: the target was touched before the stop; share = wins ÷ (wins + losses), interval by Wilson, 95 %; a bar that touches both, and a case that touches neither, count apart":
    "entrada = último cierre; riesgo = múltiplo × ATR, o la distancia al mínimo más bajo (corto: al máximo más alto) de las velas; stop = entrada − riesgo, objetivo = entrada + beneficio × riesgo (corto: al revés); tasa base: la misma regla en cada vela anterior (con ATR desde la vela 4 × n + 1) en la que se cumplió la condición, desde su cierre; acierto: se tocó el objetivo antes que el stop; proporción = aciertos ÷ (aciertos + fallos), intervalo de Wilson, 95 %; una vela que toca ambos y un caso que no toca ninguno cuentan aparte",
  "Rule of the stop": "Regla del stop",
  "extreme of bars": "extremo de las velas",
  "Average true ranges to the stop": "Múltiplo del ATR hasta el stop",
  "Bars of the stop's rule": "Velas de la regla del stop",
  "Target, in multiples of the risk": "Objetivo en múltiplos del riesgo",
  "Swing highs and lows": "Máximos y mínimos de swing",
  "The last prices at which the market turned, by a stated rule.":
    "Los últimos precios en los que el mercado giró, según una regla dada.",
  "swing high: a high above the highs of the n bars before it and of the n bars after it, all of which are there; swing low: the same with lows; equal highs or lows are none":
    "máximo de swing: un máximo por encima de los máximos de las n velas anteriores y de las n posteriores, que están todas; mínimo de swing: lo mismo con los mínimos; máximos o mínimos iguales no lo son",
  "Bars on each side": "Velas a cada lado",
  "There are remarks on the data of {0}: [see its passport]({1}).":
    "Hay observaciones sobre los datos de {0}: [ver su ficha]({1}).",
  "The bars of {0} do not begin and end with this span: a figure of them would be of another one. Import shorter bars, or ask for a span of whole bars.":
    "Las velas de {0} no empiezan ni terminan con este periodo: una cifra suya sería de otro. Importa velas más cortas o pregunta por un periodo de velas enteras.",
  "{0} series fit, and not all of them are shown. Name a timeframe to choose one.":
    "Hay {0} series que encajan y no se muestran todas. Nombra un marco temporal para elegir una.",
  "{0} is left out: {1}": "Se omite {0}: {1}",
  "The data of {0} ends at {1}: the figure is of then.":
    "Los datos de {0} terminan el {1}: la cifra es de entonces.",
  "The data of {0} begins with the span: the change is from its first close.":
    "Los datos de {0} empiezan con el periodo: el cambio es desde su primer cierre.",
  "The bars of {0} begin and end at other times than the span: the figure is of {1} to {2}.":
    "Las velas de {0} empiezan y terminan a otras horas que el periodo: la cifra va de {1} a {2}.",
  "The bars of {0} are no parts of the sessions that this is computed of. Take a series of shorter bars.":
    "Las velas de {0} no son partes de las sesiones con las que se calcula esto. Toma una serie de velas más cortas.",
  "From 1 observation of {0}, {1} to {2}.": "A partir de 1 observación de {0}, del {1} al {2}.",
  "There is 1 bar in this span; at least {0} are needed.":
    "Hay 1 vela en este periodo; hacen falta al menos {0}.",
  "the high of the bar": "el máximo de la vela",
  "the low of the bar": "el mínimo de la vela",
  "the close of the bar": "el cierre de la vela",
  "The data ends at {0}, perhaps within its last session: that one is left out.":
    "Los datos terminan el {0}, quizá dentro de su última sesión: se omite.",
  "price¦Stop": "Stop",
};
