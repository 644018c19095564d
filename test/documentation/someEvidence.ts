import { measurement, type EvidenceFile, type Measurement } from "../../src/core/Evidence.js";

/** An evidence file with these measurements. */
export function evidenceFile(id: string, ...measurements: readonly Measurement[]): EvidenceFile {
  return {
    id,
    seed: 1,
    inputs: {},
    source: "src",
    code: "0",
    engine: "typescript",
    labels: "simulated",
    madeBy: "reproduce",
    measurements,
    result: null,
  };
}

export const accuracy = measurement({
  id: "MP1.accuracy",
  meaning: "accuracy",
  value: 0.8364,
  unit: "share",
  interval: { low: 0.8301, high: 0.842, level: 0.95, method: "bootstrap" },
  n: 4001,
});
export const leaks = measurement({ id: "DQ2.leaks", meaning: "leaks", value: 0, unit: "leaks" });
export const batches = measurement({
  id: "DQ6.batches",
  meaning: "batches",
  value: null,
  unit: "batches",
  reason: "nobody wrote them down",
});
