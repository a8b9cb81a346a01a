/** What is a command, and which one a wrong word is nearest to. */
import { describe, expect, test } from "bun:test";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { cardFor } from "../../src/finance/desk/create-desk.ts";
import { builtInInstruments } from "../../src/finance/instruments/catalog.ts";
import { statedFact } from "../../src/memory/stated-fact.ts";
import { allCommands, commandIn } from "../../src/workspace/commands.ts";

test.each([
  ["/help", { type: "chat", name: "help", rest: "" }],
  ["  /Help  ", { type: "chat", name: "help", rest: "" }],
  ["/hilfe", { type: "chat", name: "help", rest: "" }],
  ["/remember one\ntwo", { type: "chat", name: "remember", rest: "one\ntwo" }],
  ["/merken etwas", { type: "chat", name: "remember", rest: "etwas" }],
  ["/olvidar bróker", { type: "chat", name: "forget", rest: "bróker" }],
])("%p is a command", (text, command) => {
  expect(commandIn(text)).toEqual(command as never);
});

test.each(["help", "What does /help do?", "/etc/hosts is what?", "/ help", "/5 of it", "/", "// comment"])(
  "%p is a question",
  (text) => {
    expect(commandIn(text)).toBeNull();
  },
);

test.each([
  ["/remeber this", "remember"],
  ["/positionsize", "position-size"],
  ["/mortage amount=1", "mortgage"],
  ["/mort", "mortgage"],
  ["/hepl", "help"],
  ["/qwertyuiop", null],
  ["/x", null],
])("%p is nearest to %p", (text, nearest) => {
  expect(commandIn(text)).toMatchObject({ type: "unknown", nearest });
});

describe("the calculators", () => {
  test("each one is a command, which the desk answers with its example", () => {
    for (const { name } of calculators) {
      const command = allCommands.find((each) => each.name === name);
      expect(commandIn(`/${name}`)).toBeNull();
      expect(cardFor(command?.example ?? "", builtInInstruments)?.facts.length, name).toBeGreaterThan(0);
    }
  });

  test("no name stands for two commands", () => {
    const names = allCommands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test.each([
  ["broker = Example Bank", { key: "broker", value: "Example Bank" }],
  ["My broker charges $7 a lot", { key: "My broker charges $7 a lot", value: "My broker charges $7 a lot" }],
  ["= 5", { key: "= 5", value: "= 5" }],
])("%p is remembered", (text, memory) => {
  expect(statedFact(text)).toEqual({ ...memory, category: "general" });
});
