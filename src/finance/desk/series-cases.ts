/**
 * What questions about base rates and setups say: "after three falling days", "close higher", "five days later", "stop 2 ATR". Each form
 * is one pattern over the question's words, in lower case with one blank between them. It knows nothing of series.
 */
import {
  decimalNumber,
  decimalOf,
  knownUnit,
  numberOf,
  type TimeUnit,
  unitWord,
  weekdayOf,
  weekdayWord,
  wholeNumber,
} from "./series-numbers.ts";

type Groups = Readonly<Record<string, string | undefined>>;

/** Inputs of the statistic that a form states, and the unit of the bars that it counts. */
export interface CasePart {
  readonly kind:
    | "condition"
    | "outcome"
    | "horizon"
    | "stop"
    | "target"
    | "account"
    | "season"
    | "method"
    | "session";
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly unit?: TimeUnit;
}

interface Form {
  readonly words: RegExp;
  readonly read: (groups: Groups) => CasePart | null;
}

const after = "(?:after|following|when|whenever|once|nach|wenn|nachdem|tras|después de|despues de|cuando)";
const article =
  "(?:a |an |the |its |his |einem |einer |eine |ein |dem |der |den |das |un |una |el |la |los |las )?";
const falling =
  "(?:falling|down|red|losing|negative|declining|lower|fallenden|fallende|roten|rote|negativen|negative|tieferen|schwächeren|a la baja|bajistas|de caída|de caídas|de bajada|de bajadas|negativos|negativas|en rojo|rojos|rojas)";
const rising =
  "(?:rising|up|green|gaining|positive|advancing|higher|steigenden|steigende|grünen|grüne|positiven|positive|höheren|stärkeren|al alza|alcistas|de subida|de subidas|positivos|positivas|en verde|verdes)";
const inARow = "(?: in a row| in folge| hintereinander| seguidos| seguidas| consecutivos| consecutivas)?";
const straight =
  "(?:(?:consecutive|straight|aufeinanderfolgenden|seguidos|seguidas|consecutivos|consecutivas) )?";
const fall = "(?:fall|drop|decline|loss|dip|rückgang|kursverlust|kursrückgang|verlust|caída|bajada|pérdida)";
const rise =
  "(?:rise|gain|rally|increase|advance|anstieg|kursanstieg|gewinn|kursgewinn|subida|alza|ganancia)";
const by =
  "(?:of |von |um |de |del )?(?:at least |mindestens |wenigstens |al menos |por lo menos )?(?:a |un )?";
const percent = "(?:%|percent|per cent|prozent|por ciento)";
const above =
  "(?:above|over|über|oberhalb|por encima de|por encima del|encima de|superior a|mayor que|sobre)";
const below =
  "(?:below|under|unter|unterhalb|por debajo de|por debajo del|debajo de|inferior a|menor que|bajo)";
const closeWord = "(?:close|schluss|schlusskurs|tagesschluss|cierre)";
const average =
  "(?:sma|simple moving average|moving average|gleitenden durchschnitt|gleitendem durchschnitt|durchschnitt|media móvil|media movil|media)";

const condition = (name: string, inputs: CasePart["inputs"], unit?: string): CasePart => ({
  ...{ kind: "condition", inputs: { condition: name, ...inputs } },
  ...(unit === undefined ? {} : { unit: knownUnit(unit) }),
});
const inRow =
  (name: string) =>
  ({ count = "", unit = "" }: Groups) =>
    condition(name, { bars: numberOf(count) }, unit);
const moved =
  (name: string) =>
  ({ share = "", count, unit }: Groups) =>
    condition(name, { level: decimalOf(share), bars: count === undefined ? 1 : numberOf(count) }, unit);
const barsAlong = `(?: (?:in|within|over|innerhalb von|binnen|en) (?<count>${wholeNumber}) (?<unit>${unitWord}))?`;
const extreme =
  (side: "above" | "below") =>
  ({ count = "", unit = "" }: Groups) =>
    condition(
      side === "above" ? "close above the high of" : "close below the low of",
      { bars: numberOf(count) },
      unit,
    );

