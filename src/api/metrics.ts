/**
 * /metrics for Prometheus. Where vLLM or llama-server have a name for what is measured here, it is used, so that
 * dashboards made for them work; what nobody measures is left out.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 * @see https://docs.vllm.ai/en/stable/usage/metrics.html
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md (GET /metrics)
 */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { EngineState } from "../chat/engine.ts";
import { openApiDetail } from "../http/openapi/openapi-detail.ts";
import type { DatabaseUsage, MeasuresPort, ProcessUsage } from "../status/measures.ts";
import type { EngineReport, StatusPort, StatusReport } from "../status/status-report.ts";
import type { LabelledCounts, Labels } from "../telemetry/histogram.ts";
import type { HttpStatistics } from "../telemetry/http-statistics.ts";
import { type Metric, type Samples, written } from "../telemetry/metric.ts";

const states: readonly EngineState[] = ["stopped", "starting", "ready", "failed"];

interface MetricsDeps {
  /** @throws ForbiddenError for an identity without access */
  readonly statusOf: (request: Request) => StatusPort;
  readonly measures: MeasuresPort;
  readonly http: Pick<HttpStatistics, "metrics">;
}

export const createMetricsRoutes = ({ statusOf, measures, http }: MetricsDeps) =>
  new Elysia({ name: "metrics", tags: ["status"] }).get(
    "/metrics",
    ({ request }) =>
      new Response(metricsOf(statusOf(request).report(), measures, http).map(written).join(""), {
        headers: {
          "content-type": "text/plain; version=0.0.4; charset=utf-8",
          "cache-control": "no-store",
        },
      }),
    {
      detail: openApiDetail({
        summary: "Measurements for Prometheus, with the names of vLLM and llama-server where they fit",
        replies: {
          200: {
            description: "Prometheus text format 0.0.4.",
            content: {
              "text/plain": {
                schema: t.String(),
                example:
                  "# HELP vllm:num_requests_waiting Answers that wait for a slot.\n" +
                  "# TYPE vllm:num_requests_waiting gauge\n" +
                  'vllm:num_requests_waiting{model_name="qwen2.5-1.5b-instruct"} 0\n',
              },
            },
          },
        },
      }),
    },
  );

const gauge = (name: string, help: string, samples: Samples): Metric => ({
  name,
  type: "gauge",
  help,
  samples,
});
const counter = (name: string, help: string, samples: Samples): Metric => ({
  name,
  type: "counter",
  help,
  samples,
});
const histogram = (name: string, help: string, counts: LabelledCounts): Metric => ({
  name,
  type: "histogram",
  help,
  samples: [],
  counts,
});
const whole = (value: number): Samples => [[{}, value]];
/** None when it is not known. */
const known = (value: number | null): Samples => (value === null ? [] : whole(value));

