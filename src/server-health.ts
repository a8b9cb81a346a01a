/** Reads /health for people in a terminal. It takes what it finds there and leaves out what it does not. */

/** @returns the parsed body, or null when the server does not answer with JSON */
export async function fetchHealth(url: string, signal: AbortSignal): Promise<Record<string, unknown> | null> {
  try {
    const body: unknown = await (await fetch(`${url}/health`, { signal })).json();
    return typeof body === "object" && body !== null ? { ...body } : null;
  } catch {
    // Not listening (yet), or not our server: in either case there is nothing to tell.
    return null;
  }
}

/** Status, engine and model, a line each. */
export function describeHealth(health: Readonly<Record<string, unknown>>): string {
  const problem = problemOf(health);
  return [
    `Status:   ${textOf(health.status)}`,
    `Model:    ${textOf(health.model)}`,
    ...(health.engine === undefined ? [] : [`Engine:   ${textOf(health.engine)}`]),
    ...(problem === null ? [] : [`Problem:  ${problem}`]),
  ].join("\n");
}

function problemOf(health: Readonly<Record<string, unknown>>): string | null {
  const engine = health.engine;
  const inner = typeof engine === "object" && engine !== null && "problem" in engine ? engine.problem : null;
  const problem = health.problem ?? inner;
  return typeof problem === "string" ? problem : null;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "unknown";
  const facts = Object.entries(value).filter(([, fact]) => typeof fact !== "object" && fact !== "");
  return facts.map(([name, fact]) => `${name} ${String(fact)}`).join(", ");
}
