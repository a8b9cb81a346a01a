/** What is going on in all: a sentence, four figures with their last ten minutes, and what was done since the start. */
import { tr } from "../../src/texts/reader-language.ts";
import { Sparkline } from "../components/sparkline.tsx";
import type { StatusProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { shownBytes, shownCount, shownDuration, shownLatency, shownSpeed } from "./status-amounts.ts";

export const StatusOverview = ({ status }: { status: StatusProps }) => (
  <section class="overview" aria-label={tr`Overview`}>
    <p class="status-sentence" role="status" safe>
      {sentenceOf(status)}
    </p>
    {status.storage === "ok" ? (
      ""
    ) : (
      <p class="engine-problem" role="alert" safe>
        {status.storage}
      </p>
    )}
    <dl class="tiles">
      {tilesOf(status).map((tile) => (
        <div>
          <dt safe>{tile.name}</dt>
          <dd>
            <span safe>{tile.value}</span>
            <small safe>{tile.note}</small>
          </dd>
          <dd class="tile-line">
            <Sparkline label={tr`${tile.name}, last ten minutes`} values={tile.lately} />
          </dd>
        </div>
      ))}
    </dl>
    <details class="disclosure status-details">
      <summary>{safeTr`Since the start`}</summary>
      <Totals status={status} />
    </details>
  </section>
);

/** In one sentence, whether a question would be answered, by what, and how fast. */
function sentenceOf({ engines }: StatusProps): string {
  const ready = engines.find(({ state }) => state === "ready");
  if (ready !== undefined) {
    const { model, name, tokensPerSecond } = ready;
    return tokensPerSecond === null
      ? tr`Ready. ${model ?? name} is ready.`
      : tr`Ready. ${model ?? name} answers at ${shownSpeed(tokensPerSecond)}.`;
  }
  const starting = engines.find(({ state }) => state === "starting");
  if (starting !== undefined) {
    const model = starting.model ?? tr`the model`;
    return starting.progress === null
      ? tr`Loading ${model}. Questions wait until it is ready.`
      : tr`Loading ${model}, ${Math.round(starting.progress * 100)}\u00a0%. Questions wait until it is ready.`;
  }
  return engines.some(({ state }) => state === "stopped")
    ? tr`Stopped. Start an engine to get answers.`
    : tr`No model is running.`;
}

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** Oldest first. */
  readonly lately: readonly number[];
}

function tilesOf(status: StatusProps): readonly Tile[] {
  const { lately, unfinished, waiting, memory } = status;
  const speed = lately.at(-1)?.tokensPerSecond ?? 0;
  const answer = status.engines.map((engine) => engine.tokensPerSecond).find(isKnown) ?? null;
  const firstToken = status.engines.map((engine) => engine.timeToFirstTokenMs).find(isKnown) ?? null;
  const running = Math.max(0, unfinished - waiting);
  return [
    {
      name: tr`Speed`,
      value: shownSpeed(speed),
      note: answer === null ? tr`no answer yet` : tr`one answer: ${shownSpeed(answer)}`,
      lately: lately.map(({ tokensPerSecond }) => tenths(tokensPerSecond)),
    },
    {
      name: tr`Time to first token`,
      value: firstToken === null ? "–" : shownLatency(firstToken),
      note: firstToken === null ? tr`no answer yet` : tr`median of the last answers`,
      lately: lately.flatMap(({ timeToFirstTokenMs }) =>
        timeToFirstTokenMs === null ? [] : [Math.round(timeToFirstTokenMs)],
      ),
    },
    {
      name: tr`Queue`,
      value: shownCount(waiting),
      note: tr`${shownCount(running)} running`,
      lately: lately.map((sample) => sample.waiting),
    },
    {
      name: tr`of a machine¦Memory`,
      value: shownBytes(memory.residentBytes),
      note: tr`of ${shownBytes(memory.totalBytes)}`,
      lately: lately.map(({ residentBytes }) => Math.round(residentBytes / 1e6)),
    },
  ];
}

const isKnown = (value: number | null) => value !== null;

const tenths = (value: number) => Math.round(value * 10) / 10;

const Totals = ({ status }: { status: StatusProps }) => (
  <dl class="facts">
    <div>
      <dt>{safeTr`Answers completed`}</dt>
      <dd>
        <span safe>{shownCount(status.answers.done)}</span>
        <small safe>{otherEnds(status.answers)}</small>
      </dd>
    </div>
    <div>
      <dt>{safeTr`Tokens written`}</dt>
      <dd safe>{shownCount(status.tokens)}</dd>
    </div>
    <div>
      <dt>{safeTr`Running for`}</dt>
      <dd>
        <time datetime={new Date(status.startedAt).toISOString()} safe>
          {shownDuration(status.now - status.startedAt)}
        </time>
        <small safe>{tr`version ${status.version}`}</small>
      </dd>
    </div>
    {status.gpus.map((gpu) => (
      <div>
        <dt safe>{tr`${gpu.name} memory`}</dt>
        <dd>
          <span safe>{shownBytes(gpu.usedBytes)}</span>
          <small safe>{shareOfGpu(gpu)}</small>
        </dd>
      </div>
    ))}
  </dl>
);

const shareOfGpu = ({ totalBytes, utilisation }: StatusProps["gpus"][number]) =>
  utilisation === null
    ? tr`of ${shownBytes(totalBytes)}`
    : tr`of ${shownBytes(totalBytes)}, ${Math.round(utilisation * 100)}\u00a0% busy`;

const otherEnds = ({ stopped, failed }: StatusProps["answers"]) =>
  tr`${shownCount(stopped)} stopped, ${shownCount(failed)} failed`;
