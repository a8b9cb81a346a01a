/**
 * What a command of the form to ask with does, in the place of asking. With htmx the reply is a card above the form; without,
 * it is the page with that card.
 */

import { Elysia, t } from "elysia";
import { CommandOptions, CommandReply, type CommandReplyProps } from "../../views/fragments/commands.tsx";
import { ModelList, type ModelListProps } from "../../views/fragments/model-card.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { InvalidRequestError } from "../errors.ts";
import { htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import type { Conversation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { allCommands, type ReadCommand } from "../workspace/commands.ts";
import { noPreset } from "../workspace/presets.ts";
import { EmptiedComposer, NewPage } from "./asked-page.tsx";
import { fileIds, filesNamed } from "./attach.tsx";
import { refuseGone } from "./page-questions.ts";
import { presetList } from "./preset-props.ts";
import { begunWith, newComposer, type PagesDeps, type PagesOf, renderChat } from "./render-chat.tsx";
import { ListInPlace } from "./thread-reply.tsx";

/** The list that completes commands, and that of the models in an open card. */
export const createCommandPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-commands" })
    .get("/commands", () => htmlReply(<CommandOptions commands={allCommands} />), { detail: { hide: true } })
    .get(
      "/model-list",
      ({ query, request }) => htmlReply(<ModelList {...modelList(pagesOf(request), query.c ?? null)} />),
      { query: t.Object({ c: t.Optional(t.String({ maxLength: 100 })) }), detail: { hide: true } },
    );

interface SentForm {
  readonly conversation_id?: string | undefined;
  readonly key?: string | undefined;
  readonly files?: string | undefined;
  readonly preset?: string | undefined;
  readonly temporary?: string | undefined;
  readonly project?: string | undefined;
}

interface Done {
  readonly reply: CommandReplyProps;
  /** One that was begun for it. */
  readonly begun?: Conversation;
}

/** @throws AppError when it cannot be done: what was typed stays then */
export async function commandReply(
  deps: PagesDeps,
  request: Request,
  command: ReadCommand,
  form: SentForm,
): Promise<Response> {
  const conversation = conversationOf(deps, form.conversation_id);
  const did = await done(deps, command, conversation, form);
  if ("goTo" in did)
    return isHtmx(request)
      ? new Response(null, { status: 204, headers: { "hx-redirect": did.goTo } })
      : seeOther(did.goTo);
  const { reply, begun } = did;
  const here = begun ?? conversation;
  const goesOn = here === null ? begunWith(deps, form) : {};
  if (!isHtmx(request)) {
    if (reply.kind === "export") return seeOther(reply.url);
    const files = filesNamed(deps.files, fileIds(form.files));
    return renderChat(deps, {
      conversation: here,
      composer: { ...newComposer(here?.id ?? null), ...goesOn, files },
      reply,
    });
  }
  // A button of a card leaves what is being typed alone.
  const isOfComposer = form.key !== undefined;
  return htmlReply(
    <>
      {isOfComposer ? <EmptiedComposer conversationId={here?.id ?? null} begun={goesOn} /> : ""}
      <Partial target="#notice" swap="innerHTML">
        <CommandReply reply={reply} />
      </Partial>
      {begun === undefined ? "" : <NewPage deps={deps} conversation={begun} />}
      {begun === undefined ? "" : <ListInPlace deps={deps} request={request} conversationId={begun.id} />}
    </>,
    200,
    // Files belong to the question that is still to come.
    { "x-keeps-files": "1", ...(begun === undefined ? {} : { "hx-push-url": `/c/${begun.id}` }) },
  );
}

/** A new one, with what was typed as its draft. */
const temporaryChat = (draft: string) => ({
  goTo: `/?${new URLSearchParams({ temporary: "1", ...(draft === "" ? {} : { draft }) })}`,
});

/** @throws NotFoundError for one that has been deleted meanwhile */
function conversationOf({ conversations }: PagesDeps, id: string | undefined): Conversation | null {
  if (id === undefined || id === "") return null;
  return conversations.get(id) ?? refuseGone();
}

async function done(
  deps: PagesDeps,
  command: ReadCommand,
  conversation: Conversation | null,
  form: SentForm,
): Promise<Done | { readonly goTo: string }> {
  if (command.type === "unknown") throw new InvalidRequestError(unknownSentence(command));
  const { name, rest } = command;
  switch (name) {
    case "remember":
      return { reply: await remembered(deps, rest, form) };
    case "forget":
      return { reply: matches(deps, rest) };
    case "model":
      return { reply: await models(deps, rest, conversation) };
    case "system":
      return instructed(deps, rest, conversation, form);
    case "export":
      return { reply: exported(rest, conversation) };
    case "preset":
      return presetChosen(deps, rest, conversation, form);
    case "temp":
      return temporaryChat(rest);
    case "help":
      return { reply: { kind: "help", commands: allCommands } };
    default:
      return name satisfies never;
  }
}

function unknownSentence({ word, nearest }: Extract<ReadCommand, { type: "unknown" }>) {
  const typed = { verbatim: word.slice(0, 40) };
  return nearest === null
    ? say`There is no command /${typed}. /help shows all. To ask this as a question, begin with a word.`
    : say`There is no command /${typed}. Did you mean /${{ verbatim: nearest }}? /help shows all. To ask this as a question, begin with a word.`;
}

async function remembered(
  { memory, projects }: PagesDeps,
  text: string,
  { key, conversation_id = "", project = "" }: SentForm,
): Promise<CommandReplyProps> {
  if (text === "")
    throw new InvalidRequestError(
      say`Write what to remember after the command: /remember My broker charges 7 USD per lot.`,
    );
  // What is said in a project is of it.
  const projectId = (projects?.ofConversation(conversation_id) ?? projects?.get(project))?.id;
  const of = projectId === undefined ? {} : { projectId };
  return {
    kind: "remembered",
    memory: await memory.state(text, { idempotencyKey: key ?? null, ...of }),
  };
}

/** More are found on the page of memories. */
const mostMatches = 8;

function matches({ memory }: PagesDeps, words: string): CommandReplyProps {
  if (words === "") throw new InvalidRequestError(say`Write a word of it after the command: /forget broker.`);
  const found = memory.page(mostMatches + 1, { text: words.slice(0, 200) });
  return {
    kind: "memories",
    words,
    memories: found.slice(0, mostMatches),
    hasMore: found.length > mostMatches,
  };
}

async function models(
  deps: PagesDeps,
  name: string,
  conversation: Conversation | null,
): Promise<CommandReplyProps> {
  const chosen = name === "" ? null : await deps.modelChoice.choose(name);
  return {
    kind: "models",
    done:
      chosen === null
        ? null
        : chosen.isLoading
          ? tr`${chosen.model} is being loaded.`
          : tr`${chosen.model} answers.`,
    list: modelList(deps, conversation?.id ?? null),
  };
}

const modelList = (
  { modelChoice, viewer }: Pick<PagesDeps, "modelChoice" | "viewer">,
  conversationId: string | null,
): ModelListProps => ({
  conversationId,
  models: modelChoice.cards(),
  mayChoose: viewer?.isAdmin ?? true,
});

/** In a new chat it is chosen by the page's address; in another one from the next question on. @throws NotFoundError */
function presetChosen(
  deps: PagesDeps,
  name: string,
  conversation: Conversation | null,
  form: SentForm,
): Done | { readonly goTo: string } {
  const { presets } = deps;
  const reply = (at: Conversation | null, said: string | null): Done => ({
    reply: { kind: "presets", done: said, list: presetList(deps, at) },
  });
  if (name === "") return reply(conversation, null);
  const preset = name.toLowerCase() === noPreset ? null : presets.find(name);
  if (conversation === null) {
    const query = new URLSearchParams({
      ...(preset === null ? {} : { preset: preset.id }),
      ...(form.temporary === undefined ? {} : { temporary: "1" }),
    });
    return { goTo: `/?${query}` };
  }
  presets.apply(conversation.id, preset);
  return reply(
    deps.conversations.get(conversation.id) ?? conversation,
    preset === null
      ? tr`The next answers follow your settings again.`
      : tr`The next answers follow the preset “${preset.name}”.`,
  );
}

function instructed(
  { library, presets }: PagesDeps,
  text: string,
  conversation: Conversation | null,
  form: SentForm,
): Done {
  if (text === "" && conversation === null)
    throw new InvalidRequestError(
      say`Write the instructions after the command: /system Answer in one sentence.`,
    );
  const reply = ({ id, instructions }: Conversation) =>
    ({ kind: "instructions", conversationId: id, instructions, isSaved: text !== "" }) as const;
  if (conversation === null) {
    const preset = form.preset === undefined ? null : presets.get(form.preset);
    const begun = library.begin(tr`New chat`, text);
    if (preset !== null) presets.apply(begun.id, preset);
    if (form.project !== undefined) library.change(begun.id, { project: form.project });
    return { reply: reply(begun), begun: library.get(begun.id) ?? begun };
  }
  return {
    reply: reply(text === "" ? conversation : library.change(conversation.id, { instructions: text })),
  };
}

function exported(format: string, conversation: Conversation | null): CommandReplyProps {
  if (conversation === null)
    throw new InvalidRequestError(say`There is nothing to save yet: ask a question first.`);
  const kind = format.toLowerCase() || "markdown";
  if (kind !== "markdown" && kind !== "html" && kind !== "json")
    throw new InvalidRequestError(say`Write /export, /export markdown, /export html or /export json.`);
  return { kind: "export", url: `/api/conversations/${conversation.id}/export?format=${kind}` };
}
