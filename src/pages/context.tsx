/** Tells while a question is typed how much of the model's context it would take. */
import { Elysia, t } from "elysia";
import { ContextLevel } from "../../views/fragments/context-meter.tsx";
import { AppError } from "../errors.ts";
import { questionLimit } from "../generations/question.ts";
import { htmlReply } from "../http/html-reply.tsx";
import { lengthTold } from "../workspace/documents-in-chat.ts";
import { fileIds, filesNamed } from "./attach.tsx";
import { documentIds, type PagesDeps, type PagesOf } from "./render-chat.tsx";

const Form = t.Object({
  text: t.Optional(t.String()),
  conversation_id: t.Optional(t.String({ maxLength: 100 })),
  files: t.Optional(t.String({ maxLength: 4000 })),
  preset: t.Optional(t.String({ maxLength: 100 })),
  documents: t.Optional(t.String({ maxLength: 2_000 })),
  project: t.Optional(t.String({ maxLength: 100 })),
});

export const createContextPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-context" }).post(
    "/context",
    async ({ body, request }) => {
      const preview = await previewOf(pagesOf(request), body, request.signal);
      return htmlReply(<ContextLevel preview={preview} />);
    },
    { body: Form, detail: { hide: true } },
  );

/** null where there is nothing to tell: nothing was said or typed, a command, no engine is ready. */
async function previewOf(
  deps: PagesDeps,
  { text = "", conversation_id, files, preset, documents, project }: typeof Form.static,
  signal: AbortSignal,
) {
  const message = text.trim();
  const conversationId = conversation_id ?? null;
  if (message.startsWith("/") || message.length > questionLimit) return null;
  if (conversationId === null && message === "") return null;
  const attached = filesNamed(deps.files, fileIds(files));
  const fileCharacters = attached.reduce((sum, { characters }) => sum + (characters ?? 0), 0);
  const projectId = deps.projects?.get(project ?? "")?.id;
  const chosen =
    documents === undefined && conversationId !== null
      ? (deps.documents?.askedIn(conversationId) ?? [])
      : [
          ...documentIds(documents).flatMap((id) => deps.documents?.get(id) ?? []),
          ...(projectId === undefined ? [] : (deps.projects?.documents(projectId) ?? [])),
        ];
  try {
    const { values, settings } = deps.presets.valuesFor({ conversationId, preset });
    const draft = {
      ...{ conversationId, message, fileCharacters, documentCharacters: lengthTold(chosen) },
      maxTokens: values.max_tokens,
      projectId,
      instructions: settings?.instructions,
    };
    return (await deps.previewPrompt?.(draft, signal)) ?? null;
  } catch (error) {
    // Whoever sends the question is told.
    if (error instanceof AppError || signal.aborted) return null;
    throw error;
  }
}
