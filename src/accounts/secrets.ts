/**
 * Makes the random secrets that browsers and programs hold, and their hashes, which alone are stored: 256 random bits
 * need no slow hash. (https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html)
 */
import { createHash, randomBytes } from "node:crypto";

/** How an API key begins, so that people and secret scanners know it when they see it. */
const keyPrefix = "lfa_";
const shownCharacters = 6;

export const newSessionToken = () => randomBytes(32).toString("base64url");

export const newApiKey = () => `${keyPrefix}${randomBytes(32).toString("base64url")}`;

/** Its beginning, by which a person knows it again; of its 43 random characters it tells six. */
export const shownPrefix = (key: string) => key.slice(0, keyPrefix.length + shownCharacters);

/** A hash has one place in an index, so that looking one up takes as long whatever was sent. */
export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");
