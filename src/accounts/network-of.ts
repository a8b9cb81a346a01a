/**
 * The network to which an address is counted where somebody may have many: of IPv6 even a single connection is given 2^64
 * addresses. (https://www.rfc-editor.org/rfc/rfc6177)
 */
import { isIP } from "node:net";

const groups = 8;
const groupsOfNetwork = 4;

/** @returns of an IPv6 address its /64; any other text as it is */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [start = [], end = []] = address.replace(/%.*$/, "").split("::").map(hexGroups);
  const zeros = Array<string>(Math.max(0, groups - start.length - end.length)).fill("0");
  return `${[...start, ...zeros, ...end].slice(0, groupsOfNetwork).join(":")}::/64`;
}

/** An IPv4 address at the end stands for two groups. */
const hexGroups = (part: string) =>
  part
    .split(":")
    .filter((group) => group !== "")
    .flatMap((group) => (group.includes(".") ? ["0", "0"] : [Number.parseInt(group, 16).toString(16)]));
