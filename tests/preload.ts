/** Every test file runs this first (bunfig.toml). A slow machine, or one that is shared, needs more than the usual 5 s. */
import { setDefaultTimeout } from "bun:test";

setDefaultTimeout(30_000);
