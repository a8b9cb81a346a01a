/** The addresses and names by which this machine is called on its network, as they stand in a Host header without a port. */
import { hostname, networkInterfaces } from "node:os";

export function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const name = hostname().toLowerCase();
  return [
    ...addresses.map(({ family, address }) => (family === "IPv6" ? `[${address}]` : address)),
    name,
    ...(name.includes(".") ? [] : [`${name}.local`]),
  ];
}
