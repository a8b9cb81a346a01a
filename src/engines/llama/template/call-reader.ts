/**
 * The calls in what a model writes, while it writes them: piece by piece, and whole at the end. Their arguments are handed on as
 * JSON, to the letter where they are written so. It knows nothing of grammars, which hold the text to its form.
 */
import type { ToolCallEvent, ToolCallPieceEvent } from "../../../chat/chat-event.ts";
import type { Tool } from "../../../chat/engine.ts";
import type { CallForm, ParameterList } from "./call-form.ts";
import { JsonScan } from "./json-scan.ts";
import { isText, parametersOf } from "./tool-parameters.ts";

interface BegunCall {
  readonly id: string;
  readonly name: string;
  /** In JSON, as far as they are clear. */
  arguments: string;
}

/** What is read next: what stands before the first name, a name, an object in JSON, a parameter's name, its value, what follows the arguments, or nothing. */
type State = "beginning" | "name" | "object" | "parameter" | "value" | "after" | "over";

export class CallReader {
  readonly #form: CallForm;
  readonly #tools: readonly Tool[];
  readonly #beginning: string;
  /** All that was written since the first opening, and how much of it is understood. */
  #text = "";
  #at = 0;
  #state: State = "beginning";
  /** The parameter whose value is read. */
  #parameter: { readonly name: string; readonly isText: boolean } = { name: "", isText: false };
  readonly #calls: BegunCall[] = [];
  /** The arguments that are read, where they are an object. */
  #object = new JsonScan();
  #pieces: ToolCallPieceEvent[] = [];

  /**
   * @param tools those that were offered
   * @param isOpened whether the opening of the first call is no part of what it gets
   */
  constructor(form: CallForm, tools: readonly Tool[], isOpened = true) {
    this.#form = form;
    this.#tools = tools;
    this.#beginning = (isOpened ? "" : form.opening) + form.begin;
  }

