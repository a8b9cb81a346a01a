/**
 * Pictures of a request of /v1. They are stored by their hash, once, and the request names them: a request that held them would
 * be written again with each change of its answer's state. It knows nothing of what is in a picture.
 */
import type { ApiRequest } from "../chat/api-request.ts";
import type { ChatMessage, MessagePart } from "../chat/engine.ts";
import { showsPictures } from "../chat/message-parts.ts";
import { resultInSlices, WorkSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";

type Contents = Pick<Store, "contents">;

const dataUrl = /^data:(image\/[a-z]+);base64,/;
/** As a stored request names a picture: by its media type and its hash. */
const reference = /^content:(image\/[a-z]+);([0-9a-f]{64})$/;

/** Whether the request has pictures that are not stored yet. */
export const hasPictures = ({ messages }: ApiRequest): boolean => messages.some(showsPictures);

/** Stores the pictures. @returns the request, which names them @throws StorageError */
export async function withStoredPictures(store: Contents, request: ApiRequest): Promise<ApiRequest> {
  const slices = new WorkSlices();
  const messages = await eachPicture(request.messages, async (url) => {
    const [head = "", type = ""] = dataUrl.exec(url) ?? [];
    if (head === "") return url;
    const bytes = Buffer.from(url.slice(head.length), "base64");
    const { hash } = await resultInSlices(store.contents.write(bytes, Date.now()), slices);
    return `content:${type};${hash}`;
  });
  return { ...request, messages };
}

/** The messages as an engine takes them: with the pictures themselves. */
export async function withWholePictures(
  store: Contents,
  messages: readonly ChatMessage[],
): Promise<readonly ChatMessage[]> {
  if (!messages.some(showsPictures)) return messages;
  const slices = new WorkSlices();
  return eachPicture(messages, async (url) => {
    const stored = storedAt(store, url);
    return stored === null ? url : `data:${stored.type};base64,${await inBase64(store, stored.id, slices)}`;
  });
}

/** The address of one picture with the picture itself. */
export function wholePicture(store: Contents, url: string): string {
  const stored = storedAt(store, url);
  if (stored === null) return url;
  return `data:${stored.type};base64,${Buffer.concat([...store.contents.read(stored.id)]).toString("base64")}`;
}

/** @returns null: the address is no reference, or what it names is gone */
function storedAt(
  { contents }: Contents,
  url: string,
): { readonly type: string; readonly id: number } | null {
  const [, type = "", hash = ""] = reference.exec(url) ?? [];
  const id = hash === "" ? undefined : contents.byHash(hash);
  return id === undefined ? null : { type, id };
}

/** @returns the bytes of a picture for a data URL */
export async function inBase64(store: Contents, id: number, slices = new WorkSlices()): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (const piece of store.contents.read(id)) {
    pieces.push(piece);
    if (slices.isOver) await slices.next();
  }
  const text = Buffer.concat(pieces).toString("base64");
  if (slices.isOver) await slices.next();
  return text;
}

/** @param change of the address of a picture */
async function eachPicture(
  messages: readonly ChatMessage[],
  change: (url: string) => Promise<string>,
): Promise<readonly ChatMessage[]> {
  const changed: ChatMessage[] = [];
  for (const message of messages) {
    const { parts, images } = message;
    if (!showsPictures(message)) {
      changed.push(message);
      continue;
    }
    const newParts: MessagePart[] = [];
    for (const part of parts ?? [])
      newParts.push(part.type === "image" ? { ...part, url: await change(part.url) } : part);
    const newImages: string[] = [];
    for (const url of images ?? []) newImages.push(await change(url));
    changed.push({
      ...message,
      ...(parts === undefined ? {} : { parts: newParts }),
      ...(images === undefined ? {} : { images: newImages }),
    });
  }
  return changed;
}
