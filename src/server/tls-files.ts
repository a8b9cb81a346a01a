/** The certificate and the key with which the server speaks TLS, checked before it listens. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { SettingsError } from "../errors.ts";
import type { AccessSettings } from "../settings/settings.ts";

interface TlsFiles {
  /** PEM, with the chain when the file has one. */
  readonly cert: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
}

/** @throws SettingsError naming the file, and what is wrong with it */
export function readTlsFiles({ certificate, key }: NonNullable<AccessSettings["tls"]>): TlsFiles {
  const cert = read(certificate, "TLS_CERT");
  const privateKey = read(key, "TLS_KEY");
  const parsed = parsedAs(
    "TLS_CERT",
    `${certificate} is no certificate in PEM form.`,
    () => new X509Certificate(cert),
  );
  const parsedKey = parsedAs("TLS_KEY", `${key} is no private key in PEM form, or is encrypted.`, () =>
    createPrivateKey(privateKey),
  );
  if (!parsed.checkPrivateKey(parsedKey))
    throw new SettingsError(`${key} is not the key of the certificate ${certificate}.`, {
      setting: "TLS_KEY",
    });
  return { cert, key: privateKey, validUntil: Date.parse(parsed.validTo) };
}

function read(path: string, setting: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SettingsError(
      `${setting}: ${path} cannot be read. Check that it exists, and that this user may read it.`,
      { setting },
      { cause },
    );
  }
}

function parsedAs<T>(setting: string, message: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new SettingsError(`${setting}: ${message}`, { setting }, { cause });
  }
}
