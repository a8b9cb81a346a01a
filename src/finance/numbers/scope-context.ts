/** What a sentence, or a row of a table, says around its figures: words, instruments, directions, timeframes. */
import type { PlacedFigure, ReadText } from "./read-text.ts";
import type { NamedSubject, SubjectsIn } from "./sources.ts";
import type { Scope } from "./text-scopes.ts";
import { wordSet } from "./word-set.ts";

const downWords = wordSet(`
  fell fall falls fallen falling dropped drop drops declined decline declines decreased decrease decreases lost lose loses loss
  losses down lower below less minus slipped sank shrank drawdown fiel fällt gefallen sank sinkt gesunken verlor verliert verlust
  verluste rückgang tiefer unter weniger niedriger gesunken minus
`);
const upWords = wordSet(`
  rose rise rises risen rising gained gain gains increased increase increases climbed climb climbs up higher above more rallied
  grew grow grows growth profit profits plus stieg steigt gestiegen gewann gewinnt gewinn gewinne zuwachs anstieg höher über mehr
  wuchs wächst wachstum zulegte
`);
const levelWords = wordSet("to auf at bei zu");
const priceWords = wordSet(`
  price prices kurs kurse preis quote quoted trades trading traded notiert spot wechselkurs steht closed close
  schloss opened
`);
const isWords = wordSet(
  "is now currently ist jetzt aktuell at bei about around liegt steht was war of von near",
);

/** Nothing looks at more words beside a figure. */
const mostWords = 6;

type Direction = "up" | "down" | null;

/** The instruments that a figure may be of: none is named, one is, or it cannot be told which of several. */
type Governing =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly subject: NamedSubject }
  | { readonly kind: "several" };

/** What was found around one figure; what nobody asked for is not there. */
interface Surroundings {
  /** Its index among the figures of the scope. */
  readonly place: number;
  before?: readonly string[];
  after?: readonly string[];
  direction?: Direction;
  isPrice?: boolean;
  governing?: Governing;
}

interface IndicatorParameters {
  readonly indicator: string;
  readonly parameters: readonly string[];
}

export class ScopeContext {
  private foundWords: ReadonlySet<string> | undefined;
  private foundSurroundings: ReadonlyMap<PlacedFigure, Surroundings> | undefined;
  private readonly known = new Map<Iterable<string>, boolean>();
  private foundSubjects: readonly NamedSubject[] | undefined;
  private readonly figures: readonly PlacedFigure[];
  private foundTimeframes: readonly string[] | undefined;
  private foundParameters: readonly IndicatorParameters[] | undefined;
  private readonly offset: number;
  private readonly end: number;

  constructor(
    private readonly text: ReadText,
    readonly scope: Scope,
    private readonly source: string,
    private readonly subjectsIn: SubjectsIn,
    figures: readonly PlacedFigure[],
  ) {
    const { tokens, view } = text;
    const [first, last] = [tokens[scope.from], tokens[scope.to - 1]];
    this.offset = first === undefined ? 0 : (view.starts[first.start] ?? 0);
    this.end = last === undefined ? 0 : (view.ends[last.end - 1] ?? 0);
    this.figures = figures;
  }

  /** All words of the scope, lower case. */
  get words(): ReadonlySet<string> {
    this.foundWords ??= this.findWords();
    return this.foundWords;
  }

  private findWords(): ReadonlySet<string> {
    const words = new Set<string>();
    for (let at = this.scope.from; at < this.scope.to; at++) {
      const word = this.text.tokens[at]?.word ?? "";
      if (word !== "") words.add(word);
    }
    return words;
  }

  get subjects(): readonly NamedSubject[] {
    this.foundSubjects ??= this.subjectsIn(this.source.slice(this.offset, this.end)).map((subject) => ({
      ...subject,
      start: subject.start + this.offset,
      end: subject.end + this.offset,
    }));
    return this.foundSubjects;
  }

  hasAny(words: Iterable<string>): boolean {
    const known = this.known.get(words);
    if (known !== undefined) return known;
    const found = this.findAny(words);
    this.known.set(words, found);
    return found;
  }

  private findAny(words: Iterable<string>): boolean {
    for (const word of words) if (this.words.has(word)) return true;
    return false;
  }

  private around(figure: PlacedFigure): Surroundings {
    this.foundSurroundings ??= new Map(this.figures.map((each, place) => [each, { place }]));
    return this.foundSurroundings.get(figure) ?? { place: -1 };
  }

  /** The words before a figure, nearest first, up to the figure before it; six at most. */
  wordsBefore(figure: PlacedFigure, count: number): readonly string[] {
    const around = this.around(figure);
    around.before ??= this.findBefore(figure, around.place, mostWords);
    return around.before.slice(0, count);
  }

  private findBefore(figure: PlacedFigure, place: number, count: number): readonly string[] {
    const found: string[] = [];
    const last = this.figures[place - 1];
    const floor = Math.max(this.scope.from, last?.role === "amount" ? last.raw.to : this.scope.from);
    for (let at = figure.raw.from - 1; at >= floor && found.length < count; at--) {
      const token = this.text.tokens[at];
      if (token?.kind === "sign" && ";|".includes(token.text)) break;
      if (token?.kind === "word") found.push(token.word);
    }
    return found;
  }

  /** The words after a figure, nearest first, up to the next figure; six at most. */
  wordsAfter(figure: PlacedFigure, count: number): readonly string[] {
    const around = this.around(figure);
    around.after ??= this.findAfter(figure, around.place, mostWords);
    return around.after.slice(0, count);
  }

