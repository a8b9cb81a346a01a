/** `ask` as a real program between real pipes, against the real app with a scripted model: what it says, where, and its exit codes. */

import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { classifyFigures } from "../../src/finance/numbers/classify-figures.ts";
import { withQuestionMarks } from "../../src/finance/numbers/question-marks.ts";
import { answers } from "../fakes/scripted-answers.ts";
import { openGuardedApp } from "../security/guarded-app.ts";
import { PipedProgram, type PipedResult } from "./piped-program.ts";
import { openTerminalApp, type TerminalApp, TerminalFolder } from "./terminal-app.ts";
import { TypedProgram } from "./typed-program.ts";

const script = "src/terminal/ask.ts";
let app: TerminalApp;
let folder: TerminalFolder;

beforeEach(() => {
  folder = new TerminalFolder();
  app = openTerminalApp({ says: { odd: "a\u0007b\u009b2Jc\u001b[31md" } });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function ask(
  words: readonly string[],
  input = "",
  change: Readonly<Record<string, string>> = {},
): Promise<PipedResult> {
  await using program = new PipedProgram(script, words, folder.environment(app.port, change), input);
  return await program.result();
}

/** What a shell makes of a line. */
async function shell(line: string): Promise<PipedResult> {
  const child = Bun.spawn(["bash", "-c", `set -o pipefail; ${line}`], {
    env: { ...folder.environment(app.port), ASK: `${process.execPath} ${script}` },
    cwd: join(import.meta.dir, "../.."),
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code: await child.exited, output, errors };
}

const questions = () =>
  app.store.conversations
    .list(null, 10)
    .map(({ id }) => app.store.messages.path(id).find(({ role }) => role === "user")?.content);

describe("ask", () => {
  test("writes the answer and nothing else to standard output", async () => {
    expect(await ask(["hello", "there"])).toEqual({
      code: 0,
      output: "Hello. How can I help?\n",
      errors: "",
    });
    expect(questions()).toEqual(["hello there"]);
  });

  test("says before it asks that standard input is too long: it said that a message must be a text", async () => {
    const { code, output, errors } = await ask(["Sum this up."], "word ".repeat(5_000));
    expect([code, output]).toEqual([2, ""]);
    expect(errors).toBe(
      "The question and the text of standard input together have 25,013 characters, 5,013 more than the 20,000 that one question may have. Send less, or ask about one part after the other.\n",
    );
    expect(questions()).toEqual([]);
  });

  test("streams: what is written is there before the answer has ended", async () => {
    app.gate.holdAt(2);
    await using program = new PipedProgram(script, ["hello"], folder.environment(app.port));
    await program.see("Hello. How");
    app.gate.open();
    expect((await program.result()).output).toBe("Hello. How can I help?\n");
  });

  test("with --no-stream writes it when it is whole, with a sign after each figure that nothing proves", async () => {
    const { markdown = "" } = answers;
    expect(await ask(["--no-stream", "markdown"])).toEqual({
      code: 0,
      output: `${withQuestionMarks(markdown, classifyFigures(markdown, { facts: [], quotes: [] }))}\n`,
      errors: "",
    });
  });

  test("takes the question from a pipe, or what the question is about", async () => {
    expect((await ask([], "hello from a pipe\n")).output).toBe("Hello. How can I help?\n");
    expect((await ask(["hello,", "what is it?"], "line 1\nline 2\n")).code).toBe(0);
    expect(questions()).toEqual(["hello, what is it?\n\nline 1\nline 2", "hello from a pipe"]);
  });

  test("--json says all that there is to say, as one object", async () => {
    const { code, output, errors } = await ask(["--json", "odd"]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    const [conversation] = app.store.conversations.list(null, 1);
    const said = JSON.parse(output);
    expect(said).toEqual({
      response: "a\u0007b\u009b2Jc\u001b[31md",
      model: "scripted-model",
      finish_reason: "stop",
      stopped: false,
      usage: expect.objectContaining({ completion_tokens: 1 }),
      facts: [],
      figures: expect.any(Array),
      conversation_id: conversation?.id,
      generation_id: expect.any(String),
    });
    expect(output.trimEnd()).not.toMatch(/\p{Cc}/u);
    const again = await ask(["--json", "--conversation", said.conversation_id, "hello"]);
    expect(JSON.parse(again.output).conversation_id).toBe(said.conversation_id);
  });

  test("writes no escape sequences of a model, also not into a pipe", async () => {
    expect((await ask(["odd"])).output).toBe("ab2Jc[31md\n");
  });

  test("is quiet when nobody reads on, and the answer is finished all the same", async () => {
    const { code, output, errors } = await shell("$ASK markdown | head -n 1");
    expect({ code, output, errors }).toEqual({ code: 0, output: "## Saving compared\n", errors: "" });
    expect(await shell("$ASK --json long | true")).toEqual({ code: 0, output: "", errors: "" });
    await app.generations.idle();
    expect(app.ended.map(({ state }) => state)).toEqual(["done", "done"]);
  });

  test("Ctrl-C stops the answer, and what was written is there and kept", async () => {
    app.gate.holdAt(10);
    await using program = new PipedProgram(script, ["long"], folder.environment(app.port));
    await program.see("word9");
    program.kill("SIGINT");
    const { code, output, errors } = await program.result();
    const written = answers.long?.split(" ").slice(0, 10).join(" ");
    expect({ code, output, errors }).toEqual({
      code: 130,
      output: `${written}\n`,
      errors: "Stopped. The text so far is kept.\n",
    });
    expect(app.ended.map(({ state }) => state)).toEqual(["stopped"]);
  });

  test("says on a terminal what it waits for, and draws that over", async () => {
    await app[Symbol.asyncDispose]();
    const ready = Promise.withResolvers<void>();
    app = openTerminalApp({ engine: { ready: () => ready.promise } });
    await using program = new TypedProgram(
      script,
      ["hello"],
      folder.environment(app.port, { NO_COLOR: "1" }),
    );
    await program.see("The model is loading");
    ready.resolve();
    await program.see("\r\u001b[KHello. How can I help?");
    expect(await program.ended()).toBe(0);
  });

  test("speaks TLS where the server does, with whatever certificate that has been given", async () => {
    const [certificate, key] = [join(folder.path, "cert.pem"), join(folder.path, "key.pem")];
    const made = Bun.spawn(
      [
        ..."openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1".split(" "),
        ...["-subj", "/CN=assistant.example", "-keyout", key, "-out", certificate],
      ],
      { stderr: "ignore" },
    );
    expect(await made.exited).toBe(0);
    // It knows nothing of WebSockets: without the news of the queue the answer comes all the same.
    const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      tls: { cert: Bun.file(certificate), key: Bun.file(key) },
      fetch: async ({ url, method, headers, body }) => {
        const { pathname, search } = new URL(url);
        const passed = new Headers(headers);
        passed.delete("host");
        return fetch(app.url + pathname + search, { method, headers: passed, ...(body ? { body } : {}) });
      },
    });
    try {
      const tls = { TLS_CERT: certificate, TLS_KEY: key, PORT: String(server.port) };
      expect(await ask(["hello"], "", tls)).toEqual({
        code: 0,
        output: "Hello. How can I help?\n",
        errors: "",
      });
    } finally {
      await server.stop(true);
    }
  });

  describe("ends with", () => {
    test("1 when nothing answers, and says how to start it", async () => {
      const { code, output, errors } = await ask(["hello"], "", { PORT: "1" });
      expect({ code, output }).toEqual({ code: 1, output: "" });
      expect(errors).toContain("Nothing answers at http://127.0.0.1:1. Start it first: ./run.sh start");
    });

    test("2 when it is used wrongly", async () => {
      for (const words of [[], ["--jsn", "x"], ["--model"], ["--conversation", "nonsense", "x"]]) {
        const { code, output, errors } = await ask(words);
        expect({ code, output }).toEqual({ code: 2, output: "" });
        expect(errors).not.toBe("");
      }
      expect((await ask(["what is it?"], "\u0000\u0001binary")).errors).toStartWith(
        "Standard input is not text.",
      );
    });

    test("3 when the answer failed, with what was written until then", async () => {
      await app[Symbol.asyncDispose]();
      app = openTerminalApp({ failAt: 3 });
      const { code, output, errors } = await ask(["hello"]);
      expect({ code, output }).toEqual({ code: 3, output: "Hello. How can\n" });
      expect(errors).toContain("Something went wrong.");
      const asJson = await ask(["--json", "hello"]);
      expect(asJson.code).toBe(3);
      expect(JSON.parse(asJson.output)).toMatchObject({
        response: "Hello. How can",
        error: { code: "internal_error" },
      });
    });

    test("78 when a setting is wrong", async () => {
      const { code, errors } = await ask(["hello"], "", { PORT: "many" });
      expect(code).toBe(78);
      expect(errors).toStartWith("PORT must be a whole number");
    });

    test("0 when its help is asked for", async () => {
      const { code, output } = await ask(["--help"]);
      expect(code).toBe(0);
      expect(output).toStartWith("Usage: ask");
    });
  });

  test("where there are logins, says what to do without a key, and brings one along", async () => {
    await using guarded = await openGuardedApp();
    const port = new URL(guarded.url).port;
    const without = await ask(["hello"], "", { PORT: port });
    expect({ code: without.code, output: without.output }).toEqual({ code: 1, output: "" });
    expect(without.errors).toContain("LFA_API_KEY");
    expect(without.errors).toContain(`${guarded.url}/account`);
    const wrong = await ask(["hello"], "", { PORT: port, LFA_API_KEY: "lfa_wrong" });
    expect(wrong.code).toBe(1);
    expect(wrong.errors).toContain("The key in LFA_API_KEY is wrong, expired or revoked.");
    const key = guarded.headers("owner's key").authorization?.replace("Bearer ", "") ?? "";
    const answered = await ask(["hello"], "", { PORT: port, LFA_API_KEY: key });
    expect(answered.code).toBe(0);
    expect(answered.output).toStartWith("Gold is a metal.");
    const readOnly = guarded.headers("owner's read key").authorization?.replace("Bearer ", "") ?? "";
    expect((await ask(["hello"], "", { PORT: port, LFA_API_KEY: readOnly })).code).toBe(1);
  });
});
