/**
 * What the form of a question says of whether memories bear on it: questions about oneself do, questions of general knowledge
 * and tasks seldom do. Bare words, as one types them to look something up, count as about oneself.
 */
import { stopWords } from "./stop-words.ts";

/** Where verbs alone say it, or in a language that is not here, a question counts as a general one. */
const firstPerson = wordSet(`i me my mine myself we us our ours ourselves
  ich mich mir mein meine meinen meinem meiner meines wir uns unser unsere unserem unseren unserer
  je moi mon ma mes nous notre nos yo mi mis nosotros nuestro nuestra io mio mia miei noi nostro nostra ik mij mijn wij onze`);

/** "What is a pip?", "How does a bank make money?" */
const general =
  /^\s*(?:(?:what|who|which|was|wer|que|qu'est-ce qu|qué|quién)\W+(?:'s|is|are|was|were|does|do|ist|sind|bedeutet|invented|wrote|es|son|une?)\b|(?:how|why|when|where|wie|warum|comment|cómo|por qué)\s+(?:is|are|do|does|did|can|far|many|was|were|funktionier\w*|fonctionne\w*|funciona\w*)\b)/i;

/** "Write a poem for my sister": what is asked for is made, not remembered. */
const task =
  /^\s*(?:(?:please|can you|could you|bitte|kannst du|puedes)\s+)*(?:write|explain|tell|translate|summari[sz]e|suggest|recommend|convert|name|give|list|describe|draft|help|show|teach|schreibe?|erkläre?|erzähle?|übersetze?|escribe|explica|traduce|cuéntame)\b/i;

/** The embedding model was trained on English: other languages lie near to each other, whatever they say. */
const otherLanguages =
  wordSet(`der die das und ist wie was wer wann wo mein meine meiner ich nicht ein eine wird für welche welcher habe
  kann darf le la les est mon ma mes quel quelle que qui combien comment où je ai el los las es mi mis cuál cuánto cómo quién`);

export interface QuestionForm {
  readonly isAboutOneself: boolean;
  /** It asks what something is, and not of oneself. */
  readonly isGeneral: boolean;
  readonly isTask: boolean;
  readonly isForeign: boolean;
}

export function formOf(question: string): QuestionForm {
  const words = question.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const isAboutOneself =
    words.some((word) => firstPerson.has(word)) || words.every((word) => !stopWords.has(word));
  return {
    isAboutOneself,
    isGeneral: !isAboutOneself && general.test(question),
    isTask: task.test(question),
    isForeign: words.filter((word) => otherLanguages.has(word)).length >= 2,
  };
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
