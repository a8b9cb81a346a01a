/**
 * A model hub with the real small model under another name; it comes slowly, so that a download can be watched and paused. Ends
 * when its input does.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ModelHub } from "../fakes/model-hub.ts";
import { serveUntilInputEnds } from "../input-ended.ts";
import { tinyGgufOf } from "../models/tiny-gguf.ts";

const model = readFileSync(join(import.meta.dir, "../../models/SmolLM2-135M-Instruct.Q4_1.gguf"));
const pieceBytes = 1024 * 1024;
const paceMs = Number(process.env.PACE_MS ?? 0);

const hub = new ModelHub({
  repositories: {
    "maker/Small-GGUF": {
      licence: "apache-2.0",
      files: {
        "Small-Q4_1.gguf": model,
        "mmproj-Small-F16.gguf": tinyGgufOf({ "general.architecture": "clip" }),
      },
    },
    "maker/Vectors-GGUF": {
      files: { "nomic-embed-Q8_0.gguf": tinyGgufOf({ "general.architecture": "bert" }) },
    },
  },
  change({ host, range, path }) {
    if (host !== "cdn" || !path.includes("Small-Q4_1") || paceMs === 0) return null;
    const first = Number(/^bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
    return new Response(slowly(first), {
      status: 206,
      headers: { "content-range": `bytes ${first}-${model.length - 1}/${model.length}` },
    });
  },
});

function slowly(first: number) {
  let at = first;
  return new ReadableStream({
    async pull(controller) {
      controller.enqueue(new Uint8Array(model.subarray(at, at + pieceBytes)));
      at += pieceBytes;
      if (at >= model.length) controller.close();
      else await delay(paceMs);
    },
  });
}

console.log(hub.endpoint);
await serveUntilInputEnds(hub);
