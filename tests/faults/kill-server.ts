/**
 * Kills the server in mid-answer, again and again, and proves that nothing is lost that anybody was shown: each
 * time it is started again over the same data, takes up what was unfinished, and must show every answer anew,
 * to the letter and to its end.
 *
 *   bun tests/faults/kill-server.ts [--times 100] [--seed N] [--keep] [--server FILE]
 *
 * Exit codes: 0 nothing was lost, 1 something was, 2 wrong use.
 */
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { AskedAnswer } from "./asked-answer.ts";
import { randomFrom } from "./random.ts";
import { newDataFolder, ServerUnderTest } from "./server-under-test.ts";
import { awaitFinished, readStoredAnswers } from "./stored-answers.ts";

const questions = [
  "Tell me a long story about a trader who never sleeps.",
  "Explain in detail how a savings account earns interest.",
  "What moves the price of gold? Write several paragraphs.",
  "Write twenty sentences about the history of the euro.",
];

interface Tally {
  answers: number;
  /** The server died before it had accepted them: nobody was shown anything. */
  neverAccepted: number;
  kills: number;
  framesShown: number;
  done: number;
  /** Given up after the second crash, with the text kept. */
  failed: number;
  lostCharacters: number;
  readonly faults: string[];
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      times: { type: "string", default: "100" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      keep: { type: "boolean", default: false },
      server: { type: "string" },
    },
  });
  const rounds = Number(values.times);
  if (!Number.isInteger(rounds) || rounds < 1) {
    console.error("--times must be a whole number from 1.");
    return 2;
  }
  const random = randomFrom(Number(values.seed));
  const dataDir = newDataFolder();
  const options = { dataDir, ...(values.server === undefined ? {} : { file: values.server }) };
  const tally: Tally = {
    answers: 0,
    neverAccepted: 0,
    kills: 0,
    framesShown: 0,
    done: 0,
    failed: 0,
    lostCharacters: 0,
    faults: [],
  };
  console.log(`${rounds} rounds, --seed ${values.seed}, data in ${dataDir}`);

  const texts = new Map<string, string>();
  let server = await ServerUnderTest.start(options);
  try {
    for (let round = 1; round <= rounds; round++) {
      const answers = Array.from(
        { length: random() < 0.3 ? 1 + Math.ceil(random() * 3) : 1 },
        () => new AskedAnswer(),
      );
      await killWhile(server, random, tally, (onFrame) =>
        answers.map((answer) => answer.ask(server.url, anyQuestion(random), onFrame)),
      );
      server = await ServerUnderTest.start(options);
      const accepted = answers.filter(({ generationId }) => generationId !== null);
      tally.answers += answers.length;
      tally.neverAccepted += answers.length - accepted.length;
      tally.framesShown += accepted.reduce((sum, answer) => sum + answer.shownFrames, 0);
      // Sometimes it dies again while it finishes what the first death left.
      if (random() < 0.15 && accepted.length > 0) {
        await killWhile(server, random, tally, (onFrame) =>
          accepted.map(async (answer) => void (await answer.replay(server.url, onFrame))),
        );
        server = await ServerUnderTest.start(options);
      }
      for (const replayed of accepted.map((answer) => readToTheEnd(answer, server, random, tally)))
        for (const [id, text] of await replayed) texts.set(id, text);
      console.log(
        `round ${round}: ${answers.length} asked, ${tally.kills} kills so far, ${tally.lostCharacters} characters lost, ${tally.faults.length} other faults`,
      );
    }
    // There may be answers of which those who asked never learned.
    await awaitFinished(dataDir);
    const problem = await server.stop();
    if (problem !== null) tally.faults.push(`the server did not drain on TERM: ${problem}`);
  } catch (cause) {
    console.error(`The server's last words:\n${server.lastWords()}`);
    throw cause;
  } finally {
    await server.kill();
  }
  const lost = report(tally, rounds, dataDir, texts);
  if (values.keep || lost) console.log(`The data is kept in ${dataDir}.`);
  else rmSync(dataDir, { recursive: true, force: true });
  return lost ? 1 : 0;
}

