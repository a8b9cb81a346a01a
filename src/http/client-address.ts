/** The client's address. The header of a proxy counts only when the proxy is one of our own. */
import { BlockList, isIP } from "node:net";

/** @param trustedProxies addresses and subnets, validated */
export function createClientAddress(trustedProxies: readonly string[]) {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = "", bits] = proxy.split("/");
    const kind = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) trusted.addAddress(address, kind);
    else trusted.addSubnet(address, Number(bits), kind);
  }
  const isTrusted = (address: string) => {
    const kind = isIP(address);
    return kind !== 0 && trusted.check(address, kind === 6 ? "ipv6" : "ipv4");
  };

  /**
   * @param peer the other end of the connection; '' when there is none
   * @returns the last address that one of our proxies has seen: a client may forge those before it
   */
  return (request: Request, peer: string): string => {
    let address = plain(peer);
    const forwarded =
      request.headers
        .get("x-forwarded-for")
        ?.split(",")
        .map((entry) => plain(entry.trim())) ?? [];
    // Most requests come without a proxy, and to look an address up takes longer than the rest of this.
    while (forwarded.length > 0 && isTrusted(address)) {
      const before = forwarded.pop() ?? "";
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** Writes an IPv4 address in IPv6 form as IPv4, and removes a port that some proxies add. */
function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return (
    /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address
  );
}