function metricsOf(report: StatusReport, measures: MeasuresPort, http: MetricsDeps["http"]): Metric[] {
  const { engines, answers, memory, waiting, tokens } = report;
  const busy = perEngine(engines, ({ status }) => status.busySlots);
  return [
    gauge("vllm:num_requests_running", "Answers that an engine is writing.", busy),
    gauge("vllm:num_requests_waiting", "Answers that wait for a slot.", [[ofRunningModel(engines), waiting]]),
    counter("vllm:generation_tokens_total", "Tokens generated since the start.", measures.generatedTokens()),
    histogram(
      "vllm:time_to_first_token_seconds",
      "How long readers waited for the first token.",
      measures.firstTokens(),
    ),
    histogram(
      "vllm:request_queue_time_seconds",
      "How long answers waited for a slot.",
      measures.queueWaits(),
    ),
    gauge("llamacpp:requests_processing", "Answers that an engine is writing.", busy),
    gauge("llamacpp:requests_deferred", "Answers that wait for a slot.", whole(waiting)),
    counter("llamacpp:tokens_predicted_total", "Tokens generated since the start.", whole(tokens)),
    gauge(
      "llamacpp:predicted_tokens_seconds",
      "Tokens a second of one answer, median of the engine's last answers.",
      perEngine(engines, ({ tokensPerSecond }) => tokensPerSecond),
    ),
    gauge(
      "assistant_engine_slots",
      "Answers that the engine can write at once.",
      perEngine(engines, ({ status }) => status.slots),
    ),
    gauge(
      "assistant_engine_state",
      "1 for the state that the engine is in, 0 for the others.",
      engines.flatMap(({ status }) =>
        states.map((state) => [{ engine: status.engine, state }, status.state === state ? 1 : 0] as const),
      ),
    ),
    counter(
      "assistant_engine_restarts_total",
      "How often the engine's process was started again by itself.",
      engines.map(({ status, restarts }) => [{ engine: status.engine }, restarts] as const),
    ),
    counter(
      "assistant_answers_total",
      "Answers that have ended since the start, by how they ended.",
      Object.entries(answers).map(([outcome, count]) => [{ outcome }, count] as const),
    ),
    gauge("assistant_answers_unfinished", "Answers that have not ended.", whole(report.unfinished)),
    gauge(
      "assistant_storage_ok",
      "1 while the database can be written to.",
      whole(report.storage === "ok" ? 1 : 0),
    ),
    gauge("assistant_machine_memory_bytes", "The machine's memory.", whole(memory.totalBytes)),
    gauge(
      "assistant_gpu_memory_used_bytes",
      "The graphics card's memory in use, by whatever program.",
      perGpu(report.gpus, ({ usedBytes }) => usedBytes),
    ),
    gauge(
      "assistant_gpu_memory_total_bytes",
      "The graphics card's memory.",
      perGpu(report.gpus, ({ totalBytes }) => totalBytes),
    ),
    gauge(
      "assistant_gpu_utilisation_ratio",
      "How much of the time the graphics card was busy lately, from 0 to 1.",
      perGpu(report.gpus, ({ utilisation }) => utilisation),
    ),
    gauge("assistant_build_info", "Which version runs.", [[{ version: report.version }, 1]]),
    ...http.metrics(),
    ...databaseMetrics(measures.database()),
    ...processMetrics(measures.process()),
    gauge("process_resident_memory_bytes", "Resident memory size in bytes.", whole(memory.residentBytes)),
    gauge(
      "process_start_time_seconds",
      "Start time of the process since unix epoch in seconds.",
      whole(report.startedAt / 1000),
    ),
  ];
}

const databaseMetrics = (usage: DatabaseUsage): Metric[] => [
  gauge("assistant_database_bytes", "The size of the database's files.", [
    [{ file: "database" }, usage.fileBytes],
    [{ file: "wal" }, usage.walBytes],
  ]),
  counter("assistant_database_writes_total", "Commits that reached the disk.", whole(usage.writes)),
  gauge(
    "assistant_database_last_write_seconds",
    "How long the last commit took, the disk included.",
    known(usage.lastWriteSeconds),
  ),
];

const processMetrics = ({
  cpuSeconds,
  heapBytes,
  openDescriptors,
  mostDescriptors,
  loopLag,
}: ProcessUsage): Metric[] => [
  counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", whole(cpuSeconds)),
  gauge("process_open_fds", "Number of open file descriptors.", known(openDescriptors)),
  gauge("process_max_fds", "Maximum number of open file descriptors.", known(mostDescriptors)),
  gauge("assistant_heap_bytes", "JavaScript's part of the process's memory.", whole(heapBytes)),
  {
    name: "assistant_event_loop_lag_seconds",
    type: "summary",
    help: "How late timers came in the last minute; 1 is the latest.",
    samples:
      loopLag === null
        ? []
        : [
            [{ quantile: "0.5" }, loopLag.median],
            [{ quantile: "0.99" }, loopLag.p99],
            [{ quantile: "1" }, loopLag.most],
          ],
  },
];

/** Dashboards select by model: answers that wait for any engine count for the first engine's model. */
function ofRunningModel(engines: readonly EngineReport[]): Labels {
  const model = engines.map(({ status }) => status.model).find((name) => name !== null);
  return model === undefined ? {} : { model_name: model };
}

/** A sample an engine, where the value is known. */
const perEngine = (
  engines: readonly EngineReport[],
  measured: (engine: EngineReport) => number | null,
): Samples =>
  engines.flatMap((report) => {
    const value = measured(report);
    const { engine, model } = report.status;
    return value === null
      ? []
      : [[model === null ? { engine } : { engine, model_name: model }, value] as const];
  });

/** Cards of one kind have one name: their place distinguishes them. */
const perGpu = (
  gpus: StatusReport["gpus"],
  measured: (gpu: StatusReport["gpus"][number]) => number | null,
): Samples =>
  gpus.flatMap((gpu, index) => {
    const value = measured(gpu);
    return value === null ? [] : [[{ gpu: String(index), name: gpu.name }, value] as const];
  });
