/** A database that becomes read-only in mid-answer, as it does when its disk fails or somebody locks it. */
import { canBeImmutable, setImmutable } from "../store/immutable.ts";
import type { Fault } from "./fault.ts";
import { refuseWrites } from "./refused-writes.ts";

export const readOnly: Fault = {
  name: "a database that becomes read-only in mid-answer",
  times: { long: 50, short: 3 },
  skip: () =>
    canBeImmutable()
      ? null
      : "It takes root, and a file system with immutable files (chattr +i), for the temporary folder.",
  run: (times, random) =>
    refuseWrites(
      {
        says: "is read-only, so nothing can be saved. Allow",
        begin: async (database) => {
          // Not its -shm, which is memory: to write to that would end the process, as a broken disk does not.
          const immutable = setImmutable([database, `${database}-wal`]);
          return { [Symbol.asyncDispose]: async () => immutable[Symbol.dispose]() };
        },
      },
      times,
      random,
    ),
};
