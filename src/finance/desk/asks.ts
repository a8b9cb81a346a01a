/**
 * Whether a question asks for a figure at all, by its words in English, German and Spanish. It knows no calculator. It errs on the side
 * of no: a question that asks why, whether, or for a text is a model's.
 */
import type { Language } from "../../texts/say.ts";
import { figureWord, type Word } from "./question-words.ts";
import {
  isSpanishVerb,
  spanishIdle,
  spanishOtherwise,
  spanishPolite,
  spanishWanted,
  spanishWhich,
  spanishYesOrNo,
} from "./spanish/spanish-asks.ts";

/**
 * asks: it asks for a figure. label: it is a label with values ("Loan: 200,000, 4 %, 30 years"), without a verb. null: it
 * asks for something else, or for nothing.
 */
type Asks = "asks" | "label" | null;

const list = (words: string) => new Set(words.split(/\s+/));

/** Words of questions about something else. Those within a calculator's own phrase are allowed there. */
const otherwise = list(`
  explain explained define definition meaning means mean poem story essay song haiku joke limerick novel letter email tweet
  write translate summarise summarize summary paraphrase rewrite rephrase proofread spell
  code function python javascript typescript java rust sql regex excel spreadsheet macro script program pine
  why who whose whom where history news opinion opinions think believe feel recommend recommendation advice advise suggest
  suggestion better best worse worst compare comparison versus vs legal illegal lawful scam fraud wrong mistake mistakes
  not don't doesn't didn't can't cannot won't wouldn't shouldn't isn't aren't never no none neither nor without except unless
  ignore disregard forget pretend imagine instructions prompt repeat said says told claims claimed quote quoted heard wrote
  advantages disadvantages advantage disadvantage pros cons risks dangers purpose difference differences
  article headline example joke movie film book song
  erkläre erklär erklären erklärst erklärung definiere bedeutet bedeutung heißt gedicht geschichte aufsatz lied witz brief
  schreib schreibe schreiben übersetze übersetz übersetzen zusammenfassung umschreiben
  risiken gefahren unterschiede vorteil nachteil
  warum wieso weshalb wer wem wen wo wozu meinung meinst findest glaubst denkst empfiehl empfiehlst empfehlen empfehlung rat
  rätst besser beste besten schlechter vergleiche vergleich vergleichen unterschied vorteile nachteile legal betrug
  nicht kein keine keinen keinem keiner ohne nie niemals außer falsch fehler
  traduce traducir explica explícame escribe escríbeme redacta redacción parafrasea corrige repite
  ignoriere vergiss wiederhole sagt sagte behauptet gehört gelesen artikel beispiel film buch
`);

const otherwiseInSpanish = new Set([...otherwise, ...list(spanishOtherwise.trim())]);

const opens = (words: string) => new RegExp(`(?:^| )(?:${words.trim().replaceAll(/\s*\n\s*/g, "|")})(?= |$)`);
const wanted = opens(`
  how (?:much|many|big|large|long|high|far|wide|often)
  what(?:'s)?
  calculate
  compute
  work out
  figure out
  determine
  find
  give me
  tell me
  show me
  size (?:my|a|the|this|for)
  convert
  i (?:need|want|would like|wish) to know
  i'd like to know
  wie ?viele?n?
  wieviele?
  wie (?:groß|gross|hoch|lange|lang|viel|oft|weit|stark|teuer)
  berechne
  berechnen
  rechne
  ausrechnen
  umrechnen
  ermittle
  ermitteln
  bestimme
  nenne
  nenn
  gib
  zeig
  zeige
  ab wann
  wann (?:ist|wird|habe|bin|hat|verdoppelt|erreiche|reicht)
  when (?:will|does|do|is)
  auf wie
`);
/** "Is that a good idea?" A polite "can you calculate" is none. */
const yesOrNo =
  /^(?:(?:so|and|but|ok|okay|hi|hello|hey|please|also|well|then|und|aber|also|dann|hallo|bitte) )*(?:is|are|were|does|do|did|has|have|had|should|shall|can|could|would|will|may|might|must|ist|sind|war|waren|wird|werden|hat|habe|haben|hatte|kann|könnte|können|soll|sollte|sollten|darf|dürfen|muss|müssen|lohnt|stimmt|reicht|gibt|macht)(?= |$)/;
const polite =
  /^(?:(?:hi|hello|hey|please|hallo|bitte|so|and|und) )*(?:(?:can|could|would|will) (?:you|somebody|someone)|(?:kannst|könntest|würdest|kannst|können|könnten|würden) (?:du|sie))(?= )/;
