/**
 * Replies with a file that a user attached. A picture is shown; everything else is saved, whatever is in it, so that nothing
 * of it runs as a page of ours.
 */
import type { StoredFile } from "../store/file-tables.ts";

/** A picture is shown, whatever else there is is saved. */
type ServedFile = Pick<StoredFile, "name" | "mediaType" | "size"> & { readonly kind: string };

export function fileResponse({
  file,
  pieces,
}: {
  readonly file: ServedFile;
  readonly pieces: Iterable<Uint8Array<ArrayBuffer>>;
}): Response {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": file.kind === "image" ? file.mediaType : "application/octet-stream",
      "content-length": String(file.size),
      "content-disposition": dispositionOf(file),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      // What an id names never changes.
      "cache-control": "private, max-age=3600, immutable",
    },
  });
}

/** https://www.rfc-editor.org/rfc/rfc6266#section-5 */
function dispositionOf({ name, kind }: Pick<ServedFile, "name" | "kind">): string {
  const plain = name.replaceAll(/[^\w .()-]/g, "_");
  const escaped = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${kind === "image" ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${escaped}`;
}
