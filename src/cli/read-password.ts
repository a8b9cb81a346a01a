/** Reads a password: from a terminal without showing it, otherwise the first line of standard input. */
import { SettingsError } from "../errors.ts";

const enter = new Set(["\r", "\n", "\u0004"]);
const erase = new Set(["\u007f", "\b"]);
const interrupt = "\u0003";

/**
 * On a terminal it asks twice, since the input is not shown.
 * @throws SettingsError when the two differ, or the input was cancelled
 */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return ((await Bun.stdin.text()).split(/\r?\n/)[0] ?? "").trimEnd();
  const once = await typed("Password: ");
  const again = await typed("Password again: ");
  if (once !== again) throw new SettingsError("The two passwords differ. Nothing was changed.");
  return once;
}

function typed(prompt: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const { stdin, stdout } = process;
  let text: string[] = [];
  const end = () => {
    stdin.off("data", onData);
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write("\n");
  };
  const onData = (data: Buffer) => {
    for (const sign of data.toString("utf8")) {
      if (sign === interrupt) {
        end();
        reject(new SettingsError("Cancelled. Nothing was changed."));
        return;
      }
      if (enter.has(sign)) {
        end();
        resolve(text.join(""));
        return;
      }
      text = erase.has(sign) ? text.slice(0, -1) : [...text, sign];
    }
  };
  stdout.write(prompt);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on("data", onData);
  return promise;
}
