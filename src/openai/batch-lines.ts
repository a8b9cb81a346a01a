/**
 * The file of a batch: a request a line, and a line of what came of each. It knows nothing of who answers.
 * @see https://platform.openai.com/docs/api-reference/batch/request-input
 */
import type { BatchProblem, RequestBatch } from "../store/batch-tables.ts";

export const endpoints = [
  "/v1/chat/completions",
  "/v1/completions",
  "/v1/responses",
  "/v1/embeddings",
] as const;

/** Of one batch. */
const mostLines = 10_000;
/** More of the same would tell nobody anything. */
const mostProblems = 50;

export interface BatchLine {
  readonly customId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What came of a line; null: it was not asked. */
export interface BatchReply {
  readonly status: number;
  readonly requestId: string;
  readonly body: unknown;
}

interface ReadLines {
  readonly lines: readonly BatchLine[];
  readonly problems: readonly BatchProblem[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readLines(text: string, endpoint: string): ReadLines {
  const lines: BatchLine[] = [];
  const problems: BatchProblem[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const refuse = (code: string, message: string, param: string | null = null) =>
      void problems.push({ code, message, param, line: index + 1 });
    const request = parsed(line);
    if (problems.length >= mostProblems) break;
    if (request === null) {
      refuse("invalid_json_line", "This line is not an object of JSON.");
      continue;
    }
    const { custom_id: customId, method, url, body } = request;
    if (typeof customId !== "string" || customId === "")
      refuse(
        "missing_required_parameter",
        "custom_id is missing: it says which answer is whose.",
        "custom_id",
      );
    else if (seen.has(customId))
      refuse("duplicate_custom_id", "Another line has this custom_id.", "custom_id");
    else if (method !== "POST") refuse("invalid_method", 'method must be "POST".', "method");
    else if (url !== endpoint)
      refuse("mismatched_url", `url must be the batch's endpoint, ${endpoint}.`, "url");
    else if (!isObject(body)) refuse("missing_required_parameter", "body is missing.", "body");
    else {
      seen.add(customId);
      lines.push({ customId, body });
    }
  }
  if (lines.length === 0 && problems.length === 0)
    problems.push({ code: "empty_file", message: "The file has no request.", param: null, line: null });
  if (lines.length > mostLines)
    problems.push({
      ...{ code: "too_many_requests", message: `A batch has at most ${mostLines} requests.` },
      ...{ param: null, line: null },
    });
  return { lines, problems };
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A line of the output, or of the file of errors. @param reply null: the batch expired before */
export const lineOf = (
  { id }: Pick<RequestBatch, "id">,
  number: number,
  customId: string,
  reply: BatchReply | null,
): string =>
  `${JSON.stringify({
    id: `${id.replace("batch_", "batch_req_")}_${number}`,
    custom_id: customId,
    response:
      reply === null ? null : { status_code: reply.status, request_id: reply.requestId, body: reply.body },
    error:
      reply === null
        ? { code: "batch_expired", message: "This request could not be answered before the batch expired." }
        : null,
  })}\n`;
