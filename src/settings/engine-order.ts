/** Which engines there are, and how an order of them is written. */
import { SettingsError } from "../errors.ts";
import type { Parser } from "./parsers.ts";
import type { EngineKind } from "./settings.ts";

const engineKinds: readonly EngineKind[] = ["llama", "llama-server", "vllm"];
/** llama-server is asked only where its command is set. */
export const autoOrder: readonly EngineKind[] = ["vllm", "llama-server", "llama"];

/** One engine, auto, or an order such as "llama,vllm". */
export const engineOrder: Parser<readonly EngineKind[]> = (value, name) => {
  if (value.toLowerCase() === "auto") return autoOrder;
  const kinds = value
    .toLowerCase()
    .split(",")
    .map((word) => engineKinds.find((kind) => kind === word.trim()));
  const known = kinds.filter((kind) => kind !== undefined);
  if (known.length === kinds.length && new Set(known).size === known.length) return known;
  throw new SettingsError(
    `${name} must be auto, llama, llama-server, vllm, or an order such as "llama,vllm", not "${value}".`,
    { setting: name },
  );
};
