/**
 * Kills the vLLM that we launched in mid-answer, or the whole orchestrator, again and again, and proves that every
 * answer is completed with nothing cut, nothing doubled, and that nobody is left behind.
 *
 *   bun tests/faults/kill-vllm.ts [--times 50] [--kill vllm|orchestrator] [--seed N] [--real]
 *
 * Without --real a fake vLLM that speaks real HTTP is killed, whose text is known to the letter. A real one (greedy)
 * must keep every word that was shown; what follows may differ from what it writes when left alone, since it reads the
 * text so far in another batch than the one in which it wrote it.
 * Exit codes: 0 nothing went wrong, 1 something did, 2 wrong use.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { identifyProcess } from "../../src/process/process-identity.ts";
import { ownVllm } from "../../src/vllm/find-vllm.ts";
import { TestFolder, until } from "../process/started-program.ts";
import { type AnswerReading, Orchestrated, type OrchestratedOptions } from "../vllm/orchestrated.ts";
import { ensureRealVllm, realVllmPlace, whyNoRealVllm } from "../vllm/real-vllm-place.ts";
import { randomFrom } from "./random.ts";

const projectRoot = join(import.meta.dir, "../..");

interface Tally {
  kills: number;
  answers: number;
  completed: number;
  /** Ended as if it were whole, with less text than it should have, or without what was shown. */
  silentlyCut: number;
  /** Not at its end long after everything could answer again. */
  hanging: number;
  /** Ended with an error, its text kept. */
  failed: number;
  /** Of a real vLLM: whole, with all that was shown, and other words after the kill than without it. */
  different: number;
  orphans: number;
}

const questions = [
  "What moves the price of gold?",
  "Explain how a bond works.",
  "What is a pip in forex trading?",
  "Tell me about inflation and savings.",
];
const fakeText = Array.from({ length: 60 }, (_, index) => `word${index}`).join(" ");
/** A real vLLM takes most of a minute to come back. */
const answerDeadlineMs = 240_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      times: { type: "string", default: "50" },
      kill: { type: "string", default: "vllm" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      real: { type: "boolean", default: false },
    },
  });
  const times = Number(values.times);
  const victim = values.kill;
  if (!Number.isInteger(times) || times < 1 || (victim !== "vllm" && victim !== "orchestrator")) {
    console.error("--times takes a whole number from 1, --kill takes vllm or orchestrator.");
    return 2;
  }
  const random = randomFrom(Number(values.seed));
  const { real } = values;
  const place = realVllmPlace(process.env);
  const problem = real
    ? (whyNoRealVllm(process.env) ??
      (await ensureRealVllm(projectRoot, (output) => process.stdout.write(output))))
    : null;
  if (problem !== null) {
    console.error(problem);
    return 1;
  }
  using folder = new TestFolder();
  const options: OrchestratedOptions = {
    folder,
    paceMs: 5,
    environment: {
      // Killed as often as here, it would otherwise pass for one that crashes in a loop.
      VLLM_HEALTHY_SECONDS: "0",
      ...(real
        ? { VLLM_COMMAND: ownVllm(place.environment), VLLM_MODEL: place.weights, VLLM_CONTEXT: "2048" }
        : {}),
    },
  };
  const tally: Tally = {
    kills: 0,
    answers: 0,
    completed: 0,
    silentlyCut: 0,
    hanging: 0,
    failed: 0,
    different: 0,
    orphans: 0,
  };
  console.log(
    `${times} kills of the ${victim}, ${real ? "a real vLLM" : "the fake vLLM"}, --seed ${values.seed}`,
  );

  let program = await Orchestrated.start(options);
  await program.ready("vllm", answerDeadlineMs);
  const expected = new Map<string, string>();
  for (const question of real ? questions : [])
    expected.set(question, (await (await ask(program, question)).whole()).text);

  for (let round = 1; round <= times; round++) {
    const asked = await Promise.all(
      Array.from({ length: 1 + Math.floor(random() * 3) }, async () => {
        const question = real
          ? (questions[Math.floor(random() * questions.length)] ?? "")
          : `say: ${fakeText}`;
        return { expected: expected.get(question) ?? fakeText, answer: await ask(program, question) };
      }),
    );
    const [first] = asked;
    await first?.answer.tokens(1 + Math.floor(random() * 20));
    if (victim === "vllm") process.kill(program.pidOf("vllm"), "SIGKILL");
    else program = await killOrchestrator(program, options, tally);
    tally.kills += 1;
    await Promise.all(asked.map(({ expected: text, answer }) => judge(answer, text, real, tally)));
    await program.ready("vllm", answerDeadlineMs);
    console.log(
      `round ${round}: ${asked.length} asked, ${tally.completed} of ${tally.answers} completed, ${tally.failed} failed`,
    );
  }
  await program.stop();
  return report(tally) ? 1 : 0;
}

const ask = (program: Orchestrated, question: string) =>
  program.ask(question, { temperature: 0, max_tokens: 80 });

/** @returns the program that was started after it */
async function killOrchestrator(
  program: Orchestrated,
  options: OrchestratedOptions,
  tally: Tally,
): Promise<Orchestrated> {
  const pids = [program.pidOf("server"), program.pidOf("vllm")];
  program.program.kill("SIGKILL");
  await program.program.ended();
  // The children end by themselves, or the next start ends them: either way before it serves.
  const next = await Orchestrated.start({
    ...options,
    environment: { ...options.environment, PORT: new URL(program.url).port },
  });
  for (const pid of pids) {
    const gone = await until(
      () => identifyProcess(pid),
      (found) => found === null,
    ).catch(() => undefined);
    if (gone === undefined) tally.orphans += 1;
  }
  return next;
}

async function judge(answer: AnswerReading, expected: string, real: boolean, tally: Tally): Promise<void> {
  tally.answers += 1;
  const shown = answer.text;
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(late.resolve, answerDeadlineMs, null);
  const whole = await Promise.race([answer.whole(), late.promise]);
  clearTimeout(timer);
  if (whole === null) tally.hanging += 1;
  else if (whole.error !== null) tally.failed += 1;
  else if (whole.text === expected) tally.completed += 1;
  else if (real && whole.text.startsWith(shown) && whole.finishReason !== null) {
    tally.completed += 1;
    tally.different += 1;
  } else tally.silentlyCut += 1;
}

/** @returns whether something went wrong */
function report(tally: Tally): boolean {
  const lines: [string, number][] = [
    ["kills with -9", tally.kills],
    ["answers", tally.answers],
    ["  completed", tally.completed],
    ["  cut or changed", tally.silentlyCut],
    ["  hanging", tally.hanging],
    ["  failed, text kept", tally.failed],
    ["  of these with other words", tally.different],
    ["processes left behind", tally.orphans],
  ];
  for (const [label, value] of lines) console.log(`${label.padEnd(32)}${value}`);
  return tally.completed < tally.answers || tally.orphans > 0;
}

process.exitCode = await main();
process.exit();
