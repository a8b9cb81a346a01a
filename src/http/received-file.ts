/**
 * Reads a file from a request, sent as the body or in a form, up to a limit. It knows nothing of the content.
 */
import { FileTooLargeError } from "../conversations/transfer/transfer-errors.ts";
import { InvalidRequestError } from "../errors.ts";
import { say } from "../texts/say.ts";
import { BodyTooLargeError } from "./body-limit.ts";
import { boundedBody } from "./bounded-body.ts";

/** In bytes. The server must let bodies of this size, and of a form around it, through to the routes of imports. */
export const largestImport = 200_000_000;
/** Bytes of a form around its file. */
const formBytes = 64 * 1024;

/**
 * @param largest in bytes
 * @throws FileTooLargeError, also without a Content-Length; InvalidRequestError when there is no file
 */
export async function receivedFile(request: Request, largest: number): Promise<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  const inForm = isForm(type);
  const body = await readUpTo(request, inForm ? largest + formBytes : largest, largest);
  const file = inForm ? await fileOfForm(body, type) : body;
  if (file.length > largest) throw new FileTooLargeError(largest);
  if (file.length === 0) throw new InvalidRequestError(say`The request has no file, or an empty one.`);
  return file;
}

/** A file of a form, with the name that the client gave it. */
interface FileOfForm {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * All files of a form; or the body itself, when it is no form.
 * @param largest of all together, in bytes
 * @param name of the body itself
 * @throws BodyTooLargeError, also without a Content-Length; InvalidRequestError
 */
export async function receivedFiles(
  request: Request,
  largest: number,
  name: string,
): Promise<readonly FileOfForm[]> {
  const type = request.headers.get("content-type") ?? "";
  const body = await bodyOfFiles(request, largest);
  return isForm(type) ? (await partsOf(await readForm(body, type))).files : [{ name, bytes: body }];
}

/** The one file of a request, as `receivedFiles` reads it. @throws as it; InvalidRequestError for none or several */
export async function receivedOne(request: Request, largest: number, name: string): Promise<FileOfForm> {
  return onlyFile(await receivedFiles(request, largest, name));
}

/** @throws InvalidRequestError for none or several */
export function onlyFile(files: readonly FileOfForm[]): FileOfForm {
  const [sent, ...more] = files;
  if (sent === undefined || more.length > 0)
    throw new InvalidRequestError("Send one file, as the body or in a form.", { param: "file" });
  return sent;
}

/** A form with files and other fields. @param largest as of `receivedFiles` @throws as it */
export async function receivedForm(request: Request, largest: number): Promise<ReceivedForm> {
  const body = await bodyOfFiles(request, largest);
  return partsOf(await readForm(body, request.headers.get("content-type") ?? ""));
}

const isForm = (type: string) => /^multipart\/form-data\b/i.test(type);

async function bodyOfFiles(request: Request, largest: number): Promise<Uint8Array<ArrayBuffer>> {
  const body = await boundedBody(request, largest + formBytes);
  if (body === null) throw new BodyTooLargeError(largest);
  return body;
}

interface ReceivedForm {
  readonly files: readonly FileOfForm[];
  readonly fields: Readonly<Record<string, string>>;
}

async function partsOf(form: FormData): Promise<ReceivedForm> {
  const files: FileOfForm[] = [];
  const fields: Record<string, string> = {};
  const entries: Iterable<[string, unknown]> = form.entries();
  for (const [name, value] of entries) {
    if (typeof value === "string") fields[name] = value;
    // A field of files that was left empty is a file without a name.
    if (value instanceof File && (value.name !== "" || value.size > 0))
      files.push({ name: value.name, bytes: await value.bytes() });
  }
  return { files, fields };
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
  throw new InvalidRequestError(say`The form has no file.`);
}

async function readForm(body: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw new InvalidRequestError(say`The form cannot be read. Send it again.`, {}, { cause });
  }
}
