/** Attaches files without a script: the page comes again, with what was typed and a chip for each file. */
import { Elysia } from "elysia";
import { describeError } from "../http/html-reply.tsx";
import { receivedForm } from "../http/received-file.ts";
import type { OwnFiles } from "../workspace/files.ts";
import { newComposer, type PagesOf, renderChat } from "./render-chat.tsx";

export const attachPath = "/attach";

export const createAttachPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-attach" }).post(
    attachPath,
    async ({ request }) => {
      const deps = pagesOf(request);
      const { fields, files } = await receivedForm(request, deps.files.limits.largest);
      const conversation = deps.conversations.get(fields.conversation_id ?? "") ?? null;
      const ids = fileIds(fields.files);
      let problem: string | undefined;
      let status = 200;
      try {
        for (const file of files) ids.push((await deps.files.add(file, request.signal)).id);
      } catch (error) {
        const described = describeError(error);
        if (described.status === 500) deps.reportDefect(error);
        ({ message: problem, status } = described);
      }
      const composer = {
        ...newComposer(conversation?.id ?? null),
        text: fields.text ?? "",
        files: filesNamed(deps.files, ids),
        ...(problem === undefined ? {} : { problem }),
      };
      return renderChat(deps, { conversation, composer }, { status });
    },
    { detail: { hide: true } },
  );

/** The ids of a form's field. */
export const fileIds = (field = ""): string[] => field.split(",").filter((id) => id !== "");

/** Those that are there. */
export const filesNamed = (files: OwnFiles, ids: readonly string[]) =>
  ids.flatMap((id) => {
    const file = files.get(id);
    return file === undefined ? [] : [{ ...file, readCharacters: null }];
  });
