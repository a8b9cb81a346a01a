/** A reader of what Prometheus reads, which throws at whatever Prometheus would not take. */

export interface Family {
  readonly type: string;
  readonly samples: Map<string, number>;
}

/**
 * Reads all of it by the format's grammar, and throws at the first line that breaks it: HELP and TYPE once before the
 * samples of their metric, samples of a metric together and none twice, every line ended.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function parseMetrics(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("The last line has no end.");
  const families = new Map<string, Family>();
  let helped = "";
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    if (comment !== null) {
      const [, kind, name = "", rest = ""] = comment;
      if (kind === "HELP") {
        if (!/^(?:[^\\]|\\\\|\\n)*$/.test(rest)) throw new Error(`An escape that is none: ${line}`);
        helped = name;
        continue;
      }
      if (helped !== name) throw new Error(`A type without help: ${line}`);
      if (families.has(name)) throw new Error(`A second time: ${line}`);
      if (!/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(`No type: ${line}`);
      families.set(name, { type: rest, samples: new Map() });
      current = name;
      continue;
    }
    const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"`;
    const sample = new RegExp(
      String.raw`^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{${label}(?:,${label})*\})? (NaN|[+-]Inf|[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)$`,
    ).exec(line);
    if (sample === null) throw new Error(`Neither a comment nor a sample: ${line}`);
    const [, sampleName = "", labels = "", value] = sample;
    const ofHistogram = /^(.+)_(?:bucket|sum|count)$/.exec(sampleName)?.[1] ?? "";
    const name = families.get(ofHistogram)?.type === "histogram" ? ofHistogram : sampleName;
    const family = families.get(name);
    if (family === undefined || name !== current) throw new Error(`A sample apart from its metric: ${line}`);
    // Of a histogram the kind of sample is part of what it is called.
    const key = name === sampleName ? labels : `${sampleName.slice(name.length)}${labels}`;
    if (family.samples.has(key)) throw new Error(`The same sample twice: ${line}`);
    if (/_bucket$/.test(key.split("{")[0] ?? "") && name !== sampleName && !/\ble="/.test(labels))
      throw new Error(`A bucket without a limit: ${line}`);
    if (family.type === "summary" && !/\bquantile="/.test(labels)) throw new Error(`No quantile: ${line}`);
    family.samples.set(key, Number(value));
  }
  for (const [name, { type, samples }] of families) if (type === "histogram") checkHistogram(name, samples);
  return families;
}

/** Buckets never become fewer, and the last holds all. */
function checkHistogram(name: string, samples: ReadonlyMap<string, number>): void {
  const series = new Map<string, number[]>();
  for (const [key, value] of samples) {
    const limit = /,?le="([^"]+)"/.exec(key);
    if (!key.startsWith("_bucket") || limit === null) continue;
    const rest = key.replace(limit[0], "").replace("{}", "").replace("{,", "{").slice("_bucket".length);
    series.set(rest, [...(series.get(rest) ?? []), value]);
    if (limit[1] === "+Inf" && samples.get(`_count${rest}`) !== value)
      throw new Error(`${name}${rest} does not hold all in its last bucket.`);
  }
  for (const [rest, counts] of series)
    if (counts.some((count, index) => count < (counts[index - 1] ?? 0)))
      throw new Error(`${name}${rest} has fewer up to a larger limit.`);
}
