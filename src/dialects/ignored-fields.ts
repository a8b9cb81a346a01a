/**
 * The fields of a request of /v1 without effect here, in the header `x-ignored-fields`: a program that relies on a field sees
 * that it was ignored. It knows nothing of the meaning of fields.
 */
import type { TObject } from "@sinclair/typebox";

/** They change no answer here: who asks, how it is paid for or cached, and a form that every answer has anyway. */
const harmless = new Set([
  ...["user", "safety_identifier", "metadata", "service_tier", "store", "stream_options", "include"],
  ...["prompt_cache_key", "prompt_cache_retention", "prediction", "modalities", "background", "verbose"],
]);
const mostNamed = 20;

export class IgnoredFields {
  readonly #named: string[] = [];

  /** Names the fields of a body that its schema does not have. */
  constructor(body: object, { properties }: TObject) {
    for (const [field, value] of Object.entries(body))
      if (value != null && !Object.hasOwn(properties, field) && !harmless.has(field)) this.note(field);
  }

  /** @param what the field's place, with its value where that says more: "tools[1].type=web_search" */
  note(what: string): void {
    this.#named.push(what.replaceAll(/[^\w.[\]=-]/g, "?").slice(0, 100));
  }

  get named(): readonly string[] {
    return this.#named;
  }

  has(beginning: string): boolean {
    return this.#named.some((what) => what.startsWith(beginning));
  }

  /** @returns the header, or none when every field was used */
  headers(): Record<string, string> {
    if (this.#named.length === 0) return {};
    const more = this.#named.length > mostNamed ? ", ..." : "";
    return { "x-ignored-fields": this.#named.slice(0, mostNamed).join(", ") + more };
  }
}
