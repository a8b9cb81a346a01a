import { Type } from "@sinclair/typebox";
import { lastSession, type SessionParameters, sessionFields } from "./last-session.ts";
import type { Statistic } from "./statistic.ts";

export const sessionLevels: Statistic<SessionParameters> = {
  name: "session-levels",
  version: 1,
  title: "Levels of the session before",
  summary: "High, low and close of the last day, week or month that is over.",
  parameters: Type.Object(sessionFields),
  formula:
    "high = highest high, low = lowest low, close = last close of the bars of the session; a session is a day, a week from Monday or a month by the clock of the zone, and the data holds a bar before it",
  source: "Murphy, Technical Analysis of the Financial Markets, 1999, chapter 4",
  series: 1,
  sessionOf: ({ session }) => session,
  compute: (bars, parameters) => ({
    results: lastSession(bars, parameters).results,
    ...{ warnings: [], assumptions: [] },
  }),
};
