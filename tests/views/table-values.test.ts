import { describe, expect, test } from "bun:test";
import { columnsOf } from "../../views/table-values.ts";

const valuesOf = (...texts: readonly string[]) => columnsOf([texts])[0]?.values ?? null;

describe("The numbers of a column", () => {
  test.each([
    [
      ["$1,234.50", "$999", "−$5"],
      [1234.5, 999, -5],
    ],
    [
      ["1.234,5 €", "999 €", "12 €"],
      [1234.5, 999, 12],
    ],
    [
      ["1 234 567", "12 000,5"],
      [1234567, 12000.5],
    ],
    [
      ["CHF 1'200", "CHF 900"],
      [1200, 900],
    ],
    [
      ["3 %", "12.5%", "-0.5 %"],
      [3, 12.5, -0.5],
    ],
    [
      ["(1,200)", "800"],
      [-1200, 800],
    ],
    [
      ["1.5k", "2M", "$3 bn"],
      [1500, 2e6, 3e9],
    ],
    [
      ["≈ 5 pips", "12 pips"],
      [5, 12],
    ],
    [
      ["1,234,567", "12"],
      [1234567, 12],
    ],
    [
      ["0.123", "0.5"],
      [0.123, 0.5],
    ],
    [
      ["2024", "2025"],
      [2024, 2025],
    ],
  ])("%p are %p", (texts, values) => {
    expect(valuesOf(...texts)).toEqual(values);
  });

  test("a cell that decides what a comma means decides for the others, in its column and in its table", () => {
    expect(valuesOf("1,234", "0,5")).toEqual([1.234, 0.5]);
    expect(columnsOf([["1,234"], ["0,5"]])[0]?.values).toEqual([1.234]);
  });

  test("where no cell decides, three digits after a separator are thousands", () => {
    expect(valuesOf("1,234", "999")).toEqual([1234, 999]);
    expect(valuesOf("1.234", "999")).toEqual([1234, 999]);
  });

  test("an empty cell has no number, and the others keep theirs", () => {
    expect(valuesOf("5", "", "—", "n/a", "7")).toEqual([5, null, null, null, 7]);
  });

  test.each([
    [["daily", "weekly"]],
    [["2024-01-05", "2024-02-01"]],
    [["1:2", "1:3"]],
    [["5–10 %", "10–20 %"]],
    [[]],
  ])("%p are none", (texts) => {
    expect(valuesOf(...texts)).toBeNull();
  });

  test("their unit is known when all cells have the same", () => {
    expect(
      columnsOf([
        ["3 %", "4 %"],
        ["$3", "$4"],
        ["3 %", "4"],
      ]).map((column) => column?.unit),
    ).toEqual(["%", "$", ""]);
  });
});
