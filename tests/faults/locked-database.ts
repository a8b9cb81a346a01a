/** Another program that takes the database in mid-answer, for longer than anybody waits for it. */
import { join } from "node:path";
import type { Fault } from "./fault.ts";
import { refuseWrites } from "./refused-writes.ts";

export const lockedDatabase: Fault = {
  name: "a database that another program locks in mid-answer",
  times: { long: 50, short: 3 },
  run: (times, random) =>
    refuseWrites(
      {
        says: "Another program has locked the database",
        begin: async (database) => {
          const holder = Bun.spawn(
            [process.execPath, join(import.meta.dir, "fixtures/hold-lock.ts"), database],
            { stdio: ["pipe", "pipe", "inherit"] },
          );
          await holder.stdout.getReader().read();
          return {
            [Symbol.asyncDispose]: async () => {
              await holder.stdin.end();
              await holder.exited;
            },
          };
        },
      },
      times,
      random,
    ),
};