/**
 * Lets readers read, and kills the server at a random moment: before the first frame, or some milliseconds
 * after a random one. Resolves when every connection has ended; what was still on its way has been read then.
 */
async function killWhile(
  server: ServerUnderTest,
  random: () => number,
  tally: Tally,
  read: (onFrame: () => void) => Promise<void>[],
): Promise<void> {
  const { promise: due, resolve: kill } = Promise.withResolvers<void>();
  const countdown = random() < 0.1 ? 0 : Math.ceil(random() * 60);
  let frames = 0;
  const reading = Promise.all(
    read(() => {
      if (++frames === countdown) kill();
    }),
  );
  reading.catch(() => {});
  // Without frames to wait for, the moment lies between the question's arrival and the end of its prompt.
  if (countdown === 0) setTimeout(kill, random() * 400);
  // All answers may end before the countdown does.
  void reading.then(
    () => kill(),
    () => kill(),
  );
  await due;
  await Bun.sleep(random() * 30);
  await server.kill();
  tally.kills++;
  await reading;
}

/** @returns the generation's id and its whole text, once it has ended */
async function readToTheEnd(
  answer: AskedAnswer,
  server: ServerUnderTest,
  random: () => number,
  tally: Tally,
): Promise<[id: string, text: string][]> {
  const id = answer.generationId ?? "";
  const replay = await answer.replay(server.url);
  if (replay === null) {
    tally.faults.push(`${id} did not come to its end`);
    return [];
  }
  tally[replay.end]++;
  tally.lostCharacters += replay.lostCharacters;
  tally.faults.push(...replay.faults.map((fault) => `${id}: ${fault}`));
  // Anywhere before the end: whoever has seen the end does not come back.
  const cursor = Math.floor(random() * Math.max(1, answer.shownFrames - 1));
  if (!(await answer.resumesAt(server.url, cursor)))
    tally.faults.push(`${id} is not the same when it is read on from ${cursor}`);
  return replay.end === "done" ? [[id, replay.text]] : [];
}

/** @returns whether anything was lost or is wrong */
function report(tally: Tally, rounds: number, dataDir: string, texts: ReadonlyMap<string, string>): boolean {
  using stored = readStoredAnswers(dataDir);
  const differing = [...texts].filter(([id, text]) => stored.textOf(id) !== text);
  for (const [id] of differing) tally.faults.push(`${id}: the stored message is not the text that was shown`);
  for (const fault of tally.faults.slice(0, 20)) console.error(`FAULT ${fault}`);
  const lines: [string, unknown][] = [
    ["rounds", rounds],
    ["kills with -9", tally.kills],
    ["answers", tally.answers],
    ["  of these never accepted", tally.neverAccepted],
    ["  taken up and finished", tally.done],
    ["  given up after two crashes, text kept", tally.failed],
    ["frames shown before a kill", tally.framesShown],
    ["characters shown but not saved", tally.lostCharacters],
    ["other faults", tally.faults.length],
    ["stuck rows", stored.stuck],
    ["states in the database", JSON.stringify(stored.states)],
    ["integrity_check", stored.integrity],
  ];
  for (const [label, value] of lines) console.log(`${label.padEnd(42)}${value}`);
  return tally.lostCharacters > 0 || tally.faults.length > 0 || stored.stuck > 0 || stored.integrity !== "ok";
}

function anyQuestion(random: () => number): Record<string, unknown> {
  return {
    message: questions[Math.floor(random() * questions.length)] ?? questions[0],
    temperature: 0.8,
    max_tokens: 60 + Math.floor(random() * 60),
    seed: Math.floor(random() * 1_000_000),
  };
}

process.exitCode = await main();
process.exit();
