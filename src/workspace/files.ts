/**
 * The files that one owner attaches to questions: checked, read once, and stored. What is not theirs is exactly as what is
 * not there. It knows nothing of HTTP, nor of prompts.
 */
import { InvalidRequestError } from "../errors.ts";
import { AttachmentTooLargeError, FileRefusedError, FilesFullError } from "../files/file-errors.ts";
import { type FileForm, formOf, plainName, readableKinds, textFormOf } from "../files/file-kind.ts";
import { readApart } from "../files/read-apart.ts";
import { FileGoneError } from "../generations/generation-errors.ts";
import { resultInSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";
import type { StoredFile } from "../store/file-tables.ts";
import type { AttachedFile } from "../store/files.ts";
import type { OwnerId } from "../store/schema.ts";
import { say } from "../texts/say.ts";

export interface FileLimits {
  /** One file, in bytes. */
  readonly largest: number;
  readonly perQuestion: number;
  /** All of one owner, in bytes. */
  readonly mostStored: number;
}

/** Those of a program without settings of its own. */
export const defaultFileLimits: FileLimits = {
  largest: 20_000_000,
  perQuestion: 10,
  mostStored: 2_000_000_000,
};

interface FilesDeps {
  readonly store: Pick<Store, "files" | "contents" | "commit">;
  readonly limits: FileLimits;
  /** Whether a model that runs may be able to see pictures. */
  readonly seesPictures: () => boolean;
}

interface SentFile {
  /** As the client calls it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type OwnFiles = ReturnType<typeof filesOf>;

export function filesOf({ store, limits, seesPictures }: FilesDeps, ownerId: OwnerId) {
  const get = (id: string): StoredFile | undefined => {
    const file = store.files.get(id);
    return file?.ownerId === ownerId ? file : undefined;
  };

  return {
    limits,
    get,
    /**
     * Checks a file, reads its text and stores it, to be named by a question.
     * @throws FileRefusedError, AttachmentTooLargeError, FilesFullError or StorageError
     */
    async add({ name: sent, bytes }: SentFile, signal: AbortSignal): Promise<StoredFile> {
      const name = plainName(sent);
      if (bytes.length === 0) throw new FileRefusedError(say`${{ verbatim: name }} is empty.`);
      if (bytes.length > limits.largest) throw new AttachmentTooLargeError(name, limits.largest);
      if (store.files.bytesOf(ownerId) + bytes.length > limits.mostStored)
        throw new FilesFullError(limits.mostStored);
      const read = await readForm(name, bytes, signal);
      if (read.kind === "image" && !seesPictures()) throw new FileRefusedError(blindness(name));
      const { id: contentId } = await resultInSlices(store.contents.write(bytes, Date.now()));
      const { kind, mediaType, text, isCut } = read;
      const row = {
        ...{ id: crypto.randomUUID(), ownerId, contentId, name, kind, mediaType, text, isCut },
        size: bytes.length,
        createdAt: Date.now(),
      };
      await store.commit(() => store.files.insert(row));
      return { ...row, characters: text.length };
    },
    /** @returns its bytes, in pieces @throws FileGoneError */
    read(id: string): { readonly file: StoredFile; readonly pieces: Iterable<Uint8Array<ArrayBuffer>> } {
      const file = get(id);
      if (file === undefined) throw new FileGoneError();
      return { file, pieces: store.contents.read(file.contentId) };
    },
    /** The text that a model can read of it. @throws FileGoneError */
    textOf(id: string): string {
      if (get(id) === undefined) throw new FileGoneError();
      return store.files.textOf(id);
    },
    /** Erases one that no question has. @throws FileGoneError, or InvalidRequestError when a question has it */
    async remove(id: string): Promise<void> {
      if (get(id) === undefined) throw new FileGoneError();
      const isRemoved = await store.commit(() => store.files.removeUnused(id));
      if (!isRemoved)
        throw new InvalidRequestError(say`A question has this file. Delete the question instead.`);
    },
    /** By message: the files that questions of theirs have. */
    ofMessages: (messageIds: readonly string[]): ReadonlyMap<string, readonly AttachedFile[]> =>
      store.files.ofMessages(messageIds),
    /** @throws InvalidRequestError for too many, FileRefusedError for a picture that nobody can see, FileGoneError */
    check(ids: readonly string[]): void {
      if (ids.length > limits.perQuestion)
        throw new InvalidRequestError(
          say`A question can have at most ${limits.perQuestion} files. Remove some, or ask in several questions.`,
          { param: "files" },
        );
      for (const id of ids) {
        const file = get(id);
        if (file === undefined) throw new FileGoneError();
        if (file.kind === "image" && !seesPictures()) throw new FileRefusedError(blindness(file.name));
      }
    },
  };
}

async function readForm(
  name: string,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<FileForm & { readonly text: string; readonly isCut: boolean }> {
  const form = formOf(name, bytes);
  if (form?.kind === "image") return { ...form, text: "", isCut: false };
  const { kind } = form ?? { kind: "text" };
  const read = await readApart(kind === "xlsx" || kind === "pdf" ? kind : null, bytes, signal);
  if (!("problem" in read)) return { ...(form ?? textFormOf(name)), ...read };
  const why = { template: read.problem, values: [{ verbatim: name }] };
  throw new FileRefusedError(form === null ? say`${why} Attach ${{ verbatim: readableKinds }}.` : why);
}

const blindness = (name: string) =>
  say`The model that runs cannot see pictures, so ${{ verbatim: name }} cannot be attached. Attach its text, or serve a vision model with vLLM.`;
