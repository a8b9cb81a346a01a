/** Of somebody of whom nothing is remembered: for pages that show other things. */
import type { MemoryPort } from "../../src/pages/page-ports.ts";

const none = () => Promise.reject(new Error("not asked for"));
export const noMemories: MemoryPort = {
  ...{
    memorize: none,
    memorizeAs: none,
    state: none,
    change: none,
    supersede: none,
    prefer: none,
    settle: none,
  },
  ...{ dismiss: none, importFrom: none, undoImport: none, forgetAll: none, bringBackAll: none, forget: none },
  ...{ bringBack: none, rememberExchanges: none },
  page: () => [],
  get: () => undefined,
  history: () => [],
  isCurrent: () => true,
  successorOf: () => null,
  contradicting: () => [],
  categories: () => [],
  canBringBack: () => false,
  remembersExchanges: () => true,
};
