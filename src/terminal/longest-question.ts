/** How long a question may be, and what is said of one that is longer: before it is sent, since only here is known what it was made of. */

/** In UTF-16 units, as the server counts them: a client has nothing of the server's (tests compare the two). */
export const longestQuestion = 20_000;

/**
 * @param question what was typed
 * @param material what came through standard input
 * @returns a sentence, or null when both together are not too long
 */
export function whyTooLong(question: string, material: string, message: string): string | null {
  const surplus = message.length - longestQuestion;
  if (surplus <= 0) return null;
  const [what, verb] =
    material === ""
      ? ["The question", "has"]
      : question === ""
        ? ["The text of standard input", "has"]
        : ["The question and the text of standard input together", "have"];
  return `${what} ${verb} ${told(message.length)} characters, ${told(surplus)} more than the ${told(longestQuestion)} that one question may have. Send less of it, or ask about its parts one after the other.`;
}

const told = (count: number) => count.toLocaleString("en");
