import { expect, test } from "bun:test";
import { networkOf } from "../../src/accounts/network-of.ts";

test("Addresses of one IPv6 connection are one network, however they are written", () => {
  const of = (...addresses: readonly string[]) => [...new Set(addresses.map(networkOf))];
  expect(of("2001:db8:0:7::1", "2001:0DB8::7:1:2:3:4", "2001:db8:0:7:ffff:ffff:ffff:ffff")).toEqual([
    "2001:db8:0:7::/64",
  ]);
  expect(of("2001:db8:0:8::1", "2001:db8:0:7::1")).toHaveLength(2);
  expect(of("::1", "::")).toEqual(["0:0:0:0::/64"]);
  expect(of("64:ff9b::192.0.2.1", "64:ff9b::")).toEqual(["64:ff9b:0:0::/64"]);
  expect(of("fe80::1%eth0", "fe80::2")).toEqual(["fe80:0:0:0::/64"]);
});

test("Any other address is its own", () => {
  for (const address of ["192.0.2.1", "", "nothing"]) expect(networkOf(address)).toBe(address);
});
