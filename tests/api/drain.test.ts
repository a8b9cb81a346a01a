/** A server that is asked to end while it writes. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { startRealServer } from "../real-server.ts";

const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(" ");
const ask = (url: string) =>
  fetch(`${url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: `say: ${words}`, memory_context: 0 }),
  });

test("lets a running answer come to its end, and takes no new question meanwhile", async () => {
  await using vllm = await startFakeVllm({ paceMs: 10 });
  await using server = await startRealServer({
    environment: { ENGINE: "vllm", VLLM_URL: vllm.url, DRAIN_SECONDS: "20" },
  });
  const running = await ask(server.url);
  process.kill(server.pid, "SIGTERM");
  while (!server.lines.some((line) => line.includes('"stopping"'))) await Bun.sleep(5);
  const refused = await ask(server.url);
  expect(refused.status).toBe(503);
  const shown = await running.text();
  expect(shown).toContain("word59");
  expect(shown.trimEnd()).toEndWith("data: [DONE]");
  expect(await server.stop()).toBe(0);
});

test("leaves what takes longer to the next start, which finishes it", async () => {
  await using vllm = await startFakeVllm({ paceMs: 30 });
  const environment = { ENGINE: "vllm", VLLM_URL: vllm.url, DRAIN_SECONDS: "0" };
  await using server = await startRealServer({ environment });
  const id = (await ask(server.url)).headers.get("x-generation-id");
  expect(await server.stop()).toBe(0);
  await using next = await startRealServer({ environment, dataDir: server.dataDir });
  const whole = await (await fetch(`${next.url}/generations/${id}/events`)).text();
  expect(whole).toContain("word59");
  expect(whole.trimEnd()).toEndWith("data: [DONE]");
});

for (const [when, isStopping] of [
  ["while it drains", true],
  ["while nothing has asked it to stop", false],
] as const)
  test(`whose orchestrator dies ${when}, it waits for no answer: nobody is left to wait for`, async () => {
    // The answer would take two minutes.
    await using vllm = await startFakeVllm({ paceMs: 2_000 });
    const environment = { ENGINE: "vllm", VLLM_URL: vllm.url, DRAIN_SECONDS: "3600" };
    const dataDir = mkdtempSync(join(tmpdir(), "drain-"));
    await using server = await startRealServer({ environment, dataDir });
    const id = (await ask(server.url)).headers.get("x-generation-id");
    if (isStopping) {
      process.kill(server.pid, "SIGTERM");
      while (!server.lines.some((line) => line.includes('"stopping"'))) await Bun.sleep(5);
    }
    expect(await server.orphan()).toBe(0);
    const reason = server.lines.find((line) => line.includes('"stopping"')) ?? "{}";
    expect(JSON.parse(reason).reason).toBe(isStopping ? "SIGTERM" : "orchestrator-gone");
    expect(server.lines.some((line) => line.includes('"event":"stopped"'))).toBe(true);

    await using quick = await startFakeVllm();
    await using next = await startRealServer({
      environment: { ...environment, VLLM_URL: quick.url },
      dataDir,
    });
    const whole = await (await fetch(`${next.url}/generations/${id}/events`)).text();
    expect(whole).toContain("word59");
    expect(whole.trimEnd()).toEndWith("data: [DONE]");
    rmSync(dataDir, { recursive: true, force: true });
  });
