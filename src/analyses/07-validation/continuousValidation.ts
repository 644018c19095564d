import type { EvidenceFile } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import {
  demonstratedValidation,
  type DemonstratedValidation,
} from "../../problems/registered/demonstratedValidation.js";

/**
 * Notebook 07: registered predictions of the demonstration, scored when its outcomes come; the check PI8. Its age is
 * that of the newest rehearsal which proved the same (`twin validate --rehearsals`).
 */
export async function continuousValidation(): Promise<EvidenceFile<DemonstratedValidation["result"]>> {
  return recordedEvidence(
    {
      id: "07-validation-continuous",
      inputs: ["anchors.jsonl", "ledger.jsonl", "outcomes.csv", "recipes.csv"].map(
        (name) => `data/demonstration/${name}`,
      ),
      source: moduleSource(import.meta.url),
      labels: "simulated",
    },
    () => demonstratedValidation(),
  );
}