const conditionForms: readonly Form[] = [
  ...(
    [
      ["falling closes", falling],
      ["rising closes", rising],
    ] as const
  ).flatMap(([name, way]) => [
    {
      words: new RegExp(`${after} (?<count>${wholeNumber}) ${straight}${way} (?<unit>${unitWord})${inARow}`),
      read: inRow(name),
    },
    {
      words: new RegExp(`${after} (?<count>${wholeNumber}) (?<unit>${unitWord}) ${straight}${way}${inARow}`),
      read: inRow(name),
    },
  ]),
  ...(
    [
      ["fall of at least", fall],
      ["rise of at least", rise],
    ] as const
  ).flatMap(([name, way]) => [
    {
      words: new RegExp(`${after} ${article}${way} ${by}(?<share>${decimalNumber}) ${percent}${barsAlong}`),
      read: moved(name),
    },
    {
      words: new RegExp(`${after} ${article}(?<share>${decimalNumber}) ${percent} ${way}${barsAlong}`),
      read: moved(name),
    },
  ]),
  ...(
    [
      ["RSI above", above],
      ["RSI below", below],
    ] as const
  ).map(([name, way]) => ({
    words: new RegExp(
      `${after} ${article}rsi(?: (?<period>\\d{1,3}))? (?:(?:is|was|closes|closed|at|of|von|mit|está|estaba|es|era) )?${way} (?<level>${decimalNumber})(?: (?:ist|war|lag|liegt|steht|stand|schließt|schloss))?`,
    ),
    read: ({ period = "14", level = "" }: Groups) =>
      condition(name, { bars: Number(period), level: decimalOf(level) }),
  })),
  ...(
    [
      ["above", above, "high|hoch|máximo|maximo"],
      ["below", below, "low|tief|mínimo|minimo"],
    ] as const
  ).flatMap(([side, way, name]) => [
    {
      words: new RegExp(
        `${after} ${article}${closeWord} ${way} ${article}(?<count>${wholeNumber}) (?<unit>${unitWord}) (?:${name})`,
      ),
      read: extreme(side),
    },
    {
      words: new RegExp(
        `${after} ${article}${closeWord} ${way} ${article}(?:${name}) (?:of the last|of the past|der letzten|de los últimos|de las últimas|of|von|de) (?<count>${wholeNumber}) (?<unit>${unitWord})`,
      ),
      read: extreme(side),
    },
  ]),
  ...(
    [
      ["close above the SMA", above],
      ["close below the SMA", below],
    ] as const
  ).flatMap(([name, way]) => [
    {
      words: new RegExp(
        `${after} ${article}${closeWord} ${way} ${article}(?<count>\\d{1,3})(?: (?<unit>${unitWord}))? ${average}`,
      ),
      read: averageOf(name),
    },
    {
      words: new RegExp(
        `${after} ${article}${closeWord} ${way} ${article}${average}(?: (?:of|over|von|über|de))?(?: the last)? (?<count>\\d{1,3})(?: (?<unit>${unitWord}))?`,
      ),
      read: averageOf(name),
    },
  ]),
];

function averageOf(name: string) {
  return ({ count = "", unit }: Groups) => condition(name, { bars: Number(count) }, unit);
}

