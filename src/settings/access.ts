/** The server's addresses, and its access from other machines. */
import { isIP } from "node:net";
import { resolve } from "node:path";
import { SettingsError } from "../errors.ts";
import type { ReadVariables } from "./read-variables.ts";
import type { AccessSettings } from "./settings.ts";
import { variables } from "./variables.ts";

/** @throws SettingsError */
export function readAccess(read: ReadVariables, host: string, projectRoot: string): AccessSettings {
  const publicOrigin = read(variables.publicOrigin)[0] ?? null;
  const allowedHosts = read(variables.allowedHosts);
  const trustedProxies = read(variables.trustedProxies);
  return {
    // A proxy or a public name means that others are expected.
    isOpen: !isLoopback(host) || publicOrigin !== null || allowedHosts.length + trustedProxies.length > 0,
    tls: tlsFiles(read(variables.tlsCertificate), read(variables.tlsKey), projectRoot),
    publicOrigin,
    allowedHosts,
    corsOrigins: read(variables.corsOrigins),
    trustedProxies,
  };
}

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

function tlsFiles(
  certificate: string | null,
  key: string | null,
  projectRoot: string,
): AccessSettings["tls"] {
  if (certificate === null && key === null) return null;
  if (certificate === null || key === null)
    throw new SettingsError(
      "TLS_CERT and TLS_KEY belong together: set both to PEM files, or neither for plain HTTP.",
      { setting: certificate === null ? variables.tlsCertificate.name : variables.tlsKey.name },
    );
  return { certificate: resolve(projectRoot, certificate), key: resolve(projectRoot, key) };
}
