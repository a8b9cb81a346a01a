/** How the text of an environment variable becomes a value. Each parser names the expected form when it refuses. */
import { isIP } from "node:net";
import { SettingsError } from "../errors.ts";

/** @throws SettingsError naming the variable and the form of its value */
export type Parser<T> = (text: string, name: string) => T;

const refusal = (name: string, form: string, text: string) =>
  new SettingsError(`${name} must be ${form}, not "${text}".`, { setting: name });

export const text: Parser<string> = (value) => value;

/** "auto" stands for the default. */
export const wholeNumber =
  (minimum: number, maximum: number): Parser<number | undefined> =>
  (value, name) => {
    if (value === "auto") return undefined;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= minimum && number <= maximum) return number;
    throw refusal(name, `a whole number from ${minimum} to ${maximum}`, value);
  };

/** A number above 0 and up to 1. "auto" stands for the default. */
export const share: Parser<number | undefined> = (value, name) => {
  if (value === "auto") return undefined;
  const number = Number(value);
  if (number > 0 && number <= 1) return number;
  throw refusal(name, "a number above 0 and up to 1", value);
};

export const oneOf =
  <const Choice extends string>(...choices: readonly Choice[]): Parser<Choice> =>
  (value, name) => {
    const choice = choices.find((candidate) => candidate === value.toLowerCase());
    if (choice !== undefined) return choice;
    throw refusal(name, `one of ${choices.join(", ")}`, value);
  };

const unitMs: Readonly<Record<string, number>> = { "": 1_000, s: 1_000, m: 60_000, h: 3_600_000 };

/** In milliseconds; a number alone is seconds. Infinity: -1, for ever. */
export const idleTime: Parser<number> = (value, name) => {
  if (value === "-1") return Number.POSITIVE_INFINITY;
  const [, number, unit = ""] = /^(\d{1,7})([smh]?)$/.exec(value.toLowerCase()) ?? [];
  if (number !== undefined) return Number(number) * (unitMs[unit] ?? 1_000);
  throw refusal(name, "a time such as 30s, 5m or 1h, 0, or -1 for ever", value);
};

export const words: Parser<readonly string[]> = (value) => value.split(/\s+/);

/** Entries with commas between them. */
export const listOf = (value: string): readonly string[] =>
  value
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);

/** With or without /v1 and a slash at the end, as people copy them. */
export const baseUrls: Parser<readonly string[]> = (value, name) => {
  const urls = listOf(value).map(withoutVersion);
  for (const url of urls)
    if (!isWebAddress(url))
      throw refusal(name, "http:// or https:// addresses with commas between them", withoutSecrets(url));
  return urls;
};

/** As of `baseUrls`, but one. */
export const baseUrl: Parser<string> = (value, name) => {
  const [url, ...more] = baseUrls(value, name);
  if (url !== undefined && more.length === 0) return url;
  throw refusal(name, "one http:// or https:// address", withoutSecrets(value));
};

/** An address without a slash at its end, and without a query. */
export const webAddress: Parser<string> = (value, name) => {
  if (isWebAddress(value) && !/[?#@]/.test(value)) return value.replace(/\/+$/, "");
  throw refusal(name, "an http:// or https:// address", withoutSecrets(value));
};

/** A secret is shown nowhere, in refusals neither. */
export const secret: Parser<string> = (value, name) => {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new SettingsError(`${name} holds letters that a token cannot have.`, { setting: name });
};

/** "https://a.example/v1/?key=x" to "https://a.example?key=x". */
function withoutVersion(url: string): string {
  const [path = "", ...query] = url.split("?");
  const base = path.replace(/\/+$/, "").replace(/\/v1$/, "");
  return [base, ...query].join("?");
}

/** An address may hold a password or a key, and a refusal is shown and logged. */
export const withoutSecrets = (url: string) => url.replace(/^.*@/s, "…@").replace(/[?#].*$/s, "?…");

/** "https://a.example", as browsers write it. */
export const origins: Parser<readonly string[]> = (value, name) =>
  listOf(value).map((entry) => {
    const origin = isWebAddress(entry) ? new URL(entry).origin : null;
    if (origin !== null && origin === entry.replace(/\/$/, "").toLowerCase()) return origin;
    throw refusal(name, "like https://assistant.example, without a path", entry);
  });

/** Host names, or IPv6 addresses in brackets. */
export const hostNames: Parser<readonly string[]> = (value, name) => {
  const names = listOf(value.toLowerCase());
  for (const host of names)
    if (!/^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])$/.test(host))
      throw refusal(name, "names without ports, with commas between them", host);
  return names;
};

export const subnets: Parser<readonly string[]> = (value, name) => {
  const entries = listOf(value);
  for (const entry of entries)
    if (!isAddressOrSubnet(entry))
      throw refusal(
        name,
        "addresses or subnets with commas between them, such as 127.0.0.1,10.0.0.0/8",
        entry,
      );
  return entries;
};

export const isWebAddress = (value: string) => URL.canParse(value) && /^https?:/.test(value);

function isAddressOrSubnet(value: string): boolean {
  const [address = "", bits, ...rest] = value.split("/");
  const kind = isIP(address);
  if (kind === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128));
}