  push(text: string): ToolCallPieceEvent[] {
    this.#text += text;
    while (this.#advance());
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /**
   * What was kept back until it was clear, then all calls.
   * @param isCut whether one that was cut off is given as far as it came; its name must be whole
   */
  end(isCut: boolean): (ToolCallPieceEvent | ToolCallEvent)[] {
    if (isCut && this.#state === "name") this.#beginCut();
    const isWhole =
      this.#state === "over" ||
      (this.#state === "after" && this.#text.startsWith(this.#form.close, this.#at)) ||
      // Another one was opened, but has no name yet.
      this.#state === "name";
    const calls = this.#calls.slice(0, isWhole || isCut ? undefined : -1);
    const pieces = this.#pieces;
    this.#pieces = [];
    return [
      ...pieces,
      ...calls.map(
        ({ id, name, arguments: given }) => ({ type: "tool-call", id, name, arguments: given }) as const,
      ),
    ];
  }

  /** @returns whether something was understood */
  #advance(): boolean {
    switch (this.#state) {
      case "beginning":
        return this.#readBeginning();
      case "name":
        return this.#readName();
      case "object":
        return this.#readObject();
      case "parameter":
        return this.#readParameter();
      case "value":
        return this.#readValue();
      case "after":
        return this.#readNext();
      case "over":
        return false;
      default:
        return this.#state satisfies never;
    }
  }

  #readBeginning(): boolean {
    const blanks = this.#text.length - this.#text.trimStart().length;
    if (!this.#text.startsWith(this.#beginning, blanks)) return false;
    this.#at = blanks + this.#beginning.length;
    this.#state = "name";
    return true;
  }

  #readName(): boolean {
    const { arguments: form, close } = this.#form;
    if (form.kind === "json") {
      const end = this.#text.indexOf(form.afterName, this.#at);
      if (end < 0) return false;
      this.#begin(this.#text.slice(this.#at, end), end + form.afterName.length, "object");
      return true;
    }
    for (const { name } of this.#tools) {
      if (!this.#text.startsWith(name, this.#at)) continue;
      const end = this.#at + name.length;
      if (this.#text.startsWith(form.none + close, end)) {
        this.#begin(name, end + form.none.length, "after");
        this.#say("{}");
        return true;
      }
      if (!this.#text.startsWith(form.first, end)) continue;
      this.#begin(name, end + form.first.length, "parameter");
      this.#say("{");
      return true;
    }
    return false;
  }

  /** A name that is whole, though what follows it is not. */
  #beginCut(): void {
    const { arguments: form } = this.#form;
    const rest = this.#text.slice(this.#at);
    const after = form.kind === "json" ? [form.afterName] : [form.first, form.none + this.#form.close];
    for (let end = 1; end < rest.length; end++)
      if (after.some((text) => text.startsWith(rest.slice(end)))) {
        this.#begin(rest.slice(0, end), this.#text.length, "object");
        return;
      }
  }

  #begin(name: string, at: number, state: State): void {
    const id = `call_${crypto.randomUUID().replaceAll("-", "")}`;
    this.#calls.push({ id, name, arguments: "" });
    this.#pieces.push({ type: "tool-call-piece", id, name, arguments: "" });
    this.#object = new JsonScan();
    this.#at = at;
    this.#state = state;
  }

  #say(json: string): void {
    const call = this.#calls.at(-1);
    if (call === undefined || json === "") return;
    call.arguments += json;
    this.#pieces.push({ type: "tool-call-piece", id: call.id, arguments: json });
  }

  #readObject(): boolean {
    const end = this.#object.endIn(this.#text, this.#at);
    this.#say(this.#text.slice(this.#at, end ?? this.#text.length));
    this.#at = end ?? this.#text.length;
    if (end === null) return false;
    this.#state = "after";
    return true;
  }

  #readParameter(): boolean {
    const form = this.#list();
    const tool = this.#tools.find(({ name }) => name === this.#calls.at(-1)?.name);
    for (const [name, schema] of parametersOf(tool)) {
      if (!this.#text.startsWith(name, this.#at)) continue;
      const end = this.#at + name.length;
      const kinds = isText(schema) ? [form.text, form.other] : [form.other, form.text];
      const kind = kinds.find(({ open }) => this.#text.startsWith(open, end));
      if (kind === undefined) continue;
      const same = form.text.open === form.other.open;
      this.#parameter = { name, isText: same ? isText(schema) : kind === form.text };
      this.#at = end + kind.open.length;
      this.#state = "value";
      return true;
    }
    return false;
  }

  #readValue(): boolean {
    const form = this.#list();
    const { name, isText: isWords } = this.#parameter;
    const { close } = isWords ? form.text : form.other;
    const start = isWords ? this.#at : this.#afterJson();
    const ends = [close + form.between, close + form.last + this.#form.close].map((text) => ({
      text,
      at: isWords || this.#text.startsWith(text, start) ? this.#text.indexOf(text, start) : -1,
    }));
    const [found] = ends
      .filter(({ at }) => at >= 0)
      .toSorted((a, b) => a.at - b.at || b.text.length - a.text.length);
    if (found === undefined) return false;
    const [begun] = this.#calls.slice(-1);
    const written = this.#text.slice(this.#at, found.at);
    const comma = begun?.arguments === "{" ? "" : ", ";
    this.#say(`${comma}${JSON.stringify(name)}: ${isWords ? JSON.stringify(written) : written}`);
    const isLast = found.text !== close + form.between;
    this.#at = found.at + (isLast ? close + form.last : close + form.between).length;
    this.#state = isLast ? "after" : "parameter";
    if (isLast) this.#say("}");
    return true;
  }

  /** @returns where the value in JSON ends that begins here */
  #afterJson(): number {
    const letter = this.#text[this.#at];
    if (letter === "{" || letter === "[")
      return new JsonScan().endIn(this.#text, this.#at) ?? this.#text.length;
    if (letter === '"')
      return this.#at + (/^"(?:\\.|[^"\\])*"/.exec(this.#text.slice(this.#at))?.[0].length ?? 0);
    return this.#at + (/^[-+.\w]*/.exec(this.#text.slice(this.#at))?.[0].length ?? 0);
  }

  #readNext(): boolean {
    const { close, next } = this.#form;
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith(close + next)) {
      this.#at += close.length + next.length;
      this.#state = "name";
      return true;
    }
    if (!(close + next).startsWith(rest)) this.#state = "over";
    return false;
  }

  #list(): ParameterList {
    const { arguments: form } = this.#form;
    if (form.kind !== "parameters") throw new Error("These arguments are JSON.");
    return form;
  }
}
