import { describe, expect, test } from "bun:test";
import { LaunchedVllm } from "../../../src/engines/vllm/launched-vllm.ts";
import type { VllmLine } from "../../../src/ipc/orchestrator-message.ts";

const line: VllmLine = {
  event: "vllm",
  model: "model",
  state: "ready",
  problem: null,
  phase: "",
  progress: null,
  pid: 7,
  since: 1,
  restarts: 0,
};

/** A vLLM whose memory is measured as the number of measurements so far, at a time that the test sets. */
function measured() {
  const clock = { ms: 0 };
  const pids: number[] = [];
  const vllm = new LaunchedVllm(
    (pid) => pids.push(pid),
    () => clock.ms,
  );
  vllm.update(line);
  const memory = () => vllm.status().details.memory_bytes;
  return { vllm, clock, pids, memory };
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
