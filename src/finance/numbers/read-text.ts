/** Everything that is known of a text before its figures are compared with sources: tokens, scopes, figures, listings. */
import { Affixes } from "./affixes.ts";
import { Calendar, calendarWords } from "./calendar-words.ts";
import { digitFigure } from "./digit-figure.ts";
import type { LexedFigure } from "./figure.ts";
import { Identifiers, identifierWords } from "./identifiers.ts";
import { mayBeginNumber } from "./number-words.ts";
import { type Listing, type PlainView, plainView } from "./plain-view.ts";
import { withRanges } from "./ranges.ts";
import { plainFigure, type RawFigure } from "./raw-figure.ts";
import { withColumnUnits } from "./table-columns.ts";
import { type Scope, scopesOf } from "./text-scopes.ts";
import { type Token, tokensOf } from "./tokens.ts";
import { wordFigure } from "./word-figure.ts";

/** A figure with its place among the tokens. */
export interface PlacedFigure extends LexedFigure {
  readonly raw: RawFigure;
  readonly scope: Scope;
}

export interface ReadText {
  readonly tokens: readonly Token[];
  readonly view: PlainView;
  readonly scopes: readonly Scope[];
  readonly figures: readonly PlacedFigure[];
  readonly listings: readonly Listing[];
}

/** @param isWhole the text is finished: nothing is pending */
export function readText(text: string, isWhole: boolean): ReadText {
  const view = plainView(text, isWhole);
  const tokens = tokensOf(view.text);
  const scopes = scopesOf(tokens);
  const raw = withColumnUnits(withRanges(rawFigures(tokens), tokens), tokens);
  return {
    tokens,
    view,
    scopes,
    figures: placed(raw, text, tokens, scopes, view, isWhole),
    listings: view.listings,
  };
}

function rawFigures(tokens: readonly Token[]): readonly RawFigure[] {
  const [affixes, calendar, identifiers] = [
    new Affixes(tokens),
    new Calendar(tokens),
    new Identifiers(tokens),
  ];
  const found: RawFigure[] = [];
  let [at, free] = [0, 0];
  const take = (figure: RawFigure) => {
    found.push(figure);
    free = Math.max(at + 1, figure.to);
    at = free;
    free = Math.max(free, figure.role === "amount" ? figure.wholeTo : free);
  };
  while (at < tokens.length) {
    const token = tokens[at];
    if (token?.kind === "mark") take(plainFigure("structural", at, at + 1));
    else if (token === undefined || !mayBegin(token, tokens[at + 1])) at++;
    else {
      const identifier = identifiers.at(at);
      const date = identifier === null ? calendar.endAt(at) : null;
      if (identifier !== null) {
        const { end, parameters, indicator } = identifier;
        take({ ...plainFigure("structural", at, end), parameters, indicator });
      } else if (date !== null) take(plainFigure("calendar", at, date));
      else if (token.kind === "number") take(digitFigure(tokens, at, free, affixes, isAfterHours(found, at)));
      else {
        const figure = wordFigure(tokens, at, free, affixes);
        if (figure === null) at++;
        else take(figure);
      }
    }
  }
  return found;
}

const firstWords: ReadonlySet<string> = new Set([...identifierWords, ...calendarWords]);

/** A cheap look before the exact ones: most words begin no figure. */
const mayBegin = ({ kind, word }: Token, next: Token | undefined): boolean =>
  kind === "number" ||
  (kind === "word" && (next?.kind === "number" || firstWords.has(word) || mayBeginNumber(word)));

const isAfterHours = (found: readonly RawFigure[], at: number) => {
  const last = found.at(-1);
  return last !== undefined && last.unit === "hours" && last.wholeTo >= at - 1;
};

function placed(
  raw: readonly RawFigure[],
  text: string,
  tokens: readonly Token[],
  scopes: readonly Scope[],
  view: PlainView,
  isWhole: boolean,
): readonly PlacedFigure[] {
  const figures: PlacedFigure[] = [];
  let scopeAt = 0;
  for (const figure of raw) {
    while ((scopes[scopeAt]?.to ?? Number.POSITIVE_INFINITY) <= figure.from) scopeAt++;
    const scope = scopes[scopeAt];
    const first = tokens[figure.from];
    const [last, lastOfWhole] = [tokens[figure.to - 1], tokens[figure.wholeTo - 1]];
    if (scope === undefined || first === undefined || last === undefined || lastOfWhole === undefined)
      continue;
    const start = view.starts[first.start] ?? 0;
    const end = view.ends[last.end - 1] ?? text.length;
    const sure = tokens[scope.sureAt];
    figures.push({
      start,
      end,
      text: text.slice(start, end),
      whole: { start, end: Math.max(end, view.ends[lastOfWhole.end - 1] ?? end) },
      values: figure.values,
      unit: figure.unit,
      per: figure.per,
      role: figure.role,
      approximate: figure.approximate,
      sign: figure.sign,
      noun: nounAfter(tokens, figure.to),
      pending: !isWhole && (sure === undefined || sure.start >= view.stableEnd),
      raw: figure,
      scope,
    });
  }
  return figures;
}

function nounAfter(tokens: readonly Token[], at: number): string | null {
  const link = tokens[at];
  const isLink = link?.kind === "space" || link?.text === "-";
  const next = isLink ? tokens[at + 1] : link;
  return next?.kind === "word" ? next.word : null;
}
