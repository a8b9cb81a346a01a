/** Facts for tests: the growth of 10,000 to 16,000 in five years. */
import { cagr } from "../../../src/finance/calculators/cagr.ts";
import { compute } from "../../../src/finance/facts/compute.ts";
import type { Instruments } from "../../../src/finance/instruments/instrument.ts";

export const noInstruments: Instruments = { find: () => null, all: () => [] };

export const growth = () => compute(cagr, { start: 10_000, end: 16_000, years: 5 }, noInstruments);
