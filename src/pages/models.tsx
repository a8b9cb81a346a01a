/**
 * The models: a page that follows by itself, and forms that work without any script. It knows them by the shelf's report alone.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Elysia, t } from "elysia";
import { ComposerNote } from "../../views/fragments/composer.tsx";
import { HubFiles, hubFilesId } from "../../views/fragments/hub-files.tsx";
import { ModelShelfPanel, shelfId } from "../../views/fragments/model-shelf.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { ModelsPage } from "../../views/pages/models-page.tsx";
import type { FrameProps } from "../../views/props.ts";
import { toHtml } from "../../views/to-html.ts";
import { htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import { modelId, pullAction, pullActionOf, wantedName } from "../http/pull-fields.ts";
import { countedFrames } from "../sse/counted-frames.ts";
import { eventStreamResponse } from "../sse/event-stream.ts";
import type { ModelShelf } from "../status/model-shelf.ts";
import { panelFrames } from "./panel-frames.ts";
import { refusedForm } from "./refused-form.tsx";

interface ModelPagesDeps {
  /** @throws ForbiddenError for those who may not see it */
  readonly shelfOf: (request: Request) => ModelShelf;
  /** Has a model answer. @throws AppError */
  readonly use: (request: Request, id: string) => Promise<unknown>;
  readonly frameOf: (request: Request) => FrameProps;
  /** Logs an error that no one expected. */
  reportDefect(error: unknown): void;
  readonly isStillKnown?: (request: Request) => boolean;
  /** Counts a stream that they keep open; returns its end. @throws TooManyRequestsError */
  readonly openStream?: (request: Request) => () => void;
}

const hidden = { detail: { hide: true } };
const withId = { ...hidden, params: t.Object({ id: modelId }) };
/** Downloads tell of no change: they are looked at so often, in milliseconds. */
const lookAgainMs = 1_000;

/** The page itself; programs get JSON at its address (src/api/models.ts). */
export const modelsPage =
  ({ shelfOf, frameOf }: Pick<ModelPagesDeps, "shelfOf" | "frameOf">) =>
  (request: Request): Response =>
    htmlReply(<ModelsPage {...frameOf(request)} shelf={shelfOf(request).report()} />, 200, {
      vary: "accept",
    });

export const createModelPages = (deps: ModelPagesDeps) =>
  new Elysia({ name: "model-pages" })
    .get(
      "/models/live",
      ({ request, server }) => {
        server?.timeout(request, 0);
        const shelf = deps.shelfOf(request);
        const frames = panelFrames(request, {
          ...deps,
          html: () => toHtml(<ModelShelfPanel shelf={shelf.report()} />),
          changed: (signal) => delay(lookAgainMs, undefined, { signal }).catch(() => {}),
        });
        return eventStreamResponse(countedFrames(frames, deps.openStream?.(request)), request, {
          onDefect: deps.reportDefect,
        });
      },
      hidden,
    )
    .post("/models/find", ({ body, request }) => found(deps, request, body.name), {
      ...hidden,
      body: t.Object({ name: wantedName }),
    })
    .post(
      "/models/pull",
      ({ body: { name, use }, request }) =>
        changed(deps, request, (shelf) => shelf.pull(name, { use: use === "yes", signal: request.signal })),
      { ...hidden, body: t.Object({ name: wantedName, use: t.Optional(t.Literal("yes")) }) },
    )
    .post(
      "/models/pulls/:id/:action",
      ({ params: { id, action }, request }) =>
        changed(deps, request, (shelf) => shelf[pullActionOf(action)](id)),
      { ...hidden, params: t.Object({ id: modelId, action: pullAction }) },
    )
    .post(
      "/models/:id/use",
      ({ params: { id }, request }) => changed(deps, request, () => deps.use(request, id)),
      withId,
    )
    .post(
      "/models/:id/remove",
      ({ params: { id }, request }) => changed(deps, request, (shelf) => shelf.remove(id)),
      withId,
    );

async function found(deps: ModelPagesDeps, request: Request, wanted: string): Promise<Response> {
  const shelf = deps.shelfOf(request);
  try {
    const preview = await shelf.preview(wanted, request.signal);
    const { memoryBytes } = shelf.report();
    return htmlReply(
      isHtmx(request) ? (
        <>
          {/* What was pressed may stand far below. */}
          <Partial target={`#${hubFilesId}`} swap="innerHTML show:top">
            <HubFiles preview={preview} memoryBytes={memoryBytes} />
          </Partial>
          <NoProblem />
        </>
      ) : (
        <ModelsPage {...deps.frameOf(request)} shelf={shelf.report()} wanted={wanted} preview={preview} />
      ),
    );
  } catch (error) {
    return refused(deps, request, error, wanted);
  }
}

/** What was wrong before is no more. */
const NoProblem = () => (
  <Partial target="#composer-note" swap="innerHTML">
    <ComposerNote problem={null} />
  </Partial>
);

async function changed(
  deps: ModelPagesDeps,
  request: Request,
  change: (shelf: ModelShelf) => unknown,
): Promise<Response> {
  try {
    const shelf = deps.shelfOf(request);
    await change(shelf);
    if (!isHtmx(request)) return seeOther("/models");
    return htmlReply(
      <>
        <Partial target={`#${shelfId}`} swap="innerMorph">
          <ModelShelfPanel shelf={shelf.report()} />
        </Partial>
        <NoProblem />
      </>,
    );
  } catch (error) {
    return refused(deps, request, error);
  }
}

function refused(deps: ModelPagesDeps, request: Request, error: unknown, wanted?: string): Response {
  return refusedForm({
    ...{ request, error, reportDefect: (defect) => deps.reportDefect(defect) },
    page: (problem) => (
      <ModelsPage
        {...deps.frameOf(request)}
        shelf={deps.shelfOf(request).report()}
        problem={problem}
        {...(wanted === undefined ? {} : { wanted })}
      />
    ),
  });
}