/** Questions of "what" and "which" that no figure answers. */
const idle =
  /(?:^| )(?:what (?:do you|does it mean|happens?|happened|if|about|kind|sort|type|should i do|can i do)|what(?:'s| is| are) (?:an?|the (?:point|idea|use|purpose))(?! #)|tell me (?:about|more|a)|was (?:ist|sind|heißt) (?:eine?|der unterschied)(?= [a-zäöü]+(?: |$))|was (?:passiert|soll(?:te)? ich|bedeutet|meinst|hältst|sagst)|find out who|i wonder)(?= |$)/;
const finite =
  list(`did does do when how what where who which wann wie wer wo i i'm i've i'll my we our is are was were has have had will would he she they you your it
  ich mein meine meinem meinen wir unser ist sind war hat habe haben hatte wird werden er sie es du dein`);

/** How long a label may be, in words beside its figures. */
const longestLabel = 24;

/** "Which rate" is asked for where the calculator knows rates; "which bank" is not. */
const which = /(?:^| )(?:which|welche[rsnm]?) (\S+)(?: (\S+))?/;
/** "Was" is German for "what", and English for the past. */
const germanWhat = /(?:^| )was(?= |$)/;
const englishWas = /^was(?= )/;

/**
 * @param allowed words by their index that a phrase of the calculator covers
 * @param knows words of the calculator
 */
export function asksForFigure(
  text: string,
  words: readonly Word[],
  language: Language,
  {
    allowed,
    knows,
  }: { readonly allowed: (index: number) => boolean; readonly knows: (word: string) => boolean },
): Asks {
  const isSpanish = language === "es";
  const others = isSpanish ? otherwiseInSpanish : otherwise;
  if (words.some(({ text }, index) => others.has(text) && !allowed(index) && !isAboutSteps(words, index)))
    return null;
  const starts: number[] = [];
  for (const [index, { sentence }] of words.entries())
    if (sentence !== words[index - 1]?.sentence) starts.push(index);
  const sentences = starts.map((start, index) =>
    words
      .slice(start, starts[index + 1])
      .map(({ text }) => text)
      .join(" "),
  );
  if (sentences.some((sentence) => idle.test(sentence) || (isSpanish && spanishIdle.test(sentence))))
    return null;
  const isGerman = language === "de";
  const yesOrNos = sentences
    .map((sentence, index) => ({ sentence, start: starts[index] ?? 0 }))
    .filter(({ sentence }) =>
      isSpanish
        ? spanishYesOrNo.test(sentence) && !spanishPolite.test(sentence)
        : (yesOrNo.test(sentence) || (!isGerman && englishWas.test(sentence))) && !polite.test(sentence),
    );
  if (yesOrNos.some(({ start }) => !allowed(start))) return null;
  // "Reicht mein Geld?" is the calculator's own question.
  if (yesOrNos.length > 0) return "asks";
  const isAsked = (sentence: string) => {
    if (isSpanish)
      return (
        spanishWanted.test(sentence) ||
        [...sentence.matchAll(spanishWhich)].some(([, word = ""]) => word.length > 3 && knows(word))
      );
    const [, first, second] = which.exec(sentence) ?? [];
    const isKnown = [first, second].some((word) => word !== undefined && knows(word));
    return isKnown || wanted.test(sentence) || (isGerman && germanWhat.test(sentence));
  };
  if (sentences.some(isAsked)) return "asks";
  // "Annual growth over 8 years?" needs no verb.
  const isShortQuestion = starts.some((start, index) => {
    const sentence = words.slice(start, starts[index + 1]);
    const end = sentence.at(-1)?.end ?? 0;
    return (
      text.slice(end, end + 3).includes("?") &&
      sentence.some((_, at) => allowed(start + at)) &&
      isWithoutVerb(sentence, isSpanish)
    );
  });
  if (isShortQuestion) return "asks";
  const isLabel =
    sentences.length <= 2 &&
    words.filter(({ text }) => text !== figureWord).length <= longestLabel &&
    isWithoutVerb(
      words.filter((_, index) => !isSpanish || !allowed(index)),
      isSpanish,
    );
  return isLabel ? "label" : null;
}

const isWithoutVerb = (words: readonly Word[], isSpanish: boolean) =>
  !words.some(({ text }) => (isSpanish ? isSpanishVerb(text) : finite.has(text)));

/** "Explain each step": after the question it asks for what the card shows anyway. */
function isAboutSteps(words: readonly Word[], index: number): boolean {
  const rest = words
    .slice(index, index + 5)
    .map(({ text }) => text)
    .join(" ");
  return /^(?:explain|erkläre?|schreibe?) (?:each|every|the|your|all|jeden|die|den|deine|deinen|alle) (?:steps?|calculation|working|schritte?|rechnung|rechenweg)/.test(
    rest,
  );
}
