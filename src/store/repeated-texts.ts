/**
 * Texts that many answers have alike: their rows name them by number, and each stands once. Two triggers erase a text with
 * the last answer that has it. It knows nothing of what the texts say.
 */
import { createHash } from "node:crypto";
import type { StoreDatabase } from "./connection.ts";
import { storing } from "./sqlite-errors.ts";

export interface RepeatedTexts {
  /** Inside the transaction in which a row begins to name it. @returns its number; null for '' */
  numberOf(content: string): number | null;
}

export function createRepeatedTexts({ $client: client }: StoreDatabase): RepeatedTexts {
  const find = client.prepare<{ id: number }, [string]>("SELECT id FROM repeated_texts WHERE hash = ?");
  const insert = client.prepare<{ id: number }, [string, string]>(
    "INSERT INTO repeated_texts (hash, content) VALUES (?, ?) RETURNING id",
  );
  return {
    numberOf(content) {
      if (content === "") return null;
      const hash = createHash("sha256").update(content).digest("hex");
      return storing(() => (find.get(hash) ?? insert.get(hash, content))?.id ?? null);
    },
  };
}
