/**
 * The desk: it reads a question, computes, and answers with a card, without a model. It knows nothing of storage and of engines.
 */
import { AppError } from "../../errors.ts";
import { readInputs } from "../calculators/read-inputs.ts";
import { compute } from "../facts/compute.ts";
import type { Instruments } from "../instruments/instrument.ts";
import { cardOf, choiceCard, missingCard, refusedCard } from "./card.ts";
import type { DeskAnswer } from "./desk-answer.ts";
import { type Route, routeQuestion } from "./route-question.ts";
import { type DeskSeries, seriesAnswer } from "./series-answer.ts";
import { slashCommandIn } from "./slash-command.ts";

/**
 * Whether a model adds to a card. free: always. none: never. auto: to a result, unless the model is a tiny one, which would only
 * invent figures. strict: to a result, without a digit of its own (letter-slots.ts).
 */
export type Prose = "auto" | "free" | "strict" | "none";

interface DeskOptions<Owner> {
  /** The specifications with this owner's changes. */
  readonly instruments: (owner: Owner) => Instruments;
  /** As this owner wants it. */
  readonly prose: (owner: Owner) => Prose;
  /** The price series of this owner; left out: there are none. */
  readonly series?: (owner: Owner) => DeskSeries;
  /** Whether a model is too small to be reliable. */
  readonly isTiny: (model: string) => boolean;
}

/** @returns answers a question; null where the desk has no answer */
export function createDesk<Owner>({ instruments, series, prose: proseOf, isTiny }: DeskOptions<Owner>) {
  return async (
    question: string,
    { ownerId, model }: { readonly ownerId: Owner; readonly model: string },
  ): Promise<DeskAnswer | null> => {
    const known = instruments(ownerId);
    const own = series?.(ownerId);
    // A question about one's own prices has no word that is of anything else; a calculator may know some of its words.
    const ofSeries = own === undefined ? null : await seriesAnswer(question, known, own);
    const answer = ofSeries ?? cardFor(question, known);
    if (answer === null) return null;
    const prose = proseOf(ownerId);
    if (answer.facts.length === 0) return { ...answer, wantsProse: prose === "free" };
    return {
      ...answer,
      wantsProse: prose === "free" || prose === "strict" || (prose === "auto" && !isTiny(model)),
      ...(prose === "strict" ? { withoutDigits: true } : {}),
    };
  };
}

/** The same question and the same specifications always give the same card; null: the desk has no answer. */
export function cardFor(question: string, known: Instruments): Pick<DeskAnswer, "facts" | "card"> | null {
  const command = slashCommandIn(question);
  const route: Route | null =
    command === null
      ? routeQuestion(question, { instruments: known })
      : { kind: "answer", calculator: command.calculator, inputs: command.inputs, read: [], language: "en" };
  if (route === null) return null;
  if (route.kind === "missing") return { facts: [], card: missingCard(route) };
  if (route.kind === "choice") return { facts: [], card: choiceCard(route) };
  try {
    if (command !== null && command.problem !== null) throw command.problem;
    const inputs = command === null ? route.inputs : readInputs(route.calculator, route.inputs, known);
    const computed = compute(route.calculator, inputs, known, route.language);
    return { facts: computed.facts, card: cardOf(computed, route.read, route.inputs, route.language) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { facts: [], card: refusedCard(route, error.words) };
  }
}
