/**
 * A body as text. All text is UTF-8: another encoding would be stored with a replacement character for each letter, and nobody
 * would learn why the model answers nonsense. It knows nothing of JSON or of forms.
 */
import { AppError } from "../errors.ts";

export class NotUtf8Error extends AppError {
  readonly status = 400;
  readonly code = "not_utf8";
  constructor(what = "The body", options?: ErrorOptions) {
    super(
      `${what} is not text in UTF-8. Encode it in UTF-8 and send it again.`,
      { charset: "utf-8" },
      options,
    );
  }
}

class UnsupportedCharsetError extends AppError {
  readonly status = 415;
  readonly code = "unsupported_charset";
  constructor() {
    super("The body must be text in UTF-8: send it with charset=utf-8, or without a charset.", {
      charset: "utf-8",
    });
  }
}

/** ASCII is UTF-8, too. */
const readable = /^(?:utf-?8|us-ascii|ascii)$/i;

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Without a byte order mark, and without the zeros that end C's strings.
 * @param contentType its charset is checked
 * @throws NotUtf8Error, UnsupportedCharsetError
 */
export function textOfBody(body: Uint8Array, contentType: string | null): string {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType ?? "")?.[1];
  if (charset !== undefined && !readable.test(charset)) throw new UnsupportedCharsetError();
  let text: string;
  try {
    text = utf8(withoutTrailingZeros(body));
  } catch (cause) {
    throw new NotUtf8Error("The body", { cause });
  }
  // Text has no zeros; UTF-16 has one in each Latin letter.
  if (text.includes("\0")) throw new NotUtf8Error();
  return text;
}

/** MQL5's StringToCharArray and other builders of C strings send it. */
function withoutTrailingZeros(body: Uint8Array): Uint8Array {
  let end = body.length;
  while (end > 0 && body[end - 1] === 0) end--;
  return body.subarray(0, end);
}

/** Bun's replacement for a byte in an address that is not UTF-8. */
const replaced = /%EF%BF%BD/i;

/** Whether percent-encoded bytes (`%D0%9A`), in an address or in a form, are not UTF-8. */
export function hasForeignEscapes(text: string): boolean {
  if (!text.includes("%")) return false;
  if (replaced.test(text)) return true;
  for (const [run] of text.matchAll(/(?:%[0-9a-f]{2})+/gi))
    try {
      utf8(Uint8Array.fromHex(run.replaceAll("%", "")));
    } catch {
      return true;
    }
  return false;
}

/**
 * A browser's form as fields: of a name that ends with "[]" the list of its values, of another name the last one.
 * @throws as textOfBody
 */
export function fieldsOfForm(
  body: Uint8Array,
  contentType: string | null,
): Record<string, string | readonly string[]> {
  const text = textOfBody(body, contentType);
  if (hasForeignEscapes(text)) throw new NotUtf8Error();
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const earlier = fields.get(name);
    if (!name.endsWith("[]")) fields.set(name, value);
    else if (Array.isArray(earlier)) earlier.push(value);
    else fields.set(name, [value]);
  }
  return Object.fromEntries(fields);
}

/** The same for a multipart form. No route that reads it here takes files, so all of it is text. @throws as textOfBody */
export async function fieldsOfMultipart(
  body: Uint8Array<ArrayBuffer>,
  contentType: string | null,
): Promise<Record<string, unknown>> {
  textOfBody(body, contentType);
  const headers = { "content-type": contentType ?? "" };
  return Object.fromEntries(await new Response(body, { headers }).formData());
}

const utf8 = (bytes: Uint8Array): string => decoder.decode(bytes);
