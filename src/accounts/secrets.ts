/**
 * Makes random secrets for browsers and programs. Only their hashes are stored; 256 random bits need no slow hash.
 * (https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html)
 */
import { createHash, randomBytes } from "node:crypto";

/** The prefix of an API key: people and secret scanners recognise it. */
const keyPrefix = "lfa_";
const shownCharacters = 6;

export const newSessionToken = () => randomBytes(32).toString("base64url");

export const newApiKey = () => `${keyPrefix}${randomBytes(32).toString("base64url")}`;

/** The beginning of a key, for display; it shows six of the 43 random characters. */
export const shownPrefix = (key: string) => key.slice(0, keyPrefix.length + shownCharacters);

/** Lookups go by the hash, in an index: they take the same time for any input. */
export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");
