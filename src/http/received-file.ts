/**
 * Reads a file from a request, sent as the body or in a form, up to a limit. It knows nothing of the content.
 */
import { FileTooLargeError } from "../conversations/transfer/transfer-errors.ts";
import { InvalidRequestError } from "../errors.ts";
import { boundedBody } from "./bounded-body.ts";

/** Bytes of a form around its file. */
const formBytes = 64 * 1024;

/**
 * @param largest in bytes
 * @throws FileTooLargeError, also without a Content-Length; InvalidRequestError when there is no file
 */
export async function receivedFile(request: Request, largest: number): Promise<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  const isForm = /^multipart\/form-data\b/i.test(type);
  const body = await readUpTo(request, isForm ? largest + formBytes : largest, largest);
  const file = isForm ? await fileOfForm(body, type) : body;
  if (file.length > largest) throw new FileTooLargeError(largest);
  if (file.length === 0) throw new InvalidRequestError("The request has no file, or an empty one.");
  return file;
}

async function readUpTo(request: Request, most: number, largest: number): Promise<Uint8Array<ArrayBuffer>> {
  const body = await boundedBody(request, most);
  if (body === null) throw new FileTooLargeError(largest);
  return body;
}

async function fileOfForm(body: Uint8Array<ArrayBuffer>, type: string): Promise<Uint8Array> {
  const form = await readForm(body, type);
  const values: Iterable<unknown> = form.values();
  for (const value of values) if (value instanceof Blob) return value.bytes();
  throw new InvalidRequestError("The form has no file.");
}

async function readForm(body: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw new InvalidRequestError("The form cannot be read. Send it again.", {}, { cause });
  }
}
