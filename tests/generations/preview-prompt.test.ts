/** How full the context would be: the same as what the answer's receipt says afterwards, and what it leaves out. */
import { describe, expect, test } from "bun:test";
import { promptPreview } from "../../src/generations/preview-prompt.ts";
import { ask, openAnswering, systemPrompt } from "../fakes/answering.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const open = (contextSize: number) => {
  const program = openAnswering({
    engines: [new ScriptedEngine({ contextSize, script: () => ({ answer: "Gold is a metal." }) })],
  });
  const preview = promptPreview({
    store: program.store,
    ready: () => program.pool.ready,
    systemPromptOf: () => systemPrompt,
  });
  const told = (conversationId: string | null, message: string, fileCharacters = 0) =>
    preview(
      null,
      { conversationId, message, fileCharacters, documentCharacters: 0, maxTokens: 100 },
      AbortSignal.timeout(5000),
    );
  return { program, told };
};

describe("What a question would take", () => {
  test("nobody can say before an engine is ready", async () => {
    const { program, told } = open(1000);
    await using _program = program;
    expect(await told(null, "What is gold?")).toBeNull();
  });

  test("grows with what was said and what is typed, and says nothing is left out as long as all fits", async () => {
    const { program, told } = open(1000);
    await using _program = program;
    const { conversationId } = await program.generations.ask(ask("What is gold?"));
    await program.generations.idle();
    const short = await told(conversationId, "And silver?");
    expect(short).toMatchObject({ contextTokens: 1000, leftOut: 0, isTooLong: false });
    const long = await told(conversationId, "And silver, and platinum, and palladium?");
    expect(long?.promptTokens).toBeGreaterThan(short?.promptTokens ?? 0);
    expect((await told(conversationId, "And silver?", 400))?.promptTokens).toBe(
      (short?.promptTokens ?? 0) + 100,
    );
  });

  test("says what is left out, as the receipt of the answer does then", async () => {
    const { program, told } = open(260);
    await using _program = program;
    const question = "Tell me more about the metal that we talk about here ".repeat(2);
    const { conversationId } = await program.generations.ask(ask(question));
    await program.generations.idle();
    for (let asked = 0; asked < 6; asked++) {
      await program.generations.ask(ask(question, { conversationId }));
      await program.generations.idle();
    }
    const preview = await told(conversationId, question);
    const { id } = await program.generations.ask(
      ask(question, { conversationId, sampling: { ...ask("").sampling, maxTokens: 100 } }),
    );
    await program.generations.idle();
    const receipt = program.generations.get(id)?.receipt;
    expect(preview?.leftOut).toBeGreaterThan(0);
    expect(preview?.leftOut).toBe(receipt?.droppedMessageIds.length);
  });

  test("may be more than fits at all", async () => {
    const { program, told } = open(60);
    await using _program = program;
    await program.generations.ask(ask("Hi"));
    await program.generations.idle();
    expect(await told(null, "gold ".repeat(200))).toMatchObject({ leftOut: 0, isTooLong: true });
  });
});
