/** What is going on in all, and what was done since the start. */
import type { StatusProps } from "../props.ts";
import { shownBytes, shownCount, shownDuration } from "./status-amounts.ts";

export const StatusOverview = ({ status }: { status: StatusProps }) => (
  <section class="overview" aria-label="Overview">
    <dl class="facts">
      <div>
        <dt>Running</dt>
        <dd safe>{shownCount(Math.max(0, status.unfinished - status.waiting))}</dd>
      </div>
      <div>
        <dt>Queued</dt>
        <dd safe>{shownCount(status.waiting)}</dd>
      </div>
      <div>
        <dt>Answers completed</dt>
        <dd>
          <span safe>{shownCount(status.answers.done)}</span>
          <small safe>{otherEnds(status.answers)}</small>
        </dd>
      </div>
      <div>
        <dt>Tokens written</dt>
        <dd safe>{shownCount(status.tokens)}</dd>
      </div>
      <div>
        <dt>Memory in use</dt>
        <dd>
          <span safe>{shownBytes(status.memory.residentBytes)}</span>
          <small safe>{`of ${shownBytes(status.memory.totalBytes)}`}</small>
        </dd>
      </div>
      <div>
        <dt>Running for</dt>
        <dd>
          <time datetime={new Date(status.startedAt).toISOString()} safe>
            {shownDuration(status.now - status.startedAt)}
          </time>
          <small safe>{`version ${status.version}`}</small>
        </dd>
      </div>
      {status.gpus.map((gpu) => (
        <div>
          <dt safe>{`${gpu.name} memory`}</dt>
          <dd>
            <span safe>{shownBytes(gpu.usedBytes)}</span>
            <small safe>{shareOfGpu(gpu)}</small>
          </dd>
        </div>
      ))}
    </dl>
    {status.storage === "ok" ? (
      ""
    ) : (
      <p class="engine-problem" role="alert" safe>
        {status.storage}
      </p>
    )}
  </section>
);

const shareOfGpu = ({ totalBytes, utilisation }: StatusProps["gpus"][number]) =>
  `of ${shownBytes(totalBytes)}${utilisation === null ? "" : `, ${Math.round(utilisation * 100)}\u00a0% busy`}`;

const otherEnds = ({ stopped, failed }: StatusProps["answers"]) =>
  `${shownCount(stopped)} stopped, ${shownCount(failed)} failed`;
