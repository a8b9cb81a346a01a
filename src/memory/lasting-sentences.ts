/**
 * The sentences of a user's message that may state something lasting: a rule, a preference, a decision, a fact about them. It is a
 * first, cheap sieve in English, German and Spanish, so that a model is asked about few messages; which of them last is the
 * model's to say. What is quoted, pasted as a table or written as code is not the user's own.
 */
import { requestToRemember } from "./stated-fact.ts";

/** In UTF-16 units. */
const longestMessage = 4_000;
const [shortest, longest] = [10, 400];
const mostSentences = 8;

/** Of oneself, or of what always holds. */
const ofOneself =
  /(?<!\p{L})(?:i|i['’](?:m|ve|d|ll)|my|mine|me|we|our|us|never|always|from now on|ich|mein\p{L}*|mir|mich|wir|unser\p{L}*|nie|niemals|immer|ab jetzt|yo|mis?|me|nos|nuestr\p{L}+|nunca|jamás|siempre|a partir de ahora|soy|tengo|quiero|prefiero|gano|ahorro|invierto|opero|arriesgo)(?!\p{L})/iu;
/** What they ask for now. */
const asksFor =
  /^(?:please|tell|show|give|explain|help|write|make|list|compute|calculate|compare|can|could|would|will|what|how|why|when|where|which|who|is|are|do|does|did|should|may|bitte|zeig|sag|erkläre?|gib|hilf|schreib|berechne|vergleiche|kannst|könntest|was|wie|warum|wann|wo|welche\p{L}*|wer|ist|sind|soll|darf|por favor|dime|muestra|explica|ayuda|escribe|calcula|compara|puedes|podrías|qué|cómo|por qué|cuándo|dónde|cuál\p{L}*|quién|debo)(?!\p{L})/iu;
/** What it speaks of stands in another sentence. */
const pointsBack =
  /^(?:it|this|that|these|those|they|he|she|das|dies\p{L}*|es|sie|er|esto|eso|ella|él)(?!\p{L})/iu;

/** @returns as they stand in the message; none of one that is a request to remember, which is stored already */
export function lastingSentences(message: string): readonly string[] {
  if (message.length > longestMessage || requestToRemember(message) !== null) return [];
  const own = message
    .replaceAll(/```[\s\S]*?(?:```|$)/g, "\n")
    .split("\n")
    .filter((line) => !/^\s*(?:>|\|)/.test(line));
  return own
    .flatMap((line) => [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(line)])
    .map(({ segment }) => segment.trim())
    .filter(
      (sentence) =>
        sentence.length >= shortest &&
        sentence.length <= longest &&
        !/[?¿]/.test(sentence) &&
        !/["“”„«»]/.test(sentence) &&
        ofOneself.test(sentence) &&
        !asksFor.test(sentence) &&
        !pointsBack.test(sentence),
    )
    .slice(0, mostSentences);
}
