/**
 * The real app with a scripted engine and one conversation, in a process of its own, which says how long its event loop was
 * blocked: `{"begin": true}` on its channel begins a measurement, `{"end": true}` ends it. Started by loop.ts.
 */
import { importFile } from "../../src/conversations/transfer/import-file.ts";
import { largeFile } from "../conversations/transfer/large-file.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type LoopBlocks, measureLoopBlocks } from "../loop-blocks.ts";

export type FromLoopServer =
  | { readonly url: string; readonly conversationId: string; readonly lastId: string }
  | LoopBlocks["longest"];

const exchanges = Number(process.argv[2]);
const app = openAnsweringApp();
const [conversationId = ""] = (await importFile(app.store, null, largeFile(exchanges))).imported;
const lastId = app.store.messages.lastOfPath(conversationId)?.id ?? "";
const say = (message: FromLoopServer) => process.send?.(message);

let blocks: LoopBlocks | null = null;
process.on("message", (message: { readonly begin?: true }) => {
  if (message.begin) {
    blocks = measureLoopBlocks();
    return;
  }
  if (blocks === null) return;
  say(blocks.longest);
  blocks[Symbol.dispose]();
});
process.on("disconnect", () => process.exit());
say({ url: app.url, conversationId, lastId });
