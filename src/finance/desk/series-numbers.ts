/** Numbers and calendar words within questions about series, in English, German and Spanish. */

const words: readonly (readonly string[])[] = [
  [],
  ["one", "a", "an", "ein", "eine", "einem", "einen", "einer", "un", "una", "uno"],
  ["two", "zwei", "dos"],
  ["three", "drei", "tres"],
  ["four", "vier", "cuatro"],
  ["five", "fünf", "cinco"],
  ["six", "sechs", "seis"],
  ["seven", "sieben", "siete"],
  ["eight", "acht", "ocho"],
  ["nine", "neun", "nueve"],
  ["ten", "zehn", "diez"],
];
const numbers = new Map(words.flatMap((each, number) => each.map((word) => [word, number] as const)));
const alternatives = (list: Iterable<string>) => [...list].sort((a, b) => b.length - a.length).join("|");

/** A small whole number, in digits or in a word. */
export const wholeNumber = `(?:\\d{1,4}|${alternatives(numbers.keys())})`;
export const numberOf = (text: string): number => numbers.get(text) ?? Number(text);

/** A share such as "2", "2.5" or "2,5". */
export const decimalNumber = "\\d{1,4}(?:[.,]\\d{1,2})?";
export const decimalOf = (text: string): number => Number(text.replace(",", "."));

const monthWords: readonly string[] = [
  "january jan januar enero",
  "february feb februar febrero",
  "march mar märz maerz marzo",
  "april apr abril",
  "may mai mayo",
  "june jun juni junio",
  "july jul juli julio",
  "august aug agosto",
  "september sep sept septiembre setiembre",
  "october oct oktober okt octubre",
  "november nov noviembre",
  "december dec dezember dez diciembre",
];
const weekdayWords: readonly string[] = [
  "monday mondays montag montags montagen lunes",
  "tuesday tuesdays dienstag dienstags dienstagen martes",
  "wednesday wednesdays mittwoch mittwochs mittwochen miércoles miercoles",
  "thursday thursdays donnerstag donnerstags donnerstagen jueves",
  "friday fridays freitag freitags freitagen viernes",
  "saturday saturdays samstag samstags samstagen sábado sábados",
  "sunday sundays sonntag sonntags sonntagen domingo domingos",
];
const indexed = (list: readonly string[]) =>
  new Map(list.flatMap((each, index) => each.split(" ").map((word) => [word, index] as const)));
const months = indexed(monthWords);
const weekdays = indexed(weekdayWords);

export const monthWord = `(?:${alternatives(months.keys())})`;
export const weekdayWord = `(?:${alternatives(weekdays.keys())})`;
/** From 0. */
export const monthOf = (word: string): number => months.get(word) ?? 0;
/** From Monday, 0. */
export const weekdayOf = (word: string): number => weekdays.get(word) ?? 0;

/** A session is a day with bars: counted in bars it is a day, and counted on the calendar nobody knows. */
export type TimeUnit = "bar" | "hour" | "session" | "day" | "week" | "month" | "year";

const unitWords: Readonly<Record<TimeUnit, string>> = {
  bar: "bar bars candle candles close closes kerze kerzen schlusskurs schlusskurse schlusskursen vela velas cierre cierres",
  hour: "hour hours stunde stunden hora horas",
  session: "session sessions handelstag handelstage handelstagen handelssitzungen sitzungen sesión sesiones",
  day: "day days tag tage tagen tages día días dia dias",
  week: "week weeks woche wochen semana semanas",
  month: "month months monat monate monaten monats mes meses",
  year: "year years jahr jahre jahren jahres año años",
};
const units = new Map(
  Object.entries(unitWords).flatMap(([unit, list]) =>
    list.split(" ").map((word) => [word, unit as TimeUnit] as const),
  ),
);
export const unitWord = `(?:${alternatives(units.keys())})`;
/** null: it is none */
export const unitOf = (word: string): TimeUnit | null => units.get(word) ?? null;
/** Of a word that the pattern of units has found. */
export const knownUnit = (word: string): TimeUnit => units.get(word) ?? "bar";
