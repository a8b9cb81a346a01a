import { describe, expect, test } from "bun:test";
import { LaunchedEngine } from "../../../src/engines/upstream/launched-engine.ts";
import { openOrchestratorChannel } from "../../../src/ipc/orchestrator-channel.ts";
import type { LaunchLine } from "../../../src/ipc/orchestrator-message.ts";
import { readServerLine, type ServerLine } from "../../../src/ipc/server-message.ts";
import { createLog } from "../../../src/log.ts";

const line: LaunchLine = {
  event: "launched",
  engine: "vllm",
  model: "model",
  state: "ready",
  problem: null,
  phase: "",
  progress: null,
  pid: 7,
  since: 1,
  restarts: 0,
  retryAt: null,
};

/** A vLLM whose memory is measured as the number of measurements so far, at a time that the test sets. */
function measured() {
  const clock = { ms: 0 };
  const pids: number[] = [];
  const said: ServerLine[] = [];
  const vllm = new LaunchedEngine({
    engine: "vllm",
    orchestrator: { send: (message) => void said.push(message) },
    measure: (pid) => pids.push(pid),
    now: () => clock.ms,
  });
  vllm.update(line);
  const memory = () => vllm.status().details.memory_bytes;
  return { vllm, clock, pids, memory, said };
}

describe("The memory of the vLLM that was launched", () => {
  test("is measured once for many looks at its status (343 waiting answers blocked the server for 88 ms)", () => {
    const { clock, pids, memory } = measured();
    for (let look = 0; look < 1_000; look++) memory();
    expect(pids).toEqual([7]);
    clock.ms = 1_999;
    expect(memory()).toBe(1);
    clock.ms = 2_000;
    expect(memory()).toBe(2);
  });

  test("is measured anew for a new process, and is not known without one", () => {
    const { vllm, pids, memory } = measured();
    memory();
    vllm.update({ ...line, pid: null });
    expect(memory()).toBeNull();
    vllm.update({ ...line, pid: 8 });
    expect(memory()).toBe(2);
    expect(pids).toEqual([7, 8]);
  });
});

test("what vLLM shall do is said to the orchestrator, as lines that it understands", () => {
  const { vllm, said } = measured();
  vllm.ask("restart");
  vllm.load("qwen3-4b");
  expect(said).toEqual([
    { event: "launch-asked", engine: "vllm", action: "restart" },
    { event: "launch-asked", engine: "vllm", action: "load", model: "qwen3-4b" },
  ]);
  const lines: string[] = [];
  const channel = openOrchestratorChannel(createLog("info", (text) => lines.push(text)));
  const messages: readonly ServerLine[] = [
    ...said,
    { event: "listening", url: "http://127.0.0.1:8080" },
    { event: "start-refused", message: "The port is taken." },
  ];
  for (const message of messages) channel.send(message);
  expect(lines.map(readServerLine)).toMatchObject(messages);
});
