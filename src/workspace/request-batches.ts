/** Files and batches that an owner's programs have: many requests in a file, answered in the background. It knows nothing of HTTP. */
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { FilesFullError } from "../files/file-errors.ts";
import { resultInSlices } from "../loop/work-slices.ts";
import type { RequestBatch, RequestFile } from "../store/batch-tables.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId } from "../store/schema.ts";
import type { FileLimits } from "./files.ts";

export type OwnRequestBatches = ReturnType<typeof requestBatchesOf>;

interface RequestBatchesDeps {
  readonly stored: Store["requestBatches"];
  readonly limits: FileLimits;
}

interface NewBatch {
  readonly inputFileId: string;
  readonly endpoint: string;
  readonly metadata: Readonly<Record<string, string>> | null;
}

/** How long a batch may take, in milliseconds. */
const windowMs = 24 * 60 * 60 * 1000;
const newId = (kind: "file" | "batch") =>
  `${kind === "file" ? "file-" : "batch_"}${crypto.randomUUID().replaceAll("-", "")}`;

export function requestBatchesOf({ stored, limits }: RequestBatchesDeps, ownerId: OwnerId) {
  const theirs = <Row extends { readonly ownerId: OwnerId }>(row: Row | undefined): Row | undefined =>
    row?.ownerId === ownerId ? row : undefined;
  const write = (name: string, purpose: RequestFile["purpose"], bytes: Uint8Array): Promise<RequestFile> =>
    resultInSlices(stored.write({ id: newId("file"), ownerId, name, purpose, createdAt: Date.now() }, bytes));
  /** @throws NotFoundError */
  const file = (id: string): RequestFile => {
    const found = theirs(stored.file(id));
    if (found !== undefined) return found;
    throw new NotFoundError("There is no such file. It may have been deleted.");
  };
  /** @throws NotFoundError */
  const get = (id: string): RequestBatch => {
    const found = theirs(stored.get(id));
    if (found !== undefined) return found;
    throw new NotFoundError("There is no such batch.");
  };
  return {
    largest: limits.largest,
    file,
    /** The oldest first. */
    files: (): readonly RequestFile[] => stored.files(ownerId),
    /** @throws FilesFullError, StorageError */
    async add(name: string, bytes: Uint8Array): Promise<RequestFile> {
      if (stored.bytesOf(ownerId) + bytes.length > limits.mostStored)
        throw new FilesFullError(limits.mostStored);
      return await write(name, "batch", bytes);
    },
    /** What a batch has to say. @throws StorageError */
    addOutput: (name: string, bytes: Uint8Array): Promise<RequestFile> => write(name, "batch_output", bytes),
    /** @throws NotFoundError */
    read: (id: string) => ({ file: file(id), pieces: stored.read(id) }),
    /** @throws NotFoundError; InvalidRequestError while a batch is made of it */
    removeFile(id: string): void {
      file(id);
      if (stored.isInUse(id))
        throw new InvalidRequestError("A batch is being made of this file. Cancel it, or wait for its end.");
      stored.removeFile(id);
    },
    get,
    /** The oldest first. */
    list: (): readonly RequestBatch[] => stored.list(ownerId),
    /** @throws NotFoundError for a file that is not theirs, StorageError */
    create({ inputFileId, endpoint, metadata }: NewBatch): RequestBatch {
      file(inputFileId);
      const id = newId("batch");
      const createdAt = Date.now();
      stored.insert({
        ...{ id, ownerId, inputFileId, endpoint, metadata, status: "validating" },
        ...{ createdAt, expiresAt: createdAt + windowMs },
      });
      return get(id);
    },
    /** @throws NotFoundError, StorageError */
    update(id: string, patch: Partial<Omit<RequestBatch, "id" | "ownerId">>): RequestBatch {
      get(id);
      stored.update(id, patch);
      return get(id);
    },
  };
}
