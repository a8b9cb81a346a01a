/** The groups of addresses in the document. */

export const tags = [
  { name: "chat", description: "Ask, and get answers." },
  { name: "openai", description: "The OpenAI-compatible interface." },
  { name: "anthropic", description: "The Anthropic-compatible interface." },
  { name: "ollama", description: "The Ollama-compatible interface." },
  { name: "llama.cpp", description: "The interface of llama.cpp's server." },
  { name: "generations", description: "One answer: read it again, stop it, continue it." },
  { name: "conversations", description: "Conversations: list, change, branch, export and import them." },
  { name: "memory", description: "Memories." },
  { name: "presets", description: "Instructions, model, sampling and memory under a name." },
  { name: "tools", description: "Tools of other programs: their servers, rules, and calls that wait." },
  { name: "settings", description: "Your settings: the profile, how answers are made, and how pages look." },
  {
    name: "finance",
    description: "Calculators, the facts that they give, and the instruments that they know.",
  },
  {
    name: "data",
    description: "Prices: files that are imported, the series that they become, and their bars.",
  },
  { name: "status", description: "The state of the program, and the control of its engines." },
  { name: "health", description: "Health checks." },
];
