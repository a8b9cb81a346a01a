/**
 * What runs, and the means to start and stop it and to change its model: a page that follows by itself, forms that work
 * without any script, and the same as JSON. It knows the engines by their reports alone.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Elysia, t } from "elysia";
import { ComposerNote } from "../../views/fragments/composer.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { StatusPanel, statusPanelId } from "../../views/fragments/status-panel.tsx";
import { StatusPage } from "../../views/pages/status-page.tsx";
import type { AssetUrl, StatusProps } from "../../views/props.ts";
import { toHtml } from "../../views/to-html.ts";
import { InvalidRequestError } from "../errors.ts";
import { countedFrames } from "../sse/counted-frames.ts";
import { encodeFrame, eventStreamResponse } from "../sse/event-stream.ts";
import { described, jsonReply, type Told } from "./openapi/described.ts";
import { describeError, htmlReply, isHtmx, seeOther } from "./page-replies.tsx";
import { StatusFacts, Steered, statusFacts } from "./status-facts.ts";
import type { EngineAction, StatusPort } from "./status-port.ts";

export interface StatusDeps {
  readonly status: StatusPort;
  /** The address of a static file, from createStaticFiles. */
  readonly asset: AssetUrl;
  /** Logs an error that no one expected. */
  reportDefect(error: unknown): void;
  /** Whether whoever asked may still look: a stream may outlast a login. */
  readonly isStillKnown?: (request: Request) => boolean;
  /** Counts a stream that they keep open; returns its end. @throws TooManyRequestsError */
  readonly openStream?: (request: Request) => () => void;
  /** Milliseconds between two frames at least, however much changes. */
  readonly frameIntervalMs?: number;
  /** Milliseconds after which a frame is made though nothing told of a change: durations and memory go on. */
  readonly refreshMs?: number;
}

const actions: readonly EngineAction[] = ["start", "stop", "restart"];
const hidden = { detail: { hide: true } };
const engineName = t.String({ minLength: 1, maxLength: 100, examples: ["llama"] });
const actionName = t.String({ maxLength: 20, "x-takes": { type: "string", enum: actions } });
const modelName = t.String({ minLength: 1, maxLength: 200, description: "One of the engine's models" });
const steerErrors = { 404: "There is no such engine or model.", 503: "It cannot be done at present." };

/** What the routes are given: the status for whoever asks. */
export type StatusRoutesDeps = Omit<StatusDeps, "status"> & {
  /** @throws ForbiddenError for those who may not see it */
  readonly statusOf: (request: Request) => StatusPort;
};

export const createStatusRoutes = ({ statusOf, ...rest }: StatusRoutesDeps) => {
  const depsOf = (request: Request): StatusDeps => ({ ...rest, status: statusOf(request) });
  return new Elysia({ name: "status", tags: ["status"] })
    .get(
      "/status",
      ({ request }) => htmlReply(<StatusPage asset={rest.asset} status={propsOf(depsOf(request))} />),
      hidden,
    )
    .get(
      "/status/live",
      ({ request, server }) => {
        server?.timeout(request, 0);
        const frames = statusFrames(depsOf(request), request);
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
    )
    .get("/api/status", ({ request }) => statusFacts(statusOf(request).report()), {
      detail: described({
        summary: "What runs: every engine, the queue, and what was done since the start",
        description:
          "Durations are in milliseconds, times in ISO 8601, memory in bytes, utilisation from 0 to 1; null is unknown.",
        replies: { 200: jsonReply("How it is.", StatusFacts) },
      }),
    })
    .post(
      "/api/engines/:name/load",
      async ({ params: { name }, body: { model }, request }): Promise<Told<typeof Steered>> => {
        await statusOf(request).load(name, model);
        return { success: true, engine: name, action: "load", model };
      },
      {
        params: t.Object({ name: engineName }),
        body: t.Object({ model: modelName }, { examples: [{ model: "smollm2-135m-instruct" }] }),
        detail: described({
          summary: "Put another model in the place of the one that an engine runs",
          description:
            "Running answers finish first, new ones wait. Replies when that has begun; GET /api/status lists each " +
            "engine's models and tells how it goes on.",
          replies: { 200: jsonReply("It has begun.", Steered) },
          errors: steerErrors,
        }),
      },
    )
    .post(
      "/api/engines/:name/:action",
      async ({ params: { name, action: word }, request }): Promise<Told<typeof Steered>> => {
        const action = actionOf(word);
        await statusOf(request).act(name, action);
        return { success: true, engine: name, action };
      },
      {
        params: t.Object({ name: engineName, action: actionName }),
        detail: described({
          summary: "Start, stop or restart an engine",
          description: "Replies when that has begun; GET /api/status tells how it goes on.",
          replies: { 200: jsonReply("It has begun.", Steered) },
          errors: steerErrors,
        }),
      },
    );
};

/**
 * The whole panel each time it looks different, so that a reader who comes back lacks nothing.
 * @param request of the reader
 */
async function* statusFrames(deps: StatusDeps, request: Request): AsyncGenerator<string, void, undefined> {
  const { signal } = request;
  const { frameIntervalMs = 1000, refreshMs = 5000 } = deps;
  let sent = "";
  while (!signal.aborted && deps.isStillKnown?.(request) !== false) {
    const round = new AbortController();
    const leaving = AbortSignal.any([signal, round.signal]);
    // Asked before the report is made: a change between the two would otherwise be seen late.
    const changed = deps.status.changed(leaving);
    try {
      const html = panelHtml(deps);
      if (html !== sent) yield encodeFrame({ data: html });
      sent = html;
      await pause(frameIntervalMs, leaving);
      await Promise.race([changed, pause(refreshMs, leaving)]);
    } finally {
      round.abort();
    }
  }
}

/** Ends early when aborted. */
const pause = (milliseconds: number, signal: AbortSignal) =>
  delay(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

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
    return refusedReply(deps, error, isHtmx(request));
  }
}

function refusedReply(deps: StatusDeps, error: unknown, htmx: boolean): Response {
  const { status, message, headers } = describeError(error);
  if (status === 500) deps.reportDefect(error);
  const reply = htmx ? (
    <Partial target="#composer-note" swap="innerHTML">
      <ComposerNote problem={message} />
    </Partial>
  ) : (
    <StatusPage asset={deps.asset} status={propsOf(deps)} problem={message} />
  );
  return htmlReply(reply, status, headers);
}

/** By hand: a check by schema would not name what there is. */
function actionOf(text: string): EngineAction {
  const action = actions.find((known) => known === text);
  if (action === undefined) throw new InvalidRequestError("action must be start, stop or restart.");
  return action;
}

function chosenModel(model: string | undefined): string {
  if (model === undefined || model === "") throw new InvalidRequestError("Choose a model first.");
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
