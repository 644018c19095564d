import { expect, it } from "vitest";
import { splitByBatch } from "../../../src/problems/phase/phaseTable.js";
import { plantedLeaks } from "../../../src/analyses/03-balancing/plantedLeaks.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { leakageAudit, leakKinds } from "../../../src/validation/leakage/leakageAudit.js";

it("the audit finds one planted leak of every kind that it knows, in a split that it finds clean", async () => {
  const { table } = await generateExperiments({ rows: 2000, seed: 3 });
  const split = splitByBatch(table, 3);
  const options = {
    features: [
      "temperatureCelsius",
      "timeSecond",
      "caesiumMolar",
      "leadMolar",
      "bromideMolar",
      "oleicAcidMolar",
      "oleylamineMolar",
      "waterFraction",
      "route",
    ],
    label: "phase",
    groups: ["batch"],
    synthetic: new Uint8Array(2000),
  };
  expect(leakageAudit(table, split, options).clean).toBe(true);
  const planted = plantedLeaks(table, split, options);
  expect(planted.map(({ kind }) => kind)).toEqual([...leakKinds]);
  for (const { kind, report } of planted) expect(report.counts[kind]).toBeGreaterThan(0);
});
