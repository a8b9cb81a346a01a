import { describeEngine } from "../contract/engine-contract.ts";
import { ScriptedEngine } from "./scripted-engine.ts";

describeEngine("scripted", async () => new ScriptedEngine());
