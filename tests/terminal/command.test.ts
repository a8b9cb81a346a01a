import { describe, expect, test } from "bun:test";
import { type Command, helpText, parseCommand } from "../../src/terminal/command.ts";

const misused = (line: string) => {
  const command = parseCommand(line);
  return command.type === "misused" ? command.problem : command;
};

describe("A typed line", () => {
  test.each<[string, Command]>([
    ["What is a bond?", { type: "ask", message: "What is a bond?" }],
    ["  spaces around it  ", { type: "ask", message: "spaces around it" }],
    ["", { type: "nothing" }],
    ["   ", { type: "nothing" }],
    ["stream", { type: "toggle-streaming" }],
    ["Stream", { type: "toggle-streaming" }],
    ["stream the prices", { type: "ask", message: "stream the prices" }],
    ["exit", { type: "exit" }],
    ["/QUIT", { type: "exit" }],
    ["/help", { type: "help" }],
    ["/stop", { type: "stop" }],
    ["/new", { type: "new" }],
    ["/list", { type: "list" }],
    ["/continue", { type: "continue" }],
    ["/open 3", { type: "open", which: "3" }],
    ["/model", { type: "model", name: null }],
    ["/model org/Some-Model.v2", { type: "model", name: "org/Some-Model.v2" }],
    ["/memory", { type: "memories" }],
    ["/memory broker = Example Bank", { type: "memorize", key: "broker", value: "Example Bank" }],
    ["/memory rule=a = b", { type: "memorize", key: "rule", value: "a = b" }],
    ["/etc/hosts holds what?", { type: "ask", message: "/etc/hosts holds what?" }],
    ["/loan amount=1 rate=5", { type: "ask", message: "/loan amount=1 rate=5" }],
    ["/position-size balance=1", { type: "ask", message: "/position-size balance=1" }],
    ["one\ntwo", { type: "ask", message: "one\ntwo" }],
  ])("%j is understood", (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  test("that is no command, or half of one, is answered with what would be one", () => {
    expect(misused("/nope")).toBe("There is no command /nope. /help shows the commands.");
    expect(misused("/open")).toContain("/open 2");
    expect(misused("/memory broker")).toContain("/memory KEY = VALUE");
    expect(misused("/memory = x")).toContain("/memory KEY = VALUE");
    expect(misused("/memory x =")).toContain("/memory KEY = VALUE");
    expect(misused("/new please")).toBe("/new stands alone.");
  });

  test("the help names every command, and each that it names is one", () => {
    const named = [...helpText.matchAll(/\/[a-z]+/g)].map(([word]) => word);
    expect(new Set(named)).toEqual(
      new Set(["/new", "/list", "/open", "/continue", "/stop", "/model", "/memory", "/loan"]),
    );
    for (const word of named) expect(parseCommand(`${word} 1`).type).not.toBe("ask");
  });
});