  private findAfter(figure: PlacedFigure, place: number, count: number): readonly string[] {
    const found: string[] = [];
    const next = this.figures[place + 1];
    const end = Math.min(this.scope.to, next?.raw.from ?? this.scope.to);
    for (let at = figure.raw.to; at < end && found.length < count; at++) {
      const token = this.text.tokens[at];
      if (token?.kind === "sign" && ";|".includes(token.text)) break;
      if (token?.kind === "word") found.push(token.word);
    }
    return found;
  }

  /** "fell by 3 %", "3 % lower"; "fell to 3" says a level, not a change. */
  directionOf(figure: PlacedFigure): Direction {
    const around = this.around(figure);
    if (around.direction === undefined) around.direction = this.findDirection(figure);
    return around.direction;
  }

  private findDirection(figure: PlacedFigure): Direction {
    const before = this.wordsBefore(figure, 4);
    if (!levelWords.has(before[0] ?? "")) {
      for (const word of before) {
        if (downWords.has(word)) return "down";
        if (upWords.has(word)) return "up";
      }
    }
    const after = this.wordsAfter(figure, 3);
    if (after.some((word) => downWords.has(word))) return "down";
    return after.some((word) => upWords.has(word)) ? "up" : null;
  }

  /** It is said to be a price: "trades at 2,150", "gold is at 2,150", "Kurs: 2.150". */
  isPrice(figure: PlacedFigure): boolean {
    const around = this.around(figure);
    around.isPrice ??= this.findIsPrice(figure);
    return around.isPrice;
  }

  private findIsPrice(figure: PlacedFigure): boolean {
    const before = this.wordsBefore(figure, 4);
    if (before.slice(0, 3).some((word) => priceWords.has(word))) return true;
    const nearest = this.subjects.findLast(({ end }) => end <= figure.start);
    // "The RSI of gold is 50" is no price of gold.
    if (nearest === undefined || this.isOf(nearest.start)) return false;
    const between = before.filter((word) => !isWords.has(word));
    const isAt = before.slice(0, 2).some((word) => isWords.has(word) && word !== "of" && word !== "von");
    return isAt && between.length <= 1 && this.wordsBetween(nearest.end, figure) <= 4;
  }

  private isOf(start: number): boolean {
    let at = this.scope.to - 1;
    while (at >= this.scope.from && !this.isWordBefore(at, start)) at--;
    return (
      at >= this.scope.from &&
      ["of", "for", "von", "für", "des", "in", "on"].includes(this.text.tokens[at]?.word ?? "")
    );
  }

  private isWordBefore(at: number, start: number): boolean {
    const token = this.text.tokens[at];
    return token?.kind === "word" && (this.text.view.starts[token.start] ?? 0) < start;
  }

  private wordsBetween(start: number, figure: PlacedFigure): number {
    let count = 0;
    for (let at = figure.raw.from - 1; at >= this.scope.from; at--) {
      const token = this.text.tokens[at];
      if (token === undefined || (this.text.view.starts[token.start] ?? 0) < start) break;
      if (token.kind === "word") count++;
    }
    return count;
  }

  /** The nearest instrument before the figure; when none stands before it, the one that follows. */
  governing(figure: PlacedFigure): Governing {
    const around = this.around(figure);
    around.governing ??= this.findGoverning(figure);
    return around.governing;
  }

  private findGoverning(figure: PlacedFigure): Governing {
    if (this.subjects.length === 0) return none;
    const before = this.subjects.filter(({ start }) => start < figure.start);
    if (before.length === 0) return oneOf(this.subjects);
    const previous = this.figures.findLast(
      ({ start, role }) => role === "amount" && start < figure.start && start >= (before[0]?.end ?? 0),
    );
    const last = before.at(-1);
    const since = previous === undefined ? before : before.filter(({ start }) => start >= previous.end);
    // "EURUSD and GBPUSD: 10 and 12": which is whose cannot be told.
    if (since.length > 0) return oneOf(since);
    const group =
      last === undefined ? [] : before.filter(({ start }) => !this.hasFigureBetween(start, last.end));
    return oneOf(group);
  }

  private hasFigureBetween(start: number, end: number): boolean {
    return this.figures.some(
      (figure) => figure.role === "amount" && figure.start >= start && figure.end <= end,
    );
  }

  /** The timeframes that are named: M15, H4, D1. */
  timeframes(): readonly string[] {
    this.foundTimeframes ??= this.figures
      .filter(({ role, text }) => role === "structural" && /^(?:M\d{1,2}|H\d{1,2}|D1|W1|MN1)$/.test(text))
      .map(({ text }) => text);
    return this.foundTimeframes;
  }

  /** The parameters of indicators: rsi → 14 of RSI(14). */
  parameters(): readonly IndicatorParameters[] {
    this.foundParameters ??= this.figures.flatMap(({ raw: { indicator, parameters } }) =>
      indicator === null || parameters.length === 0 ? [] : [{ indicator, parameters }],
    );
    return this.foundParameters;
  }
}

const none = { kind: "none" } as const;

function oneOf(subjects: readonly NamedSubject[]): Governing {
  const [first] = subjects;
  if (first === undefined) return none;
  return subjects.every(({ symbol }) => symbol === first.symbol)
    ? { kind: "one", subject: first }
    : { kind: "several" };
}
