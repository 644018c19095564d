import { percent } from "../../core/percent.js";
import { calibrate } from "../../calibration/calibrate.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { wilsonInterval } from "../../core/statistics/wilsonInterval.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { abstentionPolicy, answeredRows } from "../../uncertainty/selective/abstentionPolicy.js";
import { topLabelErrors } from "../../uncertainty/selective/topLabelErrors.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { batchCodes, batchEstimate, meanOfRows } from "../../problems/phase/batchSums.js";
import { elsewhereAuc } from "./elsewhereAuc.js";
import { falseAlarm, homeCheck } from "./homeCheck.js";
import { phaseRandom } from "../../problems/phase/phaseExperiments.js";
import type { UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** Whether a recipe is one that the model can know about, and whether the model is sure enough to answer. */
export interface DomainReport {
  /** Chance that a recipe from elsewhere looks stranger than a test row, by each sign. */
  readonly scores: readonly { readonly name: string; readonly auroc: Estimate }[];
  readonly falseAlarm: { readonly stated: number; readonly measured: Estimate };
  /** Share of recipes from elsewhere that are called outside. */
  readonly caught: number;
  readonly policy: {
    readonly wantedRisk: number;
    readonly threshold: number | null;
    readonly promisedBound: number | null;
    readonly answered: Estimate;
    readonly risk: Estimate;
  };
  readonly testRows: number;
  readonly elsewhereRows: number;
  readonly table: ShownTable;
}

const wantedRisk = 0.05;
/** Of 1 - max p, chosen before any row was seen: from all but sure to anything. */
const thresholds = Array.from({ length: 30 }, (_, i) => 0.02 * (i + 1));
/**
 * Distance from the training rows and the ensemble's disagreement together tell recipes
 * from elsewhere; the check VR8. Then the policy that answers only where sure and at home.
 */
export async function domainCheck(models: UncertainModels): Promise<EvidenceFile<DomainReport>> {
  const { data, ensemble, fitRows, someTestRows, elsewhere } = models;
  const { seed, table, features } = data;
  return recordedEvidence(
    {
      id: "06-calibration-domain",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: uncertaintyEngine,
      labels: "simulated",
    },
    async () => {
      const random = phaseRandom(seed, "domain");
      const { ranked, atHome, strangeness, check } = await homeCheck(models);
      const [test, fit] = [someTestRows, fitRows].map((rows) => selectMatrixRows(features, rows));
      const [inside, outside, fitted] = [
        await strangeness(test),
        await strangeness(elsewhere),
        await ensemble.predictive(fit),
      ];
      const [own, foreign] = [inside, outside].map(({ distance: far, epistemic }) => check([far, epistemic]));
      const batches = batchCodes(table, someTestRows);
      const auroc = (
        name: string,
        sign: string,
        here: ArrayLike<number>,
        there: ArrayLike<number>,
      ): DomainReport["scores"][number] => ({ name, auroc: elsewhereAuc(models, sign, here, there) });
      const strange = ({ pValues }: typeof own): Float64Array => pValues.map((p) => -p);
      const scores = [
        auroc("distance", "distance", inside.distance, outside.distance),
        auroc("disagreement of the ensemble", ensemble.name, inside.epistemic, outside.epistemic),
        auroc("both together", "both", strange(own), strange(foreign)),
      ];
      const alarms = meanOfRows(
        own.inDomain.map((inDomain) => 1 - inDomain),
        batches,
      );
      const alarmRate = batchEstimate(batches.batches, alarms, random.fork("alarms"));

      const temperature = fitTemperature(labelsOf(data.labels, fitRows), fitted.probabilities);
      const chosen = topLabelErrors(labelsOf(data.labels, ranked), calibrate(temperature, atHome.probabilities));
      const policy = abstentionPolicy(chosen.errors, chosen.uncertainty, thresholds, { risk: wantedRisk });
      const { errors, uncertainty } = topLabelErrors(
        labelsOf(data.labels, someTestRows),
        calibrate(temperature, inside.probabilities),
      );
      const answered = answeredRows(policy, uncertainty, own.inDomain);
      const risk = batchEstimate(batches.batches, meanOfRows(errors, batches, answered), random.fork("risk"));
      const share = batchEstimate(batches.batches, meanOfRows(answered, batches), random.fork("answered"));
      const caughtRows = foreign.inDomain.reduce((total, inDomain) => total + 1 - inDomain, 0);
      const caught = caughtRows / elsewhere.rows;
      const [n, both] = [someTestRows.length, scores[2]];
      return {
        result: {
          scores,
          falseAlarm: { stated: falseAlarm, measured: alarmRate },
          caught,
          policy: {
            wantedRisk,
            threshold: policy.threshold,
            promisedBound: policy.riskBound?.high ?? null,
            answered: share,
            risk,
          },
          testRows: n,
          elsewhereRows: elsewhere.rows,
          table: shownTable({
            caption: `Chance that a recipe from elsewhere (${elsewhere.rows}) looks stranger than a test row (${n})`,
            columns: [
              { name: "sign", of: ({ name }) => name },
              { name: "AUROC", of: (one) => one.auroc.value },
              { name: "low", of: (one) => one.auroc.interval.low },
              { name: "high", of: (one) => one.auroc.interval.high },
            ],
            rows: scores,
          }),
        },
        measurements: [
          measurement({
            id: "VR8.auroc",
            meaning:
              "chance that a recipe from elsewhere is called stranger " +
              "than a test row, by distance and disagreement together",
            value: both.auroc.value,
            unit: "1",
            interval: both.auroc.interval,
            n: n + elsewhere.rows,
            baseline: 0.5,
          }),
          ...scores.slice(0, 2).map((score, i) =>
            measurement({
              id: `domain.${["distance", "disagreement"][i]}`,
              meaning: `the same by ${score.name} alone`,
              value: score.auroc.value,
              unit: "1",
              interval: score.auroc.interval,
              n: n + elsewhere.rows,
              baseline: 0.5,
            }),
          ),
          measurement({
            id: "domain.falseAlarm",
            meaning: `share of test rows called outside, where ${percent(falseAlarm)} were stated`,
            value: alarmRate.value,
            unit: "share",
            interval: alarmRate.interval,
            n,
            baseline: falseAlarm,
          }),
          measurement({
            id: "domain.caught",
            meaning: "share of recipes from elsewhere called outside",
            value: caught,
            unit: "share",
            interval: wilsonInterval(caughtRows, elsewhere.rows),
            n: elsewhere.rows,
          }),
          measurement({
            id: "policy.answered",
            meaning: "share of test rows that the policy answers",
            value: share.value,
            unit: "share",
            interval: share.interval,
            n,
          }),
          measurement({
            id: "policy.risk",
            meaning: `share of wrong answers among them, where at most ${percent(wantedRisk)} were wanted`,
            value: risk.value,
            unit: "share",
            interval: risk.interval,
            n: answered.reduce((a, b) => a + b, 0),
            baseline: errors.reduce((a, b) => a + b, 0) / n,
          }),
        ],
      };
    },
  );
}
