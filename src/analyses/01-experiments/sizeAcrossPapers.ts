import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import { seededRandom } from "../../core/random/Random.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { sizeLawAcrossPapers, squaredError } from "../../problems/published/sizeLawAcrossPapers.js";
import { publishedFile } from "./publishedFile.js";

/** Which law was carried from paper to paper; how well it did is in the measurements. */
export interface SizeTransfer {
  readonly law: string;
}

/**
 * Does a size law that holds within laboratories hold in the
 * next one? Fitted on all papers but one, tested on that one.
 */
export async function sizeAcrossPapers({ seed }: { readonly seed: number }): Promise<EvidenceFile<SizeTransfer>> {
  return recordedEvidence(
    {
      id: "01-experiments-size-transfer",
      inputs: [publishedFile("recipes")],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
    },
    async () => {
      const { target, byLaw, byMean, papers, folds } = await sizeLawAcrossPapers(
        (await readRealTable("recipes")).table,
      );
      const random = seededRandom(seed).fork("size");
      const whole = Uint32Array.from(target.keys());
      const baseline = explainedOfRows(target, byMean)(whole);
      const statistic = explainedOfRows(target, byLaw);
      const gain = (rows: Uint32Array): number =>
        1 - squaredError(target, byLaw, rows) / squaredError(target, byMean, rows);
      return {
        result: { law: "ln D = a + b T + c ln(Br:Pb) + d ln(OAm:Pb + 0.5) + e ln t" },
        measurements: [
          measurement({
            id: "size.r2NextPaper",
            meaning: "R² of ln(size) on the paper left out",
            value: statistic(whole),
            unit: "1",
            ...groupInterval(papers, statistic, random.fork("r2"), { unit: "paper", kind: "explained" }),
            n: target.length,
            baseline,
          }),
          measurement({
            id: "size.gainOverMean",
            meaning: "share of the mean predictor's squared error that the law removes on the paper left out",
            value: gain(whole),
            unit: "share",
            ...groupInterval(papers, gain, random.fork("gain"), { unit: "paper", kind: "explained" }),
            n: target.length,
            baseline: 0,
          }),
          measurement({
            id: "size.papers",
            meaning: "papers, each left out once",
            value: folds,
            unit: "papers",
          }),
        ],
      };
    },
  );
}
