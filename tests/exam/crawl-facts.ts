/**
 * Opens the fact of each computed figure of the desk's answers in a real store, and computes it again: as it is, as if another
 * version of the formula had made it, and with another specification of its instrument.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDesk } from "../../src/finance/desk/create-desk.ts";
import type { DeskAnswer } from "../../src/finance/desk/desk-answer.ts";
import type { Fact } from "../../src/finance/facts/fact.ts";
import { classifyFigures } from "../../src/finance/numbers/classify-figures.ts";
import { createLog } from "../../src/log.ts";
import { openStore } from "../../src/store/database.ts";
import { type Finance, financeOf } from "../../src/workspace/finance.ts";
import { randomFrom } from "../faults/random.ts";
import { intents, questionOf } from "./take-exam.ts";

export interface CrawlResult {
  readonly answers: number;
  /** Computed figures in the texts of the cards. */
  readonly figures: number;
  /** Answers of which each figure's fact opens and each fact is computed again and equal. */
  readonly equal: number;
  /** Facts that were made to look as if another version of the formula had computed them. */
  readonly versions: number;
  readonly versionsReported: number;
  /** Facts of instruments, with the contract's size changed afterwards. */
  readonly specifications: number;
  readonly specificationsReported: number;
  /** Sentences about what is not as it should be. */
  readonly faults: readonly string[];
}

/** @param answers so many answers with facts; what the desk leaves open is asked about no further */
export async function crawlFacts(answers: number, seed = 1): Promise<CrawlResult> {
  const dataDir = mkdtempSync(join(tmpdir(), "crawl-facts-"));
  try {
    using store = openStore({ dataDir, log: createLog("error") });
    const finance = financeOf(store, null);
    const counts = { figures: 0, equal: 0, versions: 0, versionsReported: 0 };
    const ofInstruments = { specifications: 0, specificationsReported: 0 };
    const faults: string[] = [];
    for (const { question, answer } of await answered(answers, seed, finance)) {
      const { facts } = answer;
      store.facts.insert({ ownerId: null, generationId: null, facts, createdAt: 0 });
      const { figures, wrong } = opened(answer, finance);
      counts.figures += figures;
      counts.equal += wrong.length === 0 ? 1 : 0;
      faults.push(...wrong.map((fault) => `${question}: ${fault}`));
      for (const fact of facts) {
        const old = withOtherVersion(fact);
        store.facts.insert({ ownerId: null, generationId: null, facts: [old], createdAt: 0 });
        counts.versions++;
        if (isReported(finance, old.id, /^Formula: version /)) counts.versionsReported++;
        else faults.push(`${question}: another version of ${fact.name} is not reported`);
        const specified = withOtherSpecification(fact, finance);
        if (specified === null) continue;
        ofInstruments.specifications++;
        if (specified) ofInstruments.specificationsReported++;
        else faults.push(`${question}: another specification of ${fact.name} is not reported`);
      }
    }
    return { answers, ...counts, ...ofInstruments, faults };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Answered {
  readonly question: string;
  readonly answer: DeskAnswer;
}

async function answered(count: number, seed: number, finance: Finance): Promise<readonly Answered[]> {
  const random = randomFrom(seed);
  const desk = createDesk({ instruments: finance.specifications, prose: () => "none", isTiny: () => false });
  const found: Answered[] = [];
  for (let index = 0; found.length < count; index++) {
    if (index > count * 3) throw new Error("The desk answers too few of the questions.");
    const { question } = questionOf(intents[index % intents.length], random, index);
    const answer = await desk(question, { ownerId: null, model: "none" });
    if (answer !== null && answer.facts.length > 0) found.push({ question, answer });
  }
  return found;
}

/** @returns how many figures show a fact, and sentences about those whose fact does not open or is another one now */
function opened({ card, facts }: DeskAnswer, finance: Finance) {
  const shown = classifyFigures(card, { facts: facts.map((fact) => ({ at: 0, fact })), quotes: [] }).flatMap(
    ({ facts, fact }) => facts ?? (fact === undefined ? [] : [fact]),
  );
  const wrong = [...new Set([...shown, ...facts.map(({ id }) => id)])].flatMap((id) => {
    const stored = facts.find((fact) => fact.id === id);
    if (stored === undefined || !Bun.deepEquals(finance.fact(id), stored)) return [`${id} does not open`];
    const { equal, value, changed } = finance.verify(id);
    return equal && value === stored.value ? [] : [`${stored.name} is not equal: ${changed.join(" ")}`];
  });
  if (shown.length === 0) wrong.push("no figure of the card shows a fact");
  return { figures: shown.length, wrong };
}

function withOtherVersion(fact: Fact): Fact {
  const { formula } = fact;
  return { ...fact, id: `${fact.id}-old`, formula: { ...formula, version: formula.version + 1 } };
}

/** @returns whether it is reported that the contract has another size now; null: the fact is of no instrument */
function withOtherSpecification(fact: Fact, finance: Finance): boolean | null {
  const name = fact.inputs.find((input) => input.name.startsWith("instrument:"))?.name;
  if (name === undefined) return null;
  const symbol = name.slice("instrument:".length);
  const { contractSize, isOwn } = finance.instruments.get(symbol);
  if (isOwn) throw new Error(`${symbol} has been changed before.`);
  finance.instruments.change(symbol, { contract_size: Number(contractSize) * 2 });
  const reported = isReported(finance, fact.id, new RegExp(`^${symbol}\\b.*contract `));
  finance.instruments.reset(symbol);
  return reported;
}

function isReported(finance: Finance, id: string, sentence: RegExp): boolean {
  const { equal, changed } = finance.verify(id);
  return !equal && changed.some((each) => sentence.test(each));
}
