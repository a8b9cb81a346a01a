/** An answer that is read in a terminal while its connection breaks and its server goes: nothing is lost, nothing comes twice. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RefusedError, UnreachableError } from "../../src/terminal/client-errors.ts";
import { type AnswerSource, RunningAnswer, usualPatience } from "../../src/terminal/running-answer.ts";
import { ServerClient } from "../../src/terminal/server-client.ts";
import { Line } from "../fakes/line.ts";
import { answers } from "../fakes/scripted-answers.ts";
import { PipedProgram } from "./piped-program.ts";
import { Gate, openTerminalApp, type TerminalApp, TerminalFolder } from "./terminal-app.ts";
import { TypedProgram } from "./typed-program.ts";

const long = answers.long ?? "";
let dataDir: string;
let folder: TerminalFolder;
let gate: Gate;
let app: TerminalApp;
let line: Line;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "reconnect-"));
  folder = new TerminalFolder();
  gate = new Gate();
  app = openTerminalApp({ gate, dataDir });
  line = await Line.to(app.port);
});
afterEach(async () => {
  line[Symbol.dispose]();
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
  rmSync(dataDir, { recursive: true });
});

/** Stops the server and starts it anew, at another port: the line leads there. */
async function restart(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  line.cut();
  await app[Symbol.asyncDispose]();
  await meanwhile();
  app = openTerminalApp({ gate, dataDir });
  app.generations.recover();
  line.restore(app.port);
}

const client = () => new ServerClient({ address: () => line.url, apiKey: null });

/** Follows an answer in this process; `written` resolves when so much text has come. */
function follow(source: AnswerSource, patience = usualPatience) {
  const progress: string[] = [];
  let text = "";
  let wake = () => {};
  const answer = new RunningAnswer(
    client(),
    source,
    {
      text: (piece) => {
        text += piece;
        wake();
      },
      progress: (sentence) => {
        if (sentence !== null) progress.push(sentence);
        wake();
      },
    },
    patience,
  );
  const until = (isSo: () => boolean) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = () => {
      if (isSo()) resolve();
    };
    wake();
    return promise;
  };
  return {
    answer,
    end: answer.run(),
    progress,
    text: () => text,
    written: (part: string) => until(() => text.includes(part)),
    said: (part: string) => until(() => progress.some((sentence) => sentence.includes(part))),
  };
}

describe("An answer whose connection breaks", () => {
  test("goes on from the last token that was read, cut at every tenth", async () => {
    gate.holdAt(1);
    const reading = follow({ question: { message: "long" } });
    for (let token = 0; token < 150; token += 10) {
      await reading.written(`word${token}`);
      line.cut();
      await reading.said("Reconnecting");
      reading.progress.length = 0;
      // Written while nobody was connected, and a little more after that.
      gate.open();
      gate.holdAt(token + 11);
      line.restore();
    }
    gate.open();
    expect(await reading.end).toMatchObject({ state: "ended", finishReason: "stop", error: null });
    expect(reading.text()).toBe(long);
  });

  test("goes on over a restart of the server", async () => {
    gate.holdAt(20);
    const reading = follow({ question: { message: "long" } });
    await reading.written("word19");
    await restart(() => reading.said("Reconnecting"));
    gate.open();
    expect(await reading.end).toMatchObject({ state: "ended", error: null });
    expect(reading.text()).toBe(long);
  });

  test("is stopped when the server is back, if that was asked meanwhile", async () => {
    gate.holdAt(20);
    const reading = follow({ question: { message: "long" } });
    await reading.written("word19");
    await restart(async () => {
      await reading.said("Reconnecting");
      await reading.answer.stop();
    });
    expect(await reading.end).toMatchObject({ state: "stopped" });
    expect(reading.text()).toBe(long.slice(0, long.indexOf(" word20")));
  });

  test("is asked once, though the reply to the question was lost", async () => {
    await app[Symbol.asyncDispose]();
    const asked = Promise.withResolvers<void>();
    app = openTerminalApp({
      dataDir,
      // The question is stored, and nobody has been told.
      recall: async () => {
        line.cut();
        asked.resolve();
        return [];
      },
    });
    line.restore(app.port);
    const reading = follow({ question: { message: "hello" } }, { ...usualPatience, firstContactMs: 10_000 });
    await asked.promise;
    await reading.said("Nothing answers at");
    line.restore();
    expect(await reading.end).toMatchObject({ state: "ended" });
    expect(reading.text()).toBe("Hello. How can I help?");
    expect(app.store.conversations.list(null, 10)).toHaveLength(1);
  });

  test("begins when the server does, if there is time for that", async () => {
    line.cut();
    const reading = follow({ question: { message: "hello" } }, { ...usualPatience, firstContactMs: 10_000 });
    await reading.said("Nothing answers at");
    line.restore();
    await reading.end;
    expect(reading.text()).toBe("Hello. How can I help?");
  });

  test("is not waited for any more when one leaves, and the server writes it to its end", async () => {
    gate.holdAt(20);
    const reading = follow({ question: { message: "long" } });
    await reading.written("word19");
    line.cut();
    await reading.said("Reconnecting");
    reading.answer.leave();
    expect(await reading.end).toMatchObject({ state: "left" });
    gate.open();
    await app.generations.idle();
    expect(app.ended).toMatchObject([{ state: "done" }]);
  });

  test("is given up when the server stays away for too long", async () => {
    gate.holdAt(5);
    const reading = follow({ question: { message: "long" } }, { ...usualPatience, reconnectMs: 300 });
    await reading.written("word4");
    line.cut();
    expect(await reading.end.catch((error: unknown) => error)).toBeInstanceOf(UnreachableError);
  });

  test("is taken for dead when it is silent, and taken up again", async () => {
    gate.holdAt(5);
    // The server's heartbeat comes every 15 s.
    const reading = follow({ question: { message: "long" } }, { ...usualPatience, silenceMs: 100 });
    await reading.written("word4");
    await reading.said("Reconnecting");
    gate.open();
    await reading.end;
    expect(reading.text()).toBe(long);
  });

  test("is refused when it is gone from the server", async () => {
    const ids = { generationId: "none", conversationId: "none" };
    const reading = follow({ ids, after: -1 });
    expect(await reading.end.catch((error: unknown) => error)).toBeInstanceOf(RefusedError);
  });
});

describe("The programs", () => {
  test("chat shows one unbroken answer over a restart, and says what is going on", async () => {
    gate.holdAt(20);
    await using chat = new TypedProgram(
      "src/terminal/chat.ts",
      [],
      folder.environment(line.port, { NO_COLOR: "1" }),
    );
    await chat.see("> \u001b[3G");
    chat.type("long\r");
    await chat.see("word19");
    await restart(async () => {
      await chat.see("The connection broke. Reconnecting …");
    });
    gate.open();
    const rest = await chat.see("word159");
    expect([...(rest.match(/word\d+/g) ?? [])]).toEqual(long.split(" ").slice(20));
  });

  test("ask writes one unbroken answer over a cut and a restart", async () => {
    gate.holdAt(20);
    await using ask = new PipedProgram("src/terminal/ask.ts", ["long"], folder.environment(line.port));
    await ask.see("word19");
    line.cut();
    gate.open();
    gate.holdAt(40);
    line.restore();
    await ask.see("word39");
    await restart();
    gate.open();
    expect(await ask.result()).toEqual({
      code: 0,
      output: `${long}\n`,
      errors: "The connection broke. Reconnecting …\n".repeat(2),
    });
  });
});
