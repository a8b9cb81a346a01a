/**
 * One metric with its samples, and its Prometheus text.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
import type { LabelledCounts, Labels } from "./histogram.ts";

export type Samples = readonly (readonly [labels: Labels, value: number])[];

export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "summary" | "histogram";
  readonly help: string;
  readonly samples: Samples;
  /** Of a histogram, in place of samples. */
  readonly counts?: LabelledCounts;
}

/** A metric without values is left out. */
export function written({ name, type, help, samples, counts = [] }: Metric): string {
  const lines = [
    ...samples.map(([labels, value]) => line(name, labels, value)),
    ...counts.flatMap(([labels, { upTo, count, sum }]) => [
      ...upTo.map(([limit, below]) => line(`${name}_bucket`, { ...labels, le: String(limit) }, below)),
      line(`${name}_bucket`, { ...labels, le: "+Inf" }, count),
      line(`${name}_sum`, labels, sum),
      line(`${name}_count`, labels, count),
    ]),
  ];
  return lines.length === 0 ? "" : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
}

const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
