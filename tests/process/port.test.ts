import { expect, test } from "bun:test";
import { portProblem } from "../../src/process/port.ts";

test("a port that somebody listens on is in use, and free again when he has gone", async () => {
  const other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const port = other.port ?? 0;
  expect(await portProblem(port, "127.0.0.1")).toBe("EADDRINUSE");
  await other.stop(true);
  expect(await portProblem(port, "127.0.0.1")).toBeNull();
});

test("port 0, any free one, is always free", async () => {
  expect(await portProblem(0, "127.0.0.1")).toBeNull();
});

test("an address of another machine cannot be listened on", async () => {
  expect(await portProblem(4_321, "192.0.2.1")).toBe("EADDRNOTAVAIL");
});
