/**
 * Where traces are sent, by the variables of OpenTelemetry.
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
import { SettingsError } from "../errors.ts";
import { isWebAddress, listOf, withoutSecrets } from "./parsers.ts";
import type { ReadVariables } from "./read-variables.ts";
import type { TracingSettings } from "./settings.ts";
import type { Variable } from "./variable.ts";
import { variables } from "./variables.ts";

/**
 * Variables for traces win over those for all signals; the address for traces is used as it is.
 * @returns null when no traces are sent
 * @throws SettingsError
 */
export function readTracing(read: ReadVariables): TracingSettings | null {
  const { otlpEndpoint, otlpTracesEndpoint, otlpHeaders, otlpTracesHeaders } = variables;
  const base = endpointIn(read, otlpEndpoint);
  const endpoint =
    endpointIn(read, otlpTracesEndpoint) ?? (base === null ? null : `${base.replace(/\/+$/, "")}/v1/traces`);
  if (endpoint === null || read(variables.otelDisabled).toLowerCase() === "true") return null;
  const exporters = listOf(read(variables.otelTracesExporter).toLowerCase());
  if (exporters.length === 1 && exporters[0] === "none") return null;
  if (!exporters.includes("otlp"))
    throw new SettingsError(
      `${variables.otelTracesExporter.name} must be otlp or none, not "${exporters.join()}": spans are sent in no other way.`,
      { setting: variables.otelTracesExporter.name },
    );
  return {
    endpoint,
    headers: headersIn(read(otlpTracesHeaders) ?? read(otlpHeaders) ?? ""),
    serviceName: read(variables.otelServiceName),
  };
}

function endpointIn(read: ReadVariables, variable: Variable<string | null>): string | null {
  const endpoint = read(variable);
  if (endpoint === null || isWebAddress(endpoint)) return endpoint;
  throw new SettingsError(
    `${variable.name} must be the http:// or https:// address of a collector, not "${withoutSecrets(endpoint)}".`,
    { setting: variable.name },
  );
}

/** "name=value,other=value", values percent-encoded. */
function headersIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]];
  });
  return Object.fromEntries(pairs);
}

/** A text with a stray % is taken literally. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
