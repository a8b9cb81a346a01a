/** Reads llama-server's loading progress, and its problems, from its log. */
import { type LoadingProgress, type Phase, progressIn } from "../launch/loading-progress.ts";

const phases: readonly Phase[] = [
  { name: "loading weights", line: /loading model '|load_model: loading model()/, from: 0.1, to: 0.1 },
  { name: "loading weights", line: /llama_model_loader: loaded meta data()/, from: 0.15, to: 0.15 },
  { name: "loading weights", line: /load_tensors: ()/, from: 0.2, to: 0.2 },
  { name: "warming up", line: /llama_context: constructing()/, from: 0.7, to: 0.7 },
  { name: "warming up", line: /warming up the model()/, from: 0.85, to: 0.85 },
  { name: "warming up", line: /(?:initializing slots|model loaded)()/, from: 0.95, to: 0.95 },
];

export const progressAfter = (before: LoadingProgress, line: string): LoadingProgress =>
  progressIn(phases, before, line);

/** The reason why llama-server cannot start, from a line of its log, with the next step; null: none. */
export function problemIn(line: string): string | null {
  const argument = /error: invalid argument: (\S+)/.exec(line)?.[1];
  if (argument !== undefined)
    return `This llama-server does not know ${argument}: it is too old, or LLAMA_SERVER_ARGS is wrong. Update it, or correct that.`;
  return problems.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}

const problems: readonly (readonly [RegExp, string])[] = [
  [
    /failed to allocate|unable to allocate|out of memory|std::bad_alloc/i,
    "There is too little memory for this model and context. Set LLAMA_CONTEXT or LLAMA_PARALLEL lower, or choose a smaller model.",
  ],
  [
    /unknown model architecture|unknown pre-tokenizer|invalid magic|failed to load model|error loading model/i,
    "This llama-server cannot load the model's file. Update llama-server, or choose another model.",
  ],
  [
    /error while loading shared libraries/i,
    "A library of llama-server is missing. Install llama.cpp whole, or set LLAMA_SERVER_COMMAND to another one.",
  ],
  [/couldn't bind|address already in use/i, "Another program uses its port. Start again."],
];
