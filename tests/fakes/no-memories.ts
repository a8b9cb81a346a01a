/** Of somebody of whom nothing is remembered: for pages that show other things. */
import type { MemoryPort } from "../../src/pages/page-ports.ts";

const none = () => Promise.reject(new Error("not asked for"));
export const noMemories: MemoryPort = {
  state: none,
  memorizeAs: none,
  memorize: none,
  page: () => [],
  get: () => undefined,
  change: none,
  supersede: none,
  forget: none,
  bringBack: none,
  canBringBack: () => false,
  remembersExchanges: () => true,
  rememberExchanges: none,
};
