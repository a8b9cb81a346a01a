import { expect, test } from "bun:test";
import { readHubName, writeHubName } from "../../../src/models/hub/hub-name.ts";
import { recommendedModels } from "../../../src/models/hub/recommended.ts";

test("each recommended model has a name of the hub that can be looked up, of its own", () => {
  for (const { hubName } of recommendedModels) {
    const name = readHubName(hubName);
    expect(name === null ? null : writeHubName(name)).toBe(hubName);
  }
  expect(new Set(recommendedModels.map(({ hubName }) => hubName)).size).toBe(recommendedModels.length);
});
