import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import { evaluateLinear, leastSquares } from "../../core/statistics/leastSquares.js";
import { seededRandom } from "../../core/random/Random.js";
import { numbersOf, rowsWhere, selectRows, textsOf, type Table } from "../../core/Table.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { leaveOneGroupOut } from "../../splitting/leaveOneGroupOut.js";
import { outOfFoldPredictions } from "../../validation/outOfFoldPredictions.js";
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
      const table = sizedHotInjections((await readRealTable("recipes")).table);
      const columns = [
        "temperatureCelsius",
        "bromideLeadRatio",
        "oleylamineMolar",
        "leadMolar",
        "timeSecond",
        "sizeNanometre",
      ].map((name) => numbersOf(table, name));
      const features = Array.from({ length: table.numRows }, (_, row) => {
        const [temperature, bromide, amine, lead, time] = columns.map((column) => column[row]);
        return [temperature, Math.log(bromide), Math.log(amine / lead + 0.5), Math.log(time)];
      });
      const target = Array.from(columns[5], Math.log);
      const papers = textsOf(table, "doi");
      const folds = leaveOneGroupOut(papers);
      const byLaw = await outOfFoldPredictions(folds, target.length, (train, test) => {
        const law = leastSquares(
          Array.from(train, (row) => features[row]),
          Array.from(train, (row) => target[row]),
        );
        return Array.from(test, (row) => evaluateLinear(law, features[row]));
      });
      const byMean = await outOfFoldPredictions(folds, target.length, (train, test) =>
        Array.from(test, () => meanOf(Array.from(train, (row) => target[row]))),
      );
      const random = seededRandom(seed).fork("size");
      const whole = Uint32Array.from(target.keys());
      const baseline = explainedVariance(target, byMean)(whole);
      const statistic = explainedVariance(target, byLaw);
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
            value: folds.length,
            unit: "papers",
          }),
        ],
      };
    },
  );
}

function sizedHotInjections(table: Table): Table {
  const [routes, phases] = [textsOf(table, "route"), textsOf(table, "phase")];
  const [sizes, amines, times] = ["sizeNanometre", "oleylamineMolar", "timeSecond"].map((name) =>
    numbersOf(table, name),
  );
  return selectRows(
    table,
    rowsWhere(
      table,
      (row) =>
        routes[row] === "hot injection" &&
        phases[row] === "CsPbBr3" &&
        sizes[row] > 0 &&
        amines[row] >= 0 &&
        times[row] > 0,
    ),
  );
}

function explainedVariance(target: readonly number[], predicted: Float64Array): (rows: Uint32Array) => number {
  return (rows) => {
    const mean = meanOf(Array.from(rows, (row) => target[row]));
    return (
      1 - squaredError(target, predicted, rows) / rows.reduce((total, row) => total + (target[row] - mean) ** 2, 0)
    );
  };
}

function squaredError(target: readonly number[], predicted: Float64Array, rows: Uint32Array): number {
  return rows.reduce((total, row) => total + (target[row] - predicted[row]) ** 2, 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
