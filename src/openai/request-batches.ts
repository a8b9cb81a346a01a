/** `/v1/batches`: many requests in a file, answered in the background. @see https://platform.openai.com/docs/api-reference/batch */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { maybe } from "../dialects/maybe.ts";
import { InvalidRequestError } from "../errors.ts";
import { jsonReply, nullable, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { RequestBatch } from "../store/batch-tables.ts";
import { endpoints } from "./batch-lines.ts";
import type { BatchRunner } from "./batch-runner.ts";
import { listOf, pagedList } from "./paged-list.ts";

const exampleId = "batch_7a1c6f0b2d111b4e28ba2fa14a7c9d3e";
const statuses = [
  ...(["validating", "failed", "in_progress", "finalizing"] as const),
  ...(["completed", "expired", "cancelling", "cancelled"] as const),
] as const;
const example = {
  ...{ id: exampleId, object: "batch", endpoint: "/v1/chat/completions", errors: null },
  ...{
    input_file_id: "file-4a7c9d3e7a1c6f0b2d111b4e28ba2fa1",
    completion_window: "24h",
    status: "validating",
  },
  ...{ output_file_id: null, error_file_id: null, created_at: 1_772_357_400, in_progress_at: null },
  ...{
    expires_at: 1_772_443_800,
    finalizing_at: null,
    completed_at: null,
    failed_at: null,
    expired_at: null,
  },
  ...{ cancelling_at: null, cancelled_at: null, metadata: { desk: "fx" } },
  request_counts: { total: 0, completed: 0, failed: 0 },
};
const moment = nullable(t.Integer());
const Batch = t.Object(
  {
    id: t.String(),
    object: t.Literal("batch"),
    endpoint: t.String(),
    errors: nullable(
      t.Object({
        object: t.Literal("list"),
        data: t.Array(
          t.Object({
            code: t.String(),
            message: t.String(),
            param: nullable(t.String()),
            line: nullable(t.Integer()),
          }),
        ),
      }),
    ),
    input_file_id: t.String(),
    completion_window: t.Literal("24h"),
    status: t.Union(statuses.map((status) => t.Literal(status))),
    output_file_id: nullable(t.String()),
    error_file_id: nullable(t.String()),
    created_at: t.Integer({ description: "Seconds since 1970, as all times here." }),
    in_progress_at: moment,
    expires_at: t.Integer(),
    finalizing_at: moment,
    completed_at: moment,
    failed_at: moment,
    expired_at: moment,
    cancelling_at: moment,
    cancelled_at: moment,
    request_counts: t.Object({ total: t.Integer(), completed: t.Integer(), failed: t.Integer() }),
    metadata: nullable(t.Record(t.String(), t.String())),
  },
  { title: "RequestBatch", examples: [example] },
);
const NewBatch = t.Object(
  {
    input_file_id: t.String({ minLength: 1, maxLength: 100 }),
    endpoint: t.Union(endpoints.map((endpoint) => t.Literal(endpoint))),
    completion_window: t.Literal("24h"),
    metadata: maybe(
      t.Record(t.String({ maxLength: 64 }), t.String({ maxLength: 512 }), { maxProperties: 16 }),
    ),
  },
  {
    title: "NewRequestBatch",
    examples: [
      {
        input_file_id: "file-4a7c9d3e7a1c6f0b2d111b4e28ba2fa1",
        ...{ endpoint: "/v1/chat/completions", completion_window: "24h" },
      },
    ],
  },
);
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const notThere = { 404: "There is no such batch." };
const list = pagedList(100, 20, ["desc", "asc"]);

const seconds = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1000));

function batchJson(batch: RequestBatch): StaticReply<typeof Batch> {
  const { id, status, problems, total, completed, failed } = batch;
  const endedAs = (wanted: RequestBatch["status"]) => (status === wanted ? seconds(batch.endedAt) : null);
  return {
    id,
    object: "batch",
    endpoint: batch.endpoint,
    errors: problems === null ? null : { object: "list", data: problems },
    input_file_id: batch.inputFileId,
    completion_window: "24h",
    status,
    output_file_id: batch.outputFileId,
    error_file_id: batch.errorFileId,
    created_at: Math.floor(batch.createdAt / 1000),
    in_progress_at: seconds(batch.startedAt),
    expires_at: Math.floor(batch.expiresAt / 1000),
    finalizing_at: seconds(batch.finalizingAt),
    completed_at: endedAs("completed"),
    failed_at: endedAs("failed"),
    expired_at: endedAs("expired"),
    cancelling_at: seconds(batch.cancellingAt),
    cancelled_at: endedAs("cancelled"),
    request_counts: { total, completed, failed },
    metadata: batch.metadata,
  };
}

export const createRequestBatches = (workspaceOf: WorkspaceOf, runner: BatchRunner) =>
  new Elysia({ name: "v1-batches", tags: ["openai"] })
    .post(
      "/v1/batches",
      ({ body, request }) => {
        const { requestBatches } = workspaceOf(request);
        const { input_file_id: inputFileId, endpoint, metadata = null } = body;
        const batch = requestBatches.create({ inputFileId, endpoint, metadata });
        runner.begin(batch);
        return batchJson(batch);
      },
      {
        body: NewBatch,
        detail: openApiDetail({
          summary: "Answer the requests of a file in the background, as OpenAI's",
          description:
            "They are answered as engines have slots, also after a restart of the program; what is left after a day expires. Answers and errors are files of lines in any order of theirs.",
          replies: { 200: jsonReply("The batch; poll it by its id.", Batch) },
          errors: { 404: "There is no such file." },
        }),
      },
    )
    .get(
      "/v1/batches",
      ({ query, request }) => list.page(workspaceOf(request).requestBatches.list().map(batchJson), query),
      {
        query: t.Object(list.fields),
        detail: openApiDetail({
          summary: "The batches of programs, the newest first",
          replies: { 200: jsonReply("They.", listOf(Batch, "RequestBatchList", example)) },
        }),
      },
    )
    .get(
      "/v1/batches/:id",
      ({ params: { id }, request }) => batchJson(workspaceOf(request).requestBatches.get(id)),
      {
        params,
        detail: openApiDetail({
          summary: "How far a batch is",
          replies: { 200: jsonReply("The batch.", Batch) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/v1/batches/:id/cancel",
      ({ params: { id }, request }) => {
        const { requestBatches } = workspaceOf(request);
        const { status } = requestBatches.get(id);
        if (status === "cancelling" || status === "cancelled") return batchJson(requestBatches.get(id));
        if (status !== "validating" && status !== "in_progress")
          throw new InvalidRequestError(`This batch is ${status}, and cannot be cancelled any more.`);
        const cancelled = requestBatches.update(id, { status: "cancelling", cancellingAt: Date.now() });
        runner.cancel(id);
        return batchJson(cancelled);
      },
      {
        params,
        detail: openApiDetail({
          summary: "Cancel a batch; what is answered already becomes its output",
          replies: { 200: jsonReply("The batch.", Batch) },
          errors: { ...notThere, 400: "It has ended." },
        }),
      },
    );
