import { calibrate } from "../../calibration/calibrate.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { selectRows, type Table } from "../../core/Table.js";
import { missingPatterns } from "../../experiments/missingPatterns.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { withoutColumns } from "../../features/withoutColumns.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import {
  batchCodes,
  batchDifference,
  batchEstimate,
  batchSums,
  meanLoss,
  overall,
} from "../../problems/phase/batchSums.js";
import { hidingPlan } from "../../problems/phase/hidingPlan.js";
import { touchTest } from "../../problems/phase/lockedTest.js";
import { phaseRandom, rowsOfBatches } from "../../problems/phase/phaseExperiments.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import type { Network } from "../../training/Network.js";
import { predictProbabilities } from "../../training/predictProbabilities.js";
import { conformalSets } from "../../uncertainty/conformal/conformalSets.js";
import { coverageOfSets } from "../../uncertainty/conformal/coverageOfSets.js";
import { type ConformalSets, fitConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import { recommendedSets } from "./phaseSets.js";
import type { UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** What recipes are worth that leave values out. */
export interface MissingAnswers {
  readonly cases: readonly MissingCase[];
  readonly table: ShownTable;
  readonly coverage: Omit<EstimatePairs, "id">;
}

/** Test recipes without some columns. */
export interface MissingCase {
  readonly name: string;
  /** Columns that are left out. */
  readonly missing: readonly string[];
  readonly accuracy: Estimate;
  /** Nats: of the network, and of one that learned from whole recipes, where medians stand in. */
  readonly logLoss: Estimate;
  readonly byMedians: Estimate;
  /** Of the second less the first. */
  readonly gain: Estimate;
  /** Accuracy of the first less that of the second. */
  readonly accuracyGain: Estimate;
  /** Sets with thresholds of rows told as little, and with those of whole rows. */
  readonly coverage: Estimate;
  readonly coverageOfWhole: Estimate;
  readonly meanSize: number;
}

/**
 * What a network that learned with values hidden is worth on test recipes that leave some out. They lack what open
 * tables leave out, each column alone, or all but the amounts. Beside it stands one that learned from whole recipes
 * and fills in medians. Sets with thresholds of held rows that are told as little stand beside sets with those of
 * whole rows.
 */
export async function missingAnswers(models: UncertainModels): Promise<EvidenceFile<MissingAnswers>> {
  const { data, members, fromWhole, fitRows } = models;
  const { seed, table, encoder } = data;
  return recordedEvidence(
    {
      id: "06-calibration-missing",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: uncertaintyEngine,
      labels: "simulated",
    },
    async () => {
      const random = phaseRandom(seed, "missing");
      // Every case is a pass over all of them by two networks.
      const [holdRows, someTestRows] = [models.holdRows, models.someTestRows].map((rows) =>
        rowsOfBatches(table, rows, random.fork("some"))(Math.floor(rows.length / 2)),
      );
      await touchTest(data, "network of whole recipes, medians filled in", [fromWhole.network]);
      const simd = await simdTraining();
      const answerer = (network: Network, own: Encoder): ((recipes: Table) => Float64Array) => {
        const encodes = { ...own, unseen: "ignore" } as const;
        const raw = (recipes: Table): Float64Array => predictProbabilities(network, encode(encodes, recipes), simd);
        const temperature = fitTemperature(labelsOf(data.labels, fitRows), raw(selectRows(table, fitRows)));
        return (recipes) => calibrate(temperature, raw(recipes));
      };
      const [network, medians] = [answerer(members[0], encoder), answerer(fromWhole.network, fromWhole.encoder)];
      const [held, tested] = [holdRows, someTestRows].map((rows) => selectRows(table, rows));
      const [heldLabels, labels] = [holdRows, someTestRows].map((rows) => labelsOf(data.labels, rows));
      const [holdBatches, batches] = [batchCodes(table, holdRows).names, batchCodes(table, someTestRows)];
      const setsOf = (recipes: Table): ConformalSets =>
        fitConformalSets(network(recipes), heldLabels, { ...recommendedSets, groups: holdBatches });
      const whole = setsOf(held);
      const judge = (name: string, missing: readonly string[]): MissingCase => {
        const own = random.fork(name);
        const recipes = withoutColumns(tested, missing);
        const [answers, others] = [network(recipes), medians(recipes)];
        const [sums, otherSums] = [answers, others].map((one) => batchSums(labels, one, batches));
        const coverageOf = (fitted: ConformalSets, what: string): ReturnType<typeof coverageOfSets> =>
          coverageOfSets(fitted, conformalSets(fitted, answers), labels, { groups: batches.names }, own.fork(what));
        const ownSets = coverageOf(missing.length === 0 ? whole : setsOf(withoutColumns(held, missing)), "sets");
        const wholeSets = coverageOf(whole, "whole sets");
        return {
          name,
          missing,
          accuracy: batchEstimate(batches.batches, overall(sums), own.fork("accuracy")),
          logLoss: batchEstimate(batches.batches, meanLoss(sums), own.fork("log loss")),
          byMedians: batchEstimate(batches.batches, meanLoss(otherSums), own.fork("medians")),
          gain: batchDifference(otherSums, sums, meanLoss, own.fork("gain")),
          accuracyGain: batchDifference(sums, otherSums, overall, own.fork("accuracy gain")),
          coverage: estimateOf(ownSets.coverage, ownSets.interval!),
          coverageOfWhole: estimateOf(wholeSets.coverage, wholeSets.interval!),
          meanSize: ownSets.meanSize,
        };
      };
      const { columns } = await hidingPlan();
      const patterns = await missingPatterns();
      const cases = [
        judge("nothing", []),
        ...patterns.map(({ name, shares }) => judge(name, Object.keys(shares))),
        ...columns.map((column) => judge(column, [column])),
        judge("all but Cs, Pb and Br", columns),
      ];
      const words = patterns.map(({ name }) => name);
      const shown = cases.map((one) => ({
        ...one,
        name: words.includes(one.name) ? `as ${one.name}` : (columnWords[one.name] ?? one.name),
      }));
      return {
        result: {
          cases: shown,
          table: shownTable({
            caption: `${labels.length} test recipes without some values; log loss in nats, 95 % intervals`,
            columns: [
              { name: "missing", of: ({ name }) => name },
              { name: "accuracy", of: ({ accuracy }) => estimateInWords(accuracy) },
              { name: "log loss", of: ({ logLoss }) => estimateInWords(logLoss) },
              { name: "log loss, medians filled in", of: ({ byMedians }) => estimateInWords(byMedians) },
              { name: "phases per set", of: ({ meanSize }) => meanSize },
            ],
            rows: shown,
          }),
          coverage: {
            title: "Nine sets in ten hold the phase: also where values are missing?",
            xTitle: `Sets with the phase (share of ${labels.length.toLocaleString("en-US")} recipes)`,
            yTitle: "What the recipe does not tell",
            series: ["thresholds of whole recipes", "thresholds of recipes told as little"],
            reference: { at: 1 - recommendedSets.alpha, label: "promised" },
            intervals: "90 % intervals",
            rows: shown.map(({ name, coverageOfWhole, coverage }) => ({
              name,
              estimates: [coverageOfWhole, coverage],
            })),
          },
        },
        measurements: cases.flatMap((one) => measurementsOf(one, labels.length)),
      };
    },
  );
}

/** Columns in words, for figures. */
const columnWords: Readonly<Record<string, string>> = {
  temperatureCelsius: "temperature",
  timeSecond: "time",
  mixingSecond: "mixing time",
  volumeMillilitre: "volume",
  oleicAcidMolar: "oleic acid",
  oleylamineMolar: "oleylamine",
  polarSolventFraction: "share of polar solvent",
  waterFraction: "water",
  antisolventRatio: "poor solvent",
  caesiumSource: "source of caesium",
  bromideSource: "source of bromide",
  polarSolvent: "name of the polar solvent",
};

function measurementsOf(
  { name, logLoss, byMedians, gain, accuracyGain, coverage, coverageOfWhole, meanSize, accuracy }: MissingCase,
  n: number,
): Measurement[] {
  const id = `missing.${name.replaceAll(/[ ,]+/g, "-")}`;
  const made = (
    what: string,
    meaning: string,
    unit: string,
    estimate: Estimate,
    baseline: number | null,
  ): Measurement =>
    measurement({
      id: `${id}.${what}`,
      meaning: `${meaning}; missing: ${name}`,
      value: estimate.value,
      unit,
      interval: estimate.interval,
      n,
      baseline,
    });
  return [
    made("accuracy", "accuracy of the network that learned with values hidden", "share", accuracy, null),
    made("logLoss", "log loss of the network that learned with values hidden", "nats", logLoss, byMedians.value),
    made(
      "accuracyGain",
      "accuracy that it gains beside one that fills in medians",
      "share difference",
      accuracyGain,
      0,
    ),
    made("gain", "log loss that it saves beside one that fills in medians", "nats", gain, 0),
    made(
      "coverage",
      "sets with thresholds of rows told as little hold the phase",
      "share",
      coverage,
      coverageOfWhole.value,
    ),
    measurement({
      id: `${id}.setSize`,
      meaning: `phases in such a set on average; missing: ${name}`,
      value: meanSize,
      unit: "phases",
      n,
    }),
  ];
}
