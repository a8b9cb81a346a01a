/** Every test file runs this first (bunfig.toml): a limit for what hangs, far beyond what a slow, shared machine needs. */
import { setDefaultTimeout } from "bun:test";

setDefaultTimeout(120_000);
