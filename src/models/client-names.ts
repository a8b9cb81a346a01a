/**
 * The model names that common clients send by default. Such a name is no choice: like `phi3` it means the running model. A
 * model with such a name of its own is found before these.
 */

/**
 * GPT and o models of OpenAI and the models of Anthropic with their dated versions, and the Llama that the simple chat client
 * asks for.
 */
const chatNames =
  /^(?:gpt-(?:3\.5|4|4o|4\.1|4\.5|5)(?:[.-].*)?|chatgpt-4o-latest|o[134](?:-.*)?|claude-(?:(?:opus|sonnet|haiku|fable|mythos)-.*|[23][.-].*)|llama3(?:\.[0-9])?(?::.*)?)$/;
/** Of OpenAI, and of those that Ollama's programs use for vectors. */
const embeddingNames =
  /^(?:text-embedding-(?:3-small|3-large|ada-002)|(?:all-minilm|nomic-embed-text|mxbai-embed-large|embeddinggemma)(?::.*)?)$/;

export const isClientChatName = (name: string) => chatNames.test(name.toLowerCase());
export const isClientEmbeddingName = (name: string) => embeddingNames.test(name.toLowerCase());
