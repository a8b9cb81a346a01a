import { describe, expect, test } from "bun:test";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";

const symbolOf = (name: string) => builtInInstruments.find(name)?.symbol ?? null;

describe("An instrument is found", () => {
  test.each([
    ["EURUSD", "EURUSD"],
    ["eurusd", "EURUSD"],
    ["EUR/USD", "EURUSD"],
    ["EUR-USD", "EURUSD"],
    ["eur usd", "EURUSD"],
    [" eurusd.m ", "EURUSD"],
    ["EURUSDm", "EURUSD"],
    ["EURUSD.pro", "EURUSD"],
    ["EURUSD_SB", "EURUSD"],
    ["EURUSD+", "EURUSD"],
    ["EUR/USD.raw", "EURUSD"],
    ["#US30", "US30"],
    ["US30!", "US30"],
    ["GER40.cash", "DE40"],
    ["DAX", "DE40"],
    ["Nasdaq", "NAS100"],
    ["S&P 500", "US500"],
    ["Gold", "XAUUSD"],
    ["Goldpreis", "XAUUSD"],
    ["XAUUSD.m", "XAUUSD"],
    ["Silber", "XAGUSD"],
    ["cable", "GBPUSD"],
    ["fiber", "EURUSD"],
    ["BTC/USDT", "BTCUSD"],
    ["Rohöl", "WTIUSD"],
    ["USDHUF", "USDHUF"],
  ])("by the name %s", (name, symbol) => {
    expect(symbolOf(name)).toBe(symbol);
  });

  test.each([
    "",
    "XYZ",
    "USDXYZ",
    "USDUSD",
    "MSFT",
    "1",
    "USD",
    "XAUXAG",
    "constructor",
    "__proto__",
    "eurusdeurusd",
  ])("not by the name %p", (name) => {
    expect(symbolOf(name)).toBeNull();
  });

  test("by rule where two currencies are joined, and it says so", () => {
    expect(builtInInstruments.find("SEK/NOK")).toMatchObject({
      symbol: "SEKNOK",
      pip: "0.0001",
      quote: "NOK",
    });
    expect(builtInInstruments.find("zarjpy.m")).toMatchObject({ symbol: "ZARJPY", pip: "0.01", base: "ZAR" });
    expect(builtInInstruments.find("SEKNOK")?.note).toContain("compare with your broker");
  });
});

describe("The list of instruments", () => {
  const all = builtInInstruments.all();

  test("names each symbol and each synonym once", () => {
    const names = all.flatMap(({ symbol, synonyms }) => [symbol.toLowerCase(), ...synonyms]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(all.length).toBeGreaterThanOrEqual(60);
  });

  test("finds every instrument by all of its names", () => {
    for (const { symbol, synonyms } of all)
      for (const name of [symbol, symbol.toLowerCase(), ...synonyms])
        expect([name, symbolOf(name)]).toEqual([name, symbol]);
  });

  test("has a source for each, and steps that fit the smallest size", () => {
    for (const { source, lotStep, minLot } of all) {
      expect(source).toMatch(/\.$/);
      expect(Number(minLot) % Number(lotStep)).toBeCloseTo(0, 12);
    }
  });
});
