/**
 * What runs, and the means to start and stop it and to change its model: a page that follows by itself, and forms that work
 * without any script. It knows the engines by their reports alone.
 */
import { Elysia, t } from "elysia";
import { Partial } from "../../views/fragments/partial.tsx";
import { StatusPanel, statusPanelId } from "../../views/fragments/status-panel.tsx";
import { StatusPage } from "../../views/pages/status-page.tsx";
import type { FrameProps, StatusProps } from "../../views/props.ts";
import { toHtml } from "../../views/to-html.ts";
import { InvalidRequestError } from "../errors.ts";
import { actionName, actionOf, engineName } from "../http/engine-fields.ts";
import { htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import { countedFrames } from "../sse/counted-frames.ts";
import { eventStreamResponse } from "../sse/event-stream.ts";
import type { StatusPort } from "../status/status-report.ts";
import { say } from "../texts/say.ts";
import { panelFrames } from "./panel-frames.ts";
import { refusedForm } from "./refused-form.tsx";

interface StatusDeps {
  readonly status: StatusPort;
  readonly frameOf: (request: Request) => FrameProps;
  /** Logs an error that no one expected. */
  reportDefect(error: unknown): void;
  /** Whether the user still has access: a stream may outlast a login. */
  readonly isStillKnown?: (request: Request) => boolean;
  /** Counts a stream that they keep open; returns its end. @throws TooManyRequestsError */
  readonly openStream?: (request: Request) => () => void;
  /** Milliseconds between two frames at least, however much changes. */
  readonly frameIntervalMs?: number;
  /** Milliseconds after which a frame is made though nothing told of a change: durations and memory go on. */
  readonly refreshMs?: number;
}

const hidden = { detail: { hide: true } };

/** The dependencies of the routes: the status for an identity. */
type StatusPagesDeps = Omit<StatusDeps, "status"> & {
  /** @throws ForbiddenError for those who may not see it */
  readonly statusOf: (request: Request) => StatusPort;
};

export const createStatusPages = ({ statusOf, ...rest }: StatusPagesDeps) => {
  const depsOf = (request: Request): StatusDeps => ({ ...rest, status: statusOf(request) });
  return new Elysia({ name: "status-pages" })
    .get(
      "/status",
      ({ request }) => htmlReply(<StatusPage {...rest.frameOf(request)} status={propsOf(depsOf(request))} />),
      hidden,
    )
    .get(
      "/status/live",
      ({ request, server }) => {
        server?.timeout(request, 0);
        const deps = depsOf(request);
        const frames = panelFrames(request, {
          ...rest,
          html: () => panelHtml(deps),
          changed: (signal) => deps.status.changed(signal),
        });
        return eventStreamResponse(countedFrames(frames, rest.openStream?.(request)), request, {
          onDefect: rest.reportDefect,
        });
      },
      hidden,
    )
    .post(
      "/status/:engine/load",
      ({ params: { engine }, body, request }) => {
        const deps = depsOf(request);
        return steeredReply(deps, request, () => deps.status.load(engine, chosenModel(body.model)));
      },
      {
        ...hidden,
        params: t.Object({ engine: engineName }),
        body: t.Object({ model: t.Optional(t.String({ maxLength: 200 })) }),
      },
    )
    .post(
      "/status/:engine/:action",
      ({ params: { engine, action }, request }) => {
        const deps = depsOf(request);
        return steeredReply(deps, request, () => deps.status.act(engine, actionOf(action)));
      },
      { ...hidden, params: t.Object({ engine: engineName, action: actionName }) },
    );
};

const panelHtml = (deps: StatusDeps) => toHtml(<StatusPanel status={propsOf(deps)} />);

const panelReply = (deps: StatusDeps) =>
  htmlReply(
    <Partial target={`#${statusPanelId}`} swap="innerMorph">
      <StatusPanel status={propsOf(deps)} />
    </Partial>,
  );

async function steeredReply(
  deps: StatusDeps,
  request: Request,
  steer: () => Promise<void>,
): Promise<Response> {
  try {
    await steer();
    return isHtmx(request) ? panelReply(deps) : seeOther("/status");
  } catch (error) {
    return refusedReply(deps, error, request);
  }
}

const refusedReply = (deps: StatusDeps, error: unknown, request: Request): Response =>
  refusedForm({
    ...{ request, error, reportDefect: (defect) => deps.reportDefect(defect) },
    page: (problem) => <StatusPage {...deps.frameOf(request)} status={propsOf(deps)} problem={problem} />,
  });

function chosenModel(model: string | undefined): string {
  if (model === undefined || model === "") throw new InvalidRequestError(say`Choose a model first.`);
  return model;
}

function propsOf({ status }: StatusDeps): StatusProps {
  const report = status.report();
  const engines = report.engines.map(({ status: { engine: name, ...state }, ...rest }) => ({
    name,
    ...state,
    ...rest,
  }));
  return { ...report, engines, now: Date.now() };
}
