/** Computes over short series at once, and over long ones in a thread of its own: a million bars take up to a second. */
import { InvalidRequestError } from "../../errors.ts";
import type { Bars } from "../data/bars.ts";
import { type ChartSeries, chartSeries, type WantedChart } from "./chart-series.ts";
import type { FromWorker, ToWorker } from "./figures-worker.ts";
import { type SeriesFigures, seriesFigures, type WantedFigures } from "./series-figures.ts";

/** So many bars take some milliseconds. */
const mostAtOnce = 20_000;
/** One that takes longer has gone wrong. */
const deadlineMs = 60_000;

/** So many threads at a time: each may take a core. */
let running = 0;
const mostRunning = 2;
const waiting: (() => void)[] = [];

/** @param wanted its bars go to the thread, if there are many, and are gone @throws InvalidRequestError with `param` */
export async function figuresApart(wanted: WantedFigures): Promise<SeriesFigures> {
  const { series, other } = wanted;
  if (series.bars.time.length + (other?.bars.time.length ?? 0) <= mostAtOnce) return seriesFigures(wanted);
  const reply = await inThread({ type: "figures", wanted }, [
    ...buffersOf(series.bars),
    ...buffersOf(other?.bars ?? {}),
  ]);
  if (reply.type !== "figures") throw new Error("The thread has computed something else.");
  return reply.figures;
}

/** @param wanted as above @throws InvalidRequestError with `param` */
export async function chartApart(wanted: WantedChart): Promise<ChartSeries> {
  if (wanted.bars.time.length <= mostAtOnce) return chartSeries(wanted);
  const reply = await inThread({ type: "chart", wanted }, buffersOf(wanted.bars));
  if (reply.type !== "chart") throw new Error("The thread has computed something else.");
  return reply.chart;
}

async function inThread(
  task: ToWorker,
  buffers: ArrayBuffer[],
): Promise<Exclude<FromWorker, { readonly type: "refused" }>> {
  if (running >= mostRunning) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    const reply = await replyOfWorker(task, buffers);
    if (reply.type === "refused") throw new InvalidRequestError(reply.words, reply.facts);
    return reply;
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function replyOfWorker(task: ToWorker, buffers: ArrayBuffer[]): Promise<FromWorker> {
  const worker = new Worker(new URL("./figures-worker.ts", import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
  const timer = setTimeout(() => reject(new Error("The thread that computes has not answered.")), deadlineMs);
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(task, buffers);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}

function buffersOf(bars: Partial<Bars>): ArrayBuffer[] {
  const columns = Object.values(bars).filter((column) => ArrayBuffer.isView(column));
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
