/** The same question with the same Idempotency-Key, many times at once: it is one generation. */
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { until } from "../process/started-program.ts";
import { startRealServer } from "../real-server.ts";
import { type Fault, Losses } from "./fault.ts";

export const sameKey: Fault = {
  name: "the same Idempotency-Key at once",
  times: { long: 500, short: 100 },
  async run(times) {
    const losses = new Losses();
    await using vllm = await startFakeVllm({ paceMs: 2 });
    await using server = await startRealServer({ environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
    const replies = await Promise.all(
      Array.from({ length: times }, async () => {
        const response = await fetch(`${server.url}/chat`, {
          method: "POST",
          headers: { "content-type": "application/json", "idempotency-key": "once" },
          body: JSON.stringify({ message: "say: one two three", memory_context: 0 }),
        });
        return response.ok ? (await response.json()).generation_id : `status ${response.status}`;
      }),
    );
    const ids = new Set(replies);
    for (const id of [...ids].slice(1)) losses.add(`a second generation: ${id}`);
    const { conversations } = await (await fetch(`${server.url}/api/conversations`)).json();
    if (conversations.length !== 1) losses.add(`${conversations.length} conversations`);
    await until(
      () => vllm.running(),
      (running) => running === 0,
    ).catch(() => losses.add("the engine still writes"));
    return losses.result(times);
  },
};
