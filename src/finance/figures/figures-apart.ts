/** Computes over short series at once, and over long ones in a thread of its own: a million bars take up to a second. */
import { InvalidRequestError } from "../../errors.ts";
import type { Series } from "../data/series-facts.ts";
import type { FromWorker } from "./figures-worker.ts";
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
  const bars = wanted.series.bars.time.length + (wanted.other?.bars.time.length ?? 0);
  if (bars <= mostAtOnce) return seriesFigures(wanted);
  if (running >= mostRunning) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    const reply = await replyOfWorker(wanted);
    if (reply.type === "done") return reply.figures;
    throw new InvalidRequestError(reply.words, reply.facts);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function replyOfWorker(wanted: WantedFigures): Promise<FromWorker> {
  const worker = new Worker(new URL("./figures-worker.ts", import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
  const timer = setTimeout(() => reject(new Error("The thread that computes has not answered.")), deadlineMs);
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(wanted, [...buffersOf(wanted.series), ...buffersOf(wanted.other)]);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}

function buffersOf(series: Series | null): ArrayBuffer[] {
  if (series === null) return [];
  const columns = Object.values(series.bars).filter((column) => ArrayBuffer.isView(column));
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
