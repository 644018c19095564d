import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { projectPath } from "../../src/io/projectPath.js";
import { initialWeights } from "../../src/training/initialWeights.js";
import { predictMany } from "../../src/training/predictMany.js";
import { learnable } from "./tasks.js";

const isBuilt = existsSync(projectPath("dist", "training", "predictionWorker.js"));
if (!isBuilt) console.warn("tests of prediction in threads are skipped: dist is not here; run npm run build");

const { features, classes } = learnable(500);
const architecture = { features: features.names, hidden: [16, 16], activation: "relu" as const, classes, targets: [] };
const networks = Array.from({ length: 5 }, (_, i) => ({
  ...architecture,
  weights: initialWeights(architecture, seededRandom(i)),
}));

describe("predictMany", () => {
  it.skipIf(!isBuilt)("gives the same bytes with 1, 2 and 3 threads, in the order of the networks", async () => {
    const alone = await predictMany(networks, features);
    for (const workers of [2, 3]) expect(await predictMany(networks, features, { workers })).toEqual(alone);
    expect(alone[0]).not.toEqual(alone[1]);
  });

  it.skipIf(!isBuilt)("refuses features that do not fit, in threads as without", async () => {
    const bad = { ...features, values: features.values.map((value, i) => (i === 9 ? NaN : value)) };
    for (const workers of [1, 2])
      await expect(predictMany(networks, bad, { workers })).rejects.toThrow(/row 1, column c must be finite; got NaN/);
    await expect(predictMany(networks, features, { workers: 0 })).rejects.toThrow("from 1 to 64; got 0");
  });
});
