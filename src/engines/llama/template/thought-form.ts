/** How a model writes the thought before its answer, found out from its template. It knows nothing of tokens. */
import { type ChatTemplate, sharedLength, type TemplateMessage } from "./chat-template.ts";

/** Marks without the blanks around them. */
export interface ThoughtForm {
  readonly open: string;
  readonly close: string;
  /** What opens the answer's own turn after a thought, and what stands before an answer in any case; '' for nothing. */
  readonly turn: string;
  readonly answer: string;
}

/** Of templates that take thoughts in a way of their own. */
const others: readonly ThoughtForm[] = [
  { open: "[THINK]", close: "[/THINK]", turn: "", answer: "" },
  { open: "<seed:think>", close: "</seed:think>", turn: "", answer: "" },
];

/** Most models that think; a template that shows no thoughts does not say. */
export const usualThought: ThoughtForm = { open: "<think>", close: "</think>", turn: "", answer: "" };

/** Where it is a choice, it thinks: otherwise an empty thought stands before the answer. */
const fields = { enable_thinking: true };
const question: TemplateMessage = { role: "user", content: "question-zero" };
const [thought, answer] = ["thought-one", "answer-two"] as const;

export function thoughtFormOf(template: ChatTemplate): ThoughtForm {
  const named = others.find(
    ({ open, close }) => template.source.includes(open) && template.source.includes(close),
  );
  return named ?? beforeAnswer(template) ?? beforeCall(template) ?? usualThought;
}

function beforeAnswer(template: ChatTemplate): ThoughtForm | null {
  try {
    return formOf(template, answer, { role: "assistant", content: answer, thought });
  } catch {
    // Some show a thought only before a call; what a template throws is of any kind.
    return null;
  }
}

function beforeCall(template: ChatTemplate): ThoughtForm | null {
  const name = "tool_three";
  const toolCalls = [{ id: "call-0", name, arguments: "{}" }];
  try {
    const form = formOf(template, name, { role: "assistant", content: "", thought, toolCalls });
    const close = /^(<[^<>\n]+>|\[[A-Z_/]+\])/u.exec(form?.close ?? "")?.[1];
    return form === null || close === undefined ? null : { ...form, close, turn: "", answer: "" };
  } catch {
    return null;
  }
}

/** @param after what follows the thought in the message */
function formOf(template: ChatTemplate, after: string, message: TemplateMessage): ThoughtForm | null {
  const opened = template.text({ messages: [question], fields, opensAnswer: true });
  const whole = template.text({ messages: [question, message], fields, opensAnswer: false });
  const [thoughtAt, answerAt] = [whole.indexOf(thought), whole.indexOf(after)];
  if (thoughtAt < 0 || answerAt < thoughtAt) return null;
  const shared = sharedLength(opened, whole);
  const header = headerOf(opened);
  const open = (whole.slice(Math.min(shared, thoughtAt), thoughtAt).trim() || lastMark(opened)).trim();
  const close = whole.slice(thoughtAt + thought.length, answerAt).trim();
  if (open === "" || close === "") return null;
  // Some open another turn for the answer: `header` and the name of its channel.
  const again = header === "" ? -1 : close.indexOf(header);
  if (again <= 0) return { open, close, turn: "", answer: "" };
  const answerFrom = again + header.length;
  return {
    open,
    close: close.slice(0, again),
    turn: close.slice(again, answerFrom),
    answer: close.slice(answerFrom),
  };
}

/** What opens a turn of the assistant: the end of what opens an answer, from its first mark on. */
function headerOf(opened: string): string {
  const line = opened.slice(opened.indexOf(question.content) + question.content.length);
  return /(<[^<>\n]+>[^<>\n[\]]*)$/u.exec(line.trimEnd())?.[1] ?? "";
}

const lastMark = (opened: string) => /(<[^<>\n]+>|\[[A-Z_]+\])\s*$/u.exec(opened)?.[1] ?? "";
