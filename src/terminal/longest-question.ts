/** The limit of a question, checked before it is sent: only the client knows how the question was made. */

/** In UTF-16 units, as the server counts them: a client imports nothing of the server's (tests compare the two). */
export const longestQuestion = 20_000;

/**
 * @param question typed by the user
 * @param material from standard input
 * @returns a sentence; null when both together are not too long
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
  return `${what} ${verb} ${count(message.length)} characters, ${count(surplus)} more than the ${count(longestQuestion)} that one question may have. Send less, or ask about one part after the other.`;
}

const count = (characters: number) => characters.toLocaleString("en");
