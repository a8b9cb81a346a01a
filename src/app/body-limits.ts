/** The largest bodies of requests, by address. */
import { addDocumentPath } from "../api/documents.ts";
import { uploadPath } from "../api/files.ts";
import { importSeriesPath } from "../api/imports.ts";
import { importMemoriesPath } from "../api/memory-files.ts";
import { transcriptionsPath } from "../api/transcriptions.ts";
import { importPath } from "../api/transfer.ts";
import type { BodyLimits } from "../http/body-limit.ts";
import { largestImport } from "../http/received-file.ts";
import { rankingPaths } from "../llama-cpp/ranking.ts";
import { v1TranscriptionsPath } from "../openai/audio.ts";
import { requestFilesPath } from "../openai/request-files.ts";
import { attachPath } from "../pages/attach.tsx";
import { importPagePath } from "../pages/data-settings.tsx";
import { addDocumentPagePath, filesAtOnce } from "../pages/documents.tsx";
import { importMemoryPath } from "../pages/memory.tsx";
import { uploadSeriesPath } from "../pages/price-data.tsx";
import type { Settings } from "../settings/settings.ts";
import { largestSeries } from "../workspace/datasets.ts";
import { largestMemoryFile } from "../workspace/memory.ts";
import { largestRecording } from "../workspace/speech.ts";

const megabyte = 1024 * 1024;
/** Of a form around its file. */
const formBytes = 64 * 1024;

/** @returns in bytes, and the addresses that read their bodies themselves */
export function bodyLimitsFor({ files }: Pick<Settings, "files">): {
  readonly bodyLimits: BodyLimits;
  readonly readsItself: readonly string[];
} {
  const largestFiles: Readonly<Record<string, number>> = {
    [uploadPath]: files.largest,
    [addDocumentPath]: files.largest,
    [addDocumentPagePath]: files.largest * filesAtOnce,
    [attachPath]: files.largest,
    [importPath]: largestImport,
    [importPagePath]: largestImport,
    [importSeriesPath]: largestSeries,
    [uploadSeriesPath]: largestSeries,
    [importMemoriesPath]: largestMemoryFile,
    [importMemoryPath]: largestMemoryFile,
    [transcriptionsPath]: largestRecording,
    [requestFilesPath]: files.largest,
    [v1TranscriptionsPath]: largestRecording,
  };
  const larger = {
    ...Object.fromEntries(Object.entries(largestFiles).map(([path, largest]) => [path, largest + formBytes])),
    // Conversations that hold pictures; many texts to embed or to rank.
    "/api/chat": 20 * megabyte,
    "/api/generate": 20 * megabyte,
    "/api/embed": 8 * megabyte,
    "/completion": 8 * megabyte,
    "/completions": 8 * megabyte,
    "/infill": 8 * megabyte,
    "/embedding": 8 * megabyte,
    "/embeddings": 8 * megabyte,
    "/v1/messages": 20 * megabyte,
    "/v1/messages/count_tokens": 20 * megabyte,
    "/v1/chat/completions": 20 * megabyte,
    "/v1/chat/completions/input_tokens": 20 * megabyte,
    "/v1/responses/input_tokens": 20 * megabyte,
    "/v1/responses": 20 * megabyte,
    "/v1/embeddings": 8 * megabyte,
    ...Object.fromEntries(rankingPaths.map((path) => [path, 8 * megabyte])),
  };
  // A longer question is refused by its own limit.
  return { bodyLimits: { largest: megabyte, larger }, readsItself: Object.keys(largestFiles) };
}
