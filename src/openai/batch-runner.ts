/**
 * Answers batches in the background: of each owner one after the other, as many requests at once as the engines have slots. A
 * request is asked with a key that follows from its batch and its line, so that what is answered already is not asked again:
 * a batch goes on after a kill -9 by being run from its beginning. It knows nothing of what is asked.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { RequestBatch } from "../store/batch-tables.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type BatchLine, type BatchReply, lineOf, readLines } from "./batch-lines.ts";

export interface BatchRunnerDeps {
  readonly stored: Pick<Store["requestBatches"], "unended" | "purgeUnfinished">;
  readonly workspaceFor: (ownerId: OwnerId) => Workspace;
  /** Answers a request as its owner's; never rejects. */
  readonly answer: (request: Request, ownerId: OwnerId) => Promise<Response>;
  readonly slots: () => number;
  readonly log: Log;
}

/** How long a request waits that was refused for want of room, in milliseconds. */
const lookAgainMs = 500;

/** The program is being stopped: the next start goes on. */
class BatchLeft extends Error {}

export class BatchRunner {
  readonly #deps: BatchRunnerDeps;
  /** What each owner's next batch waits for. */
  readonly #last = new Map<OwnerId, Promise<void>>();
  readonly #cancels = new Map<string, AbortController>();

  constructor(deps: BatchRunnerDeps) {
    this.#deps = deps;
  }

  /** Resumes the batches that were unfinished when the program stopped. */
  recover(): void {
    this.#deps.stored.purgeUnfinished(Date.now());
    for (const batch of this.#deps.stored.unended()) this.begin(batch);
  }

  begin({ id, ownerId }: Pick<RequestBatch, "id" | "ownerId">): void {
    const cancel = new AbortController();
    this.#cancels.set(id, cancel);
    const before = this.#last.get(ownerId) ?? Promise.resolve();
    const run = before
      .then(() => this.#run(id, ownerId, cancel))
      .catch((error: unknown) => {
        if (!(error instanceof BatchLeft)) this.#deps.log.error("defect", { batch: id, error });
      })
      .finally(() => {
        this.#cancels.delete(id);
        if (this.#last.get(ownerId) === run) this.#last.delete(ownerId);
      });
    this.#last.set(ownerId, run);
  }

  /** What is being answered is stopped. */
  cancel(id: string): void {
    this.#cancels.get(id)?.abort();
  }

  async #run(id: string, ownerId: OwnerId, cancel: AbortController): Promise<void> {
    const workspace = this.#deps.workspaceFor(ownerId);
    const { requestBatches: batches } = workspace;
    const batch = batches.get(id);
    // Before the program was started, or while it waited for its turn.
    if (batch.status === "cancelling") cancel.abort();
    const { lines, problems } = readLines(
      await textOf(batches.read(batch.inputFileId).pieces),
      batch.endpoint,
    );
    if (problems.length > 0) {
      batches.update(id, { status: "failed", problems, endedAt: Date.now() });
      return;
    }
    if (!cancel.signal.aborted)
      batches.update(id, {
        ...{ status: "in_progress", total: lines.length },
        startedAt: batch.startedAt ?? Date.now(),
      });
    const replies = await this.#replies(workspace, batch, lines, cancel.signal);
    await this.#finish(batches, batch, lines, replies);
  }

  /** @returns of each line; null: it expired; undefined: the batch was cancelled before */
  async #replies(
    workspace: Workspace,
    batch: RequestBatch,
    lines: readonly BatchLine[],
    cancelled: AbortSignal,
  ): Promise<readonly (BatchReply | null | undefined)[]> {
    const replies: (BatchReply | null | undefined)[] = lines.map(() => undefined);
    let next = 0;
    let asking = 0;
    let completed = 0;
    let failed = 0;
    const work = async () => {
      while (next < lines.length && !cancelled.aborted) {
        // One of the answers that the owner may have at once is left to them.
        if (asking > 0 && workspace.answersLeft <= 1) {
          await pause(cancelled);
          continue;
        }
        const at = next++;
        const line = lines[at];
        if (line === undefined) return;
        asking += 1;
        const reply = await this.#reply(batch, at, line, cancelled).finally(() => {
          asking -= 1;
        });
        if (reply === undefined) return;
        replies[at] = reply;
        if (reply !== null && reply.status < 400) completed += 1;
        else failed += 1;
        workspace.requestBatches.update(batch.id, { completed, failed });
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, this.#deps.slots()) }, work));
    return replies;
  }

  /** @returns null: it expired; undefined: the batch was cancelled @throws BatchLeft */
  async #reply(
    batch: RequestBatch,
    at: number,
    line: BatchLine,
    cancelled: AbortSignal,
  ): Promise<BatchReply | null | undefined> {
    while (!cancelled.aborted) {
      if (Date.now() >= batch.expiresAt) return null;
      const request = new Request(`http://batch${batch.endpoint}`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": `${batch.id}:${at}` },
        body: JSON.stringify({ ...line.body, stream: false }),
        signal: cancelled,
      });
      const reply = await this.#deps.answer(request, batch.ownerId);
      const body: unknown = await reply.json();
      if (codeOf(body) === "shutting_down") throw new BatchLeft();
      if (cancelled.aborted) return undefined;
      if (!reply.headers.has("retry-after"))
        return {
          status: reply.status,
          requestId: reply.headers.get("x-request-id") ?? `${batch.id}:${at}`,
          body,
        };
      await pause(cancelled);
    }
    return undefined;
  }

  async #finish(
    batches: Workspace["requestBatches"],
    batch: RequestBatch,
    lines: readonly BatchLine[],
    replies: readonly (BatchReply | null | undefined)[],
  ): Promise<void> {
    const isCancelled = batches.get(batch.id).status === "cancelling";
    if (!isCancelled) batches.update(batch.id, { status: "finalizing", finalizingAt: Date.now() });
    let output = "";
    let errors = "";
    for (const [at, line] of lines.entries()) {
      const reply = replies[at];
      if (reply === undefined) continue;
      const told = lineOf(batch, at, line.customId, reply);
      if (reply !== null && reply.status < 400) output += told;
      else errors += told;
    }
    const written = async (text: string, kind: string) =>
      text === "" ? null : (await batches.addOutput(`${batch.id}_${kind}.jsonl`, Buffer.from(text))).id;
    const outputFileId = await written(output, "output");
    const errorFileId = await written(errors, "error");
    const isExpired = replies.includes(null);
    batches.update(batch.id, {
      status: isCancelled ? "cancelled" : isExpired ? "expired" : "completed",
      ...{ outputFileId, errorFileId, endedAt: Date.now() },
    });
  }
}

const pause = (signal: AbortSignal) => sleep(lookAgainMs, null, { signal }).catch(() => null);

async function textOf(pieces: Iterable<Uint8Array<ArrayBuffer>>): Promise<string> {
  return await new Blob([...pieces]).text();
}

const codeOf = (body: unknown) =>
  (body as { readonly error?: { readonly code?: unknown } } | null)?.error?.code ?? null;
