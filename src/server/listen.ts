/** Opens the port, and refuses to where others could come in without a login. */
import type { Accounts } from "../accounts/accounts.ts";
import type { createApp } from "../app.ts";
import { SettingsError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Settings } from "../settings/settings.ts";
import { readTlsFiles } from "./tls-files.ts";

type App = ReturnType<typeof createApp>;

/** @throws SettingsError when there is no user, though others than the local owner can reach the server */
export function refuseOpenAccess(
  { host, access }: Settings,
  { users }: Pick<Accounts, "users">,
  log: Log,
): void {
  if (!access.isOpen) return;
  if (users.any()) {
    const isEncrypted = access.tls !== null || access.publicOrigin?.startsWith("https:");
    if (!isEncrypted)
      log.warn("no-tls", { host, advice: "Passwords cross the network in plain text: see TLS_CERT." });
    return;
  }
  throw new SettingsError(
    `HOST is ${host}, and with it or with PUBLIC_ORIGIN, ALLOWED_HOSTS or TRUSTED_PROXIES others than you can reach the assistant, but there is no user yet. Make one with "bun run users add NAME --admin", then start again; or use HOST=127.0.0.1 alone.`,
    { setting: "HOST" },
  );
}

interface Listening {
  readonly url: string;
  readonly port: number;
  /** Cuts every connection. */
  stop(): Promise<void>;
}

/** @throws SettingsError when the port or the certificate cannot be used */
export function listen(app: App, { port, host, access }: Settings, log: Log): Listening {
  const tls = access.tls === null ? null : readTlsFiles(access.tls);
  if (tls !== null && tls.validUntil < Date.now()) log.warn("certificate-expired", { ...access.tls });
  try {
    app.listen({
      port,
      hostname: host,
      reusePort: false,
      ...(tls === null ? {} : { tls: { cert: tls.cert, key: tls.key } }),
    });
  } catch (cause) {
    throw portError(port, host, cause);
  }
  const { server } = app;
  if (server === null) throw portError(port, host, null);
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    port: server.port ?? port,
    url: `${tls === null ? "http" : "https"}://${name}:${server.port ?? port}`,
    stop: () => server.stop(true),
  };
}

const portError = (port: number, host: string, cause: unknown) =>
  new SettingsError(
    `Port ${port} on ${host} cannot be used; another program may have it. Start with another one, for instance PORT=${port + 1}.`,
    { setting: "PORT" },
    { cause },
  );
