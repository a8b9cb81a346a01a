/**
 * The network by which addresses are counted: one IPv6 connection gets 2^64 addresses.
 * (https://www.rfc-editor.org/rfc/rfc6177)
 */
import { isIP } from "node:net";

const groups = 8;
const groupsOfNetwork = 4;

/** @returns the /64 of an IPv6 address; any other text unchanged */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [start = [], end = []] = address.replace(/%.*$/, "").split("::").map(hexGroups);
  const zeros = Array<string>(Math.max(0, groups - start.length - end.length)).fill("0");
  return `${[...start, ...zeros, ...end].slice(0, groupsOfNetwork).join(":")}::/64`;
}

/** An IPv4 address at the end takes the place of two groups. */
const hexGroups = (part: string) =>
  part
    .split(":")
    .filter((group) => group !== "")
    .flatMap((group) => (group.includes(".") ? ["0", "0"] : [Number.parseInt(group, 16).toString(16)]));