const outcome = (direction: "long" | "short"): CasePart => ({ kind: "outcome", inputs: { direction } });
const horizon = ({ count, unit = "bar" }: Groups): CasePart => ({
  ...{
    kind: "horizon",
    inputs: { horizon: count === undefined ? 1 : numberOf(count) },
    unit: knownUnit(unit),
  },
});
const outcomeForms: readonly Form[] = [
  {
    words:
      /(?:(?:close|closes|closed|end|ends|ended|finish|finishes|finished|go|goes|gone|went|cierra|cerró|cerrado|schließt|schloss) )?(?:higher|up|höher|im plus|al alza|más alto|más arriba|en positivo)|rise|rises|rose|risen|gain|gains|gained|increase|increases|increased|climb|climbed|grown|steigt|stieg|gestiegen|steigen|gewann|gewonnen|zugelegt|sube|subió|subido|subir|ganado|ganó|aumentado|aumentó/,
    read: () => outcome("long"),
  },
  {
    words:
      /(?:(?:close|closes|closed|end|ends|ended|finish|finishes|finished|go|goes|gone|went|cierra|cerró|cerrado|schließt|schloss) )?(?:lower|down|tiefer|niedriger|im minus|a la baja|más bajo|más abajo|en negativo)|fall|falls|fell|fallen|drop|drops|dropped|decline|declines|declined|lose|loses|lost|fällt|fiel|gefallen|fallen|sinkt|sank|gesunken|verlor|verloren|nachgegeben|baja|bajó|bajado|bajar|cae|cayó|caído|caer|perdido|perdió/,
    read: () => outcome("short"),
  },
  // What a German or a Spanish sentence parts: "schloss … höher", "cerró … más alto".
  {
    words: /schloss|schließt|geschlossen|cerró|cierra|cerrado|close|closes|closed/,
    read: () => ({ kind: "outcome", inputs: {} }),
  },
  {
    words:
      /(?:the )?(?:next|following) (?<unit>day|week|month|bar|session)|(?:in der |zur )?(?:nächsten|folgenden) (?<german>woche)|(?:im )(?:nächsten|folgenden) (?<month>monat)|(?:a la|la) (?<spanish>semana) siguiente|(?:al|el) (?<mes>mes) siguiente/,
    read: ({ unit, german, month, spanish, mes }) =>
      horizon({ unit: unit ?? german ?? month ?? spanish ?? mes }),
  },
  {
    // "The day after a fall of 2 %": its "after" is that of the condition.
    words:
      /(?:the )?day(?= after (?:an?|the|its|one|two|three|four|five|six|seven|eight|nine|ten|\d+) )|(?:the )?day after(?! (?:an?|the|its|one|two|three|four|five|six|seven|eight|nine|ten|\d+) )|am (?:nächsten|folgenden) tag|am tag danach|(?:al|el) (?:día|dia) siguiente/,
    read: () => horizon({ unit: "day" }),
  },
  {
    words: new RegExp(
      `(?<count>${wholeNumber}) (?<unit>${unitWord}) (?:later|afterwards|später|danach|después|más tarde)`,
    ),
    read: horizon,
  },
];

const setupForms: readonly Form[] = [
  {
    words: new RegExp(
      `(?:(?:with|and|mit|und|con|y) )?${article}(?:stop|stop loss|stopp)(?: (?:at|of|bei|von|a|de|en))? (?<multiple>${decimalNumber})(?: (?:x|times|mal|veces))? (?:atr|atrs|average true ranges)(?: (?<period>\\d{1,3}))?`,
    ),
    read: ({ multiple = "", period = "14" }) => ({
      ...{ kind: "stop", inputs: { stopRule: "ATR", multiple: decimalOf(multiple), period: Number(period) } },
    }),
  },
  {
    words: new RegExp(
      `(?:(?:with|and|mit|und|con|y) )?${article}(?:stop|stop loss|stopp) (?:(?:at|below|under|above|over|am|beim|unter|unterhalb|über|en|bajo|sobre|por debajo del|por encima del) )?${article}(?<count>${wholeNumber}) (?<unit>${unitWord}) (?<side>low|high|tief|hoch)`,
    ),
    read: ({ count = "", unit = "", side = "" }) => ({
      ...{ kind: "stop", unit: knownUnit(unit) },
      inputs: {
        stopRule: "extreme of bars",
        period: numberOf(count),
        side: /low|tief/.test(side) ? "long" : "short",
      },
    }),
  },
  {
    words: new RegExp(
      `(?:(?:with|and|mit|und|con|y) )?${article}(?:stop|stop loss) en ${article}(?<side>mínimo|minimo|máximo|maximo) de (?:los |las )?(?:últimos |últimas )?(?<count>${wholeNumber}) (?<unit>${unitWord})`,
    ),
    read: ({ count = "", unit = "", side = "" }) => ({
      ...{ kind: "stop", unit: knownUnit(unit) },
      inputs: {
        stopRule: "extreme of bars",
        period: numberOf(count),
        side: /^m[ií]nimo$/.test(side) ? "long" : "short",
      },
    }),
  },
  {
    words: new RegExp(
      `(?:(?:with|and|mit|und|con|y) )?${article}(?:target|take profit|ziel|kursziel|objetivo)(?: (?:at|of|bei|von|a|de|en))? (?<reward>${decimalNumber}) ?(?:r|times the risk|mal das risiko|veces el riesgo)`,
    ),
    read: ({ reward = "" }) => ({ kind: "target", inputs: { reward: decimalOf(reward) } }),
  },
  {
    words: new RegExp(
      `(?:(?:with|and|mit|und|con|y) )?${article}(?:risk|risking|risiko|riesgo|arriesgando)(?: (?:of|von|del|de|el))? (?<risk>${decimalNumber}) ${percent} (?:of|from|von|de) (?:my |meinen |mis )?(?<balance>\\d{1,3}(?:[.,]\\d{3})+|\\d{2,9}) (?<currency>usd|eur|gbp|chf|jpy|dollars|euros|euro|dólares)`,
    ),
    read: ({ risk = "", balance = "", currency = "" }) => ({
      kind: "account",
      inputs: {
        ...{ riskPercent: decimalOf(risk), balance: Number(balance.replaceAll(/[.,]/g, "")) },
        currency: /^d/.test(currency) ? "USD" : /^euro/.test(currency) ? "EUR" : currency.toUpperCase(),
      },
    }),
  },
  {
    words: new RegExp(
      `(?:within|for at most|innerhalb von|binnen|höchstens|en un máximo de|en) (?<count>${wholeNumber}) (?<unit>${unitWord})`,
    ),
    read: horizon,
  },
];

