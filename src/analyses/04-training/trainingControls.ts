import { percent } from "../../core/percent.js";
import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { accuracy } from "../../core/metrics/accuracy.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Predictor } from "../../core/Predictor.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { makeTable, numbersOf, selectRows, type Table } from "../../core/Table.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { detectDrift } from "../../monitoring/detectDrift.js";
import { batchCodes } from "../../problems/phase/batchSums.js";
import {
  phaseRandom,
  rowsOfBatches,
  sharedMatrix,
  type TrainingExperiments,
} from "../../problems/phase/phaseExperiments.js";
import { phaseJob, phaseTraining, trainingEngine, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import type { TrainingEngineName } from "../../training/engines/TrainingEngine.js";
import { trainMany } from "../../training/trainMany.js";
import { trainNetwork } from "../../training/trainNetwork.js";
import { leakageAudit } from "../../validation/leakage/leakageAudit.js";
import { balancingData } from "../03-balancing/balancingData.js";
import { auditOptions } from "../03-balancing/balancingSplit.js";
import { plantedLeaks } from "../03-balancing/plantedLeaks.js";

/** What must fail does fail, and engines agree. */
export interface TrainingControls {
  readonly permuted: Estimate & { readonly permutations: number };
  readonly leaks: { readonly planted: number; readonly found: number };
  /** Columns called drifted, of one experiment per batch: as they are, and with the temperature moved. */
  readonly drift: { readonly asItIs: number; readonly planted: number; readonly batches: number };
  readonly engines: readonly { readonly name: string; readonly lossDifference: number; readonly sameClass: number }[];
  readonly table: ShownTable;
}

const fewRows = 24_000;
const permutations = 6;
const movedBy = 15;
const engines: readonly TrainingEngineName[] = ["simd", "tensorflow-wasm", "tensorflow-cpu"];
/** Of five epochs by each engine; the slowest needs a second for each thousand rows. */
const engineRows = 1_000;

/**
 * Negative controls: labels without meaning, leaks and drift that were
 * planted; and the same training by every engine that needs no card.
 */
export async function trainingControls(data: TrainingExperiments): Promise<EvidenceFile<TrainingControls>> {
  return recordedEvidence(
    {
      id: "04-training-controls",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: data.seed,
      engine: `${trainingEngine}, tensorflow-wasm, tensorflow-cpu`,
      labels: "simulated",
    },
    async () => {
      const permuted = await permutedLabels(data);
      const small = await balancingData(data.seed);
      const options = auditOptions(small.encoder, small.table);
      const clean = leakageAudit(small.table, small.split, options);
      const planted = plantedLeaks(small.table, small.split, options);
      const found = planted.filter(
        ({ kind, report: { counts } }) => (counts[kind] ?? 0) > (clean.counts[kind] ?? 0),
      ).length;
      const drift = plantedDrift(data);
      const agreement = await enginesAgree(data);
      return {
        result: {
          permuted,
          leaks: { planted: planted.length, found },
          drift,
          engines: agreement,
          table: shownTable({
            caption: "Five epochs by each engine against the typescript engine",
            columns: [
              { name: "engine", of: ({ name }) => name },
              { name: "largest relative difference of a loss", of: ({ lossDifference }) => lossDifference },
              { name: "classes alike", of: ({ sameClass }) => percent(sameClass, { significant: 17 }) },
            ],
            rows: agreement,
          }),
        },
        measurements: [
          measurement({
            id: "VR6.permutedLabelsAtChance",
            meaning:
              "whether networks that learned permuted labels do no better " +
              "than a constant answer, on average over permutations",
            value: Number(permuted.interval.low <= 0),
            unit: "1",
            n: permutations,
          }),
          measurement({
            id: "VR6.plantedLeakFound",
            meaning: "whether the audit finds every leak that was planted, one of each kind",
            value: Number(found === planted.length),
            unit: "1",
            n: planted.length,
          }),
          measurement({
            id: "VR6.plantedDriftFound",
            meaning: `whether ${movedBy} °C more in every recipe are called drift, and recipes as they are not`,
            value: Number(drift.planted > 0 && drift.asItIs === 0),
            unit: "1",
            n: drift.batches,
          }),
          measurement({
            id: "controls.plantedLeaksFound",
            meaning: "planted leaks that the audit finds, one of each kind",
            value: found,
            unit: `of ${planted.length}`,
            n: planted.length,
          }),
          measurement({
            id: "controls.permuted",
            meaning: "accuracy of networks that learned permuted labels, less that of a constant answer",
            value: permuted.value,
            unit: "share difference",
            interval: permuted.interval,
            n: permutations,
            baseline: 0,
          }),
          ...agreement.map(({ name, lossDifference, sameClass }) =>
            measurement({
              id: `engines.${name}`,
              meaning:
                "largest difference of a loss from the typescript engine's over five epochs by " +
                `${name}, relative, rounded up; ${percent(sameClass, { decimals: 2 })} of classes alike`,
              value: lossDifference,
              unit: "1",
              n: engineRows,
            }),
          ),
        ],
      };
    },
  );
}

/** Several permutations: a single one can suit the data by luck, and resampling test batches does not see that. */
async function permutedLabels(data: TrainingExperiments): Promise<TrainingControls["permuted"]> {
  const { seed, table, split, labels } = data;
  const { features } = data.whole;
  const random = phaseRandom(seed, "permuted labels");
  const rows = rowsOfBatches(table, split.train, random.fork("rows"))(fewRows);
  const own = sharedMatrix(selectMatrixRows(features, rows));
  const jobs = Array.from({ length: permutations }, (_, permutation) => {
    const meaningless = labelsOf(labels, shuffledRows(rows, random.fork("labels").fork(permutation)));
    return phaseJob({ features: own, labels: meaningless }, { train: Uint32Array.from(rows.keys()) });
  });
  const truth = labelsOf(labels, split.tune);
  const tune = selectMatrixRows(features, split.tune);
  const right = (predictor: Predictor): number => accuracy(truth, argmax(predictor.predict(tune), phaseNames.length));
  const constant = right(trainMajority(labelsOf(labels, rows), phaseNames));
  const trained = await trainMany(jobs, random, { workers: trainingThreads() });
  const gains = trained.map(({ predictor }) => right(predictor) - constant);
  return { ...studentEstimate(gains, { over: "permutations" }), permutations };
}

/**
 * One experiment of each batch, test batches against training batches:
 * rows of one batch share a day, and would drift by that alone.
 */
function plantedDrift({ table, split }: TrainingExperiments): TrainingControls["drift"] {
  const firsts = (rows: Uint32Array): Table => {
    const { codes } = batchCodes(table, rows);
    const seen = new Set<number>();
    return recipesOf(
      selectRows(
        table,
        rows.filter((_, i) => !seen.has(codes[i]) && seen.add(codes[i]) !== undefined),
      ),
    );
  };
  const [test, train] = [firsts(split.test), firsts(split.train)];
  const moved = makeTable(test.schema, {
    ...test.columns,
    temperatureCelsius: numbersOf(test, "temperatureCelsius").map((value) => value + movedBy),
  });
  const drifted = (current: Table): number => detectDrift({ reference: train, current }).drifted;
  return { asItIs: drifted(test), planted: drifted(moved), batches: test.numRows };
}

/** Columns of the recipe alone: outcomes follow from them, and the batch is what rows were chosen by. */
function recipesOf({ schema, columns }: Table): Table {
  const names = [
    "temperatureCelsius",
    "timeSecond",
    "leadMolar",
    "caesiumMolar",
    "oleicAcidMolar",
    "oleylamineMolar",
    "waterFraction",
    "route",
  ];
  const pick = <Value>(of: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(names.map((name) => [name, of[name]]));
  return makeTable(pick(schema), pick(columns));
}

async function enginesAgree({
  seed,
  table,
  split,
  whole: { features },
  labels,
}: TrainingExperiments): Promise<TrainingControls["engines"]> {
  const random = phaseRandom(seed, "engines");
  const train = rowsOfBatches(table, split.train, random.fork("rows"))(engineRows);
  const tune = selectMatrixRows(features, split.tune.subarray(0, 5 * engineRows));
  const by = async (
    engine: TrainingEngineName,
  ): Promise<{ readonly losses: readonly number[]; readonly classes: ArrayLike<number> }> => {
    const { data, layers } = phaseJob({ features, labels }, { train });
    const { history, predictor } = await trainNetwork(data, layers, random.fork("training"), {
      ...phaseTraining,
      epochs: 5,
      batchSize: 64,
      dropout: 0.1,
      engine,
    });
    return {
      losses: history.map(({ trainLoss }) => trainLoss),
      classes: argmax(predictor.predict(tune), phaseNames.length),
    };
  };
  const oracle = await by("typescript");
  const results: TrainingControls["engines"][number][] = [];
  for (const name of engines) {
    const { losses, classes } = await by(name);
    const same = Array.from(classes).filter((code, row) => code === oracle.classes[row]).length / classes.length;
    results.push({
      name,
      lossDifference: roundedUp(Math.max(...losses.map((loss, i) => Math.abs(loss / oracle.losses[i] - 1)))),
      sameClass: same,
    });
  }
  return results;
}

/** To one digit, upwards: further digits are noise. */
function roundedUp(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(value));
  return Number((Math.ceil(value / unit) * unit).toPrecision(1));
}
