/** The values that stand as JSON in a column of the tables. */
import type { PromptToken, TokenAlternative, ToolCallPiece } from "../chat/chat-event.ts";
import type { ToolCall } from "../chat/engine.ts";
import type { Fact } from "../finance/facts/fact.ts";

/** A failure as it is shown: a stable code, and a sentence that says what to do. */
export interface StoredError {
  readonly code: string;
  readonly message: string;
  /** The invalid field of a request of /v1, by its name in /v1/chat/completions. */
  readonly param?: string;
}

/** A memory as it stood in the prompt. */
export interface ReceiptMemory {
  readonly id: string;
  readonly key: string;
  /** Absent in receipts that were written before it was noted. */
  readonly value?: string;
  /** Set on an exchange: the model was told that these are its own words of then. */
  readonly kind?: "exchange";
  readonly score: number;
  /** Set when the memory is deleted: its text is not here then, and comes back with it. */
  readonly isForgotten?: true;
}

/** A file as it stood in the prompt. */
interface ReceiptFile {
  readonly id: string;
  readonly name: string;
  readonly kind: "text" | "csv" | "xlsx" | "pdf" | "image";
  readonly readCharacters: number;
  readonly characters: number;
}

/** A project as it stood in the prompt. One that was erased is not named, and its instructions are not there. */
export interface ReceiptProject {
  readonly id: string;
  /** '' of one that was erased. */
  readonly name: string;
  /** Where its instructions begin and end in the system prompt, in UTF-16 units; the same where it has none. */
  readonly from: number;
  readonly to: number;
}

/** A passage of a document that a prompt has. */
export interface ReceiptPassage {
  readonly documentId: string;
  /** Its place in the document, from 1. */
  readonly number: number;
  readonly page: number | null;
  /** How near it is to the question; null: all of the document is there. */
  readonly score: number | null;
}

/** What went into the prompt and what was left out, for the user to open. */
export interface ContextReceipt {
  readonly systemPrompt: string;
  /** The project of the conversation then. */
  readonly project?: ReceiptProject;
  readonly messageIds: readonly string[];
  /** Messages that are not in the prompt in their own words; those that `summary` covers come first. */
  readonly droppedMessageIds: readonly string[];
  readonly memories: readonly ReceiptMemory[];
  readonly promptTokens: number | null;
  readonly budgetTokens: number | null;
  /** The files of the question, and how much of their text the prompt has, in UTF-16 units. */
  readonly files?: readonly ReceiptFile[];
  /**
   * The passages of documents that stand before the question, in the order of their numbers. They have no text: what is deleted
   * is in no receipt.
   */
  readonly passages?: readonly ReceiptPassage[];
  /** Values for the model's template: whether it was to think, and how long. */
  readonly templateFields?: Readonly<Record<string, boolean | string>>;
  /** The names of the tools that the model was offered. */
  readonly tools?: readonly string[];
  /** How many of them it called. */
  readonly toolCalls?: number;
  /** The summary that replaced the first of the omitted messages, up to and including this one. */
  readonly summary?: { readonly messageId: string; readonly content: string; readonly model: string };
}

/** A receipt as its row has it: `systemPromptId` names its instructions. Rows that were salvaged of an earlier version have them. */
export type StoredReceipt = Omit<ContextReceipt, "systemPrompt"> &
  Partial<Pick<ContextReceipt, "systemPrompt">>;

/** An engine and model that wrote part of an answer, from token `fromToken` on. */
export interface Writer {
  readonly engine: string;
  readonly model: string;
  readonly modelHash: string | null;
  readonly fromToken: number;
}

/** What a tool gave. */
export interface ToolResult {
  /** Of the call. */
  readonly id: string;
  /** What the model is told: JSON of a tool of the program, or the text of another program's tool. */
  readonly content: string;
  /** It did nothing; `content` says why. */
  readonly failed?: true;
  /** Set when another program's tool gave it: "server: tool". */
  readonly from?: string;
}

/** Where a value among a call's arguments stands, word for word or in part; model: nowhere. */
export interface ArgumentOrigin {
  /** Its place in the arguments: "to", "items.0.price". */
  readonly path: string;
  /** Its beginning. */
  readonly value: string;
  readonly from: "user" | "document" | "memory" | "tool" | "model";
  /** Of the document, the memory or the tool. */
  readonly name?: string;
  /** Only a part of it stands there. */
  readonly isPart?: true;
}

/** A call of another program's tool, as a person is asked about it. */
export interface AskedCall {
  readonly server: string;
  readonly tool: string;
  /** Of the description that the tool had. */
  readonly hash: string;
  /** Its server says, and an admin has accepted, that it changes and sends nothing. */
  readonly readsOnly: boolean;
  /** Why somebody is asked though there is a rule: the tool was changed since, or other texts stand in the prompt. */
  readonly why?: "changed" | "tainted";
  readonly origins: readonly ArgumentOrigin[];
}

/** How far a call of another program's tool is. */
export interface ToolStep {
  /** Of the call. */
  readonly id: string;
  /** begun: it may have happened, whatever is known of its result. */
  readonly step: "asked" | "allowed" | "refused" | "begun";
  /** Of the first step. */
  readonly call?: AskedCall;
  /** Of allowed and refused. */
  readonly by?: "person" | "rule";
}

/** One token as it is logged and replayed: text of whole characters, and its vocabulary ids. */
export interface LoggedToken {
  readonly text: string;
  readonly ids: readonly number[];
  readonly logprob?: number;
  readonly alternatives?: readonly TokenAlternative[];
  /** Set on tokens of the model's reasoning, which is not part of the answer. */
  readonly reasoning?: true;
  /**
   * Set on a continuation marker, which is no token and has no text: here the answer had ended, for this reason, and was
   * continued. It has the cursor of that end.
   */
  readonly continued?: "failed" | "stopped" | "length";
  /** Set on a marker, which is no token and has no text: the thought before it was ended by its limit or by the user. */
  readonly thoughtOver?: true;
  /** Beside `continued`, when the request had an Idempotency-Key: the key, and the end that it continued. */
  readonly asked?: { readonly key: string; readonly endedAt: number | null };
  /** Set on an entry that is no text but a part of a tool call; `toolCall` with its id follows when the call is whole. */
  readonly toolPiece?: ToolCallPiece;
  /** Set on an entry that is no text but a whole tool call. */
  readonly toolCall?: ToolCall;
  /** Set on an entry that is no text but a whole call of a tool that the program itself offered. */
  readonly toolUse?: ToolCall;
  /** Set on an entry that is no text but a step of such a call, of another program's tool. */
  readonly toolStep?: ToolStep;
  /** Set on an entry that is no text but what such a call gave; the facts that it gave stand before it. */
  readonly toolResult?: ToolResult;
  /** Set on an entry that is no text but facts: text that follows may cite them. */
  readonly facts?: readonly Fact[];
  /** Set on an entry that is no text of the answer but the tokens of its prompt. */
  readonly echoed?: readonly PromptToken[];
  /** Set on text that the program wrote itself, from facts: it is part of the answer, and no model's token. */
  readonly card?: true;
}
