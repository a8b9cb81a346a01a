/**
 * Answers whose streams a program finds again by the name that it has given its conversation: one answer a name. They follow from
 * the keys with which they were asked, so that they are found as long as the answer is there: after a reload, and after a crash.
 * It knows nothing of HTTP.
 */
import type { Generations } from "../generations/generations.ts";
import type { Generation } from "../store/schema.ts";
import { stopAndWait } from "./end-answers.ts";

export type StreamsOfOwner = ReturnType<typeof streamsOf>;

interface OwnerParts {
  /** Theirs, by their keys from one to another, in the order of the keys. */
  readonly withKeys: (from: string, to: string) => readonly Generation[];
  readonly isThere: (messageId: string) => boolean;
  readonly generations: Pick<Generations, "stop" | "ended">;
  readonly forgetKey: (id: string) => void;
}

interface NamedStream {
  readonly name: string;
  readonly generation: Generation;
}

/** To stop takes an engine a token; a prompt that is being read, a piece of it. */
const stopMs = 10_000;
/** What llama.cpp's interface puts between a conversation and a model. */
const separator = "::";

const encoded = (name: string) => encodeURIComponent(name.toWellFormed());
const nameIn = /stream:([^:]*):[^:]*$/;

export function streamsOf({ withKeys, isThere, generations, forgetKey }: OwnerParts) {
  /** @param end the sign behind the last one of `beginning` */
  const between = (beginning: string, last: string, end: string): readonly NamedStream[] =>
    withKeys(`stream:${beginning}${last}`, `stream:${beginning}${end}`).flatMap((generation) => {
      const name = nameIn.exec(generation.idempotencyKey ?? "")?.[1];
      return name === undefined || !isThere(generation.messageId)
        ? []
        : [{ name: decodeURIComponent(name), generation }];
    });
  const named = (name: string) => between(encoded(name), ":", ";");
  const release = async (name: string): Promise<void> => {
    for (const { generation } of named(name)) {
      await stopAndWait(generations, generation.id, AbortSignal.timeout(stopMs));
      forgetKey(generation.id);
    }
  };
  return {
    /** @returns undefined when there is none, or it was released */
    find: (name: string): Generation | undefined => named(name).at(-1)?.generation,
    /** Those of a conversation, with any model. */
    ofConversation: (name: string): readonly NamedStream[] => [
      ...named(name),
      ...between(encoded(name + separator.slice(1)), "%3A", "%3B"),
    ],
    /** Stops what is written, and finds it no more; the answer stays in the log. */
    release,
    /** Releases what had the name. @returns the key with which the next answer is asked */
    async keyFor(name: string): Promise<string> {
      await release(name);
      return `stream:${encoded(name)}:${Bun.randomUUIDv7()}`;
    },
  };
}