const season = (by: "month" | "weekday", index: number): CasePart => ({
  kind: "season",
  inputs: { by, index },
});
const seasonForms: readonly Form[] = [
  {
    words: new RegExp(
      `(?:on|an|am|los|el|de los) (?<day>${weekdayWord})|(?<alone>montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags)`,
    ),
    read: ({ day, alone }) => season("weekday", weekdayOf(day ?? alone ?? "")),
  },
  {
    words: /by month|months|nach monaten|monate|por meses|por mes/,
    read: () => ({ kind: "season", inputs: { by: "month" } }),
  },
  {
    words: /by (?:weekday|day of the week)|weekdays|nach wochentagen|wochentage|por días? de la semana/,
    read: () => ({ kind: "season", inputs: { by: "weekday" } }),
  },
];

const method = (name: string): CasePart => ({ kind: "method", inputs: { method: name } });
const session = (name: string): CasePart => ({ kind: "session", inputs: { session: name } });
const levelForms: readonly Form[] = [
  { words: /classic|standard|floor|klassische|klassischen|clásicos|clásico/, read: () => method("classic") },
  { words: /fibonacci/, read: () => method("fibonacci") },
  { words: /camarilla/, read: () => method("camarilla") },
  { words: /woodie|woodies|woodie s/, read: () => method("woodie") },
  {
    words:
      /(?:of |from )?(?:the )?(?:prior|previous) (?:trading )?day(?: s)?|(?:des |vom )?vortags?|(?:des )?vortages|del día anterior|del día previo/,
    read: () => session("day"),
  },
  {
    words:
      /(?:of |from )?(?:the )?(?:prior|previous) (?:trading )?week(?: s)?|(?:der )?vorwoche|(?:de )?la semana previa/,
    read: () => session("week"),
  },
  {
    words: /(?:of |from )?(?:the )?(?:prior|previous) month(?: s)?|(?:des )?vormonats?|del mes previo/,
    read: () => session("month"),
  },
];

const forms = [...conditionForms, ...outcomeForms, ...setupForms, ...seasonForms, ...levelForms].map(
  ({ words, read }) => ({ words: new RegExp(`(?:${words.source})(?![\\p{L}\\p{N}%.])`, "uy"), read }),
);

/** @returns all that may begin at a place of the text, and how long each is */
export function casesAt(
  text: string,
  at: number,
): readonly { readonly part: CasePart; readonly length: number }[] {
  return forms.flatMap(({ words, read }) => {
    words.lastIndex = at;
    const found = words.exec(text);
    const part = found === null ? null : read(found.groups ?? {});
    return found === null || part === null ? [] : [{ part, length: found[0].length }];
  });
}
