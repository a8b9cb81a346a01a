/**
 * The items that a response was asked with, and every item by its id, so that a program may name one in place of sending
 * it again. Ids follow from the answer's own: nothing is stored for them.
 * @see https://platform.openai.com/docs/api-reference/responses/input-items
 */
import type { ChatMessage, MessagePart } from "../chat/engine.ts";
import { wholeAnswer } from "../dialects/answer.ts";
import { NotFoundError } from "../errors.ts";
import { ConversationBusyError } from "../generations/generation-errors.ts";
import type { StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { customNames, inputOf } from "./custom-tools.ts";
import { outputItems, statusOf } from "./response-object.ts";
import type { InputItemList } from "./response-reply.ts";
import { findResponse } from "./stored-response.ts";

type ToldInputItem = StaticReply<typeof InputItemList>["data"][number];
type OutputItem = ReturnType<typeof outputItems>[number];

/** All that the model read, oldest first, but for the instructions, which are the response's own. */
export function inputItems(
  { pictureAt }: Pick<Workspace, "pictureAt">,
  { id, request }: Pick<Generation, "id" | "request">,
): readonly ToldInputItem[] {
  let count = 0;
  const nextId = () => `item_${id}_${count++}`;
  const custom = customNames(request);
  return (request?.messages ?? []).flatMap((message) => itemsOf(message, nextId, custom, pictureAt));
}

function itemsOf(
  message: ChatMessage,
  nextId: () => string,
  custom: ReadonlySet<string>,
  pictureAt: (url: string) => string,
): readonly ToldInputItem[] {
  const { role, content, images = [], toolCalls = [], toolCallId = "" } = message;
  const status = "completed" as const;
  if (role === "tool")
    return [
      { id: nextId(), type: "function_call_output", call_id: toolCallId, output: content, status } as const,
    ];
  const type = role === "assistant" ? ("output_text" as const) : ("input_text" as const);
  const pictures = images.map((url): MessagePart => ({ type: "image", url }));
  const isBare = content === "" && (toolCalls.length > 0 || pictures.length > 0);
  const sent = message.parts ?? [...(isBare ? [] : [{ type: "text", text: content } as const]), ...pictures];
  const parts = sent.map((part) =>
    part.type === "text"
      ? { type, text: part.text }
      : ({ type: "input_image", image_url: pictureAt(part.url), detail: part.detail ?? "auto" } as const),
  );
  return [
    ...(parts.length === 0 ? [] : [{ id: nextId(), type: "message", role, content: parts, status } as const]),
    ...toolCalls.map(({ id: call_id, name, arguments: given }) => {
      const called = { id: nextId(), call_id, name, status };
      return custom.has(name)
        ? ({ ...called, type: "custom_tool_call", input: inputOf(given) } as const)
        : ({ ...called, type: "function_call", arguments: given } as const);
    }),
  ];
}

/** By an item's id, as a response of theirs returned it. What one response has is put together once. */
export function itemLookup(workspace: Workspace): (id: string) => ToldInputItem | OutputItem {
  const found = new Map<string, ReadonlyMap<string, ToldInputItem | OutputItem>>();
  /** @throws NotFoundError, or ConversationBusyError while the response that it is of is still being written */
  return (id) => {
    const generationId = /^(?:msg|rs|fc|ctc|item)_([^_]+)/.exec(id)?.[1] ?? "";
    let items = found.get(generationId);
    if (items === undefined) {
      items = new Map(itemsWith(workspace, generationId).map((item) => [item.id, item]));
      found.set(generationId, items);
    }
    const item = items.get(id);
    if (item !== undefined) return item;
    throw new NotFoundError("There is no item with this id. Send what it says in its place.", {
      param: "input",
    });
  };
}

/** What a response was asked with and what it says. */
function itemsWith(workspace: Workspace, generationId: string): readonly (ToldInputItem | OutputItem)[] {
  const generation = findResponse(workspace, generationId);
  if (generation === null) return [];
  const outcome = workspace.generations.outcome(generation);
  if (outcome === null) throw new ConversationBusyError();
  const answer = wholeAnswer(workspace.generations.tokens(generation.id, 0));
  return [
    ...inputItems(workspace, generation),
    ...outputItems(generation, answer, statusOf(generation, outcome)),
  ];
}
