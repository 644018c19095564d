import { join } from "node:path";
import { phaseNames } from "../../chemistry/phases.js";
import { canonicalJson } from "../../core/canonicalJson.js";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { accuracy } from "../../core/metrics/accuracy.js";
import { argmax } from "../../core/metrics/argmax.js";
import { seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { keptResult } from "../../io/evidence/keptResult.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { sha256 } from "../../io/sha256.js";
import { copiedRows, type HandedRows, handedRows } from "../../problems/phase/handedRows.js";
import { phaseRandom, rowsOfBatches, trainingExperiments } from "../../problems/phase/phaseExperiments.js";
import { trainingEngine, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { phaseSpace, phaseTrials, reachedAt } from "../../problems/phase/phaseSearch.js";
import { predictMany } from "../../training/predictMany.js";
import type { NetworkTraining } from "../../training/trainingCourse.js";
import { optimizeInRungs, type ReachRung, type RungOptions } from "../../tuning/optimizeInRungs.js";
import { halvingPruner } from "../../tuning/pruners/halvingPruner.js";
import { randomSampler } from "../../tuning/samplers/randomSampler.js";
import type { Study } from "../../tuning/Study.js";

/** What is tried for each seed. The defaults were chosen once, before any result, for some five minutes on 2 cores. */
export interface HalvingPlan {
  /** Experiments of the twin that are made (default 80,000). */
  readonly experiments: number;
  /** Rows that trials learn from (default 18,000). */
  readonly trainRows: number;
  /** Random trials (default 27). */
  readonly trials: number;
  /** Each in full (default 27). */
  readonly epochs: number;
  /** The first rung (default 3: a ninth of the whole). */
  readonly first: number;
  /** One trial in so many goes on, to a rung so many times as high (default 3). */
  readonly reduction: number;
}

const claimed: HalvingPlan = {
  experiments: 80_000,
  trainRows: 18_000,
  trials: 27,
  epochs: 27,
  first: 3,
  reduction: 3,
};

/** What came of a seed. Accuracies are shares of rows that no trial learned from or was chosen by. */
export interface HalvingScores {
  readonly seed: number;
  /** Share of the epochs of all trials in full that halving spent. */
  readonly share: number;
  /** Trials that halving trained in full. */
  readonly complete: number;
  /** Of the trial with the lowest tune loss of those trained in full by halving, and of all. */
  readonly halving: number;
  readonly full: number;
  /** Of the lowest tune loss of as many first trials, in full, as the epochs of halving pay for. */
  readonly random: number;
  /** Greatest over all trials: chosen by the rows that judge, so that it is too good. */
  readonly best: number;
  readonly judgeRows: number;
}

/** What successive halving saves, and what it costs. */
export interface HalvingBar {
  readonly plan: HalvingPlan;
  readonly seeds: readonly HalvingScores[];
  readonly table: ShownTable;
}

/** How much is tried; the defaults are what is claimed. */
export interface HalvingBarOptions {
  readonly seed: number;
  /** At least 2 (default 20). */
  readonly seeds?: number;
  readonly plan?: HalvingPlan;
  /** Threads; the numbers do not depend on it (default: as many as train networks). */
  readonly workers?: number;
  /** Where seeds are kept until all are done. */
  readonly folder?: string;
  /** Takes what is told of each seed. */
  readonly say?: (text: string) => void;
}

const source = moduleSource(import.meta.url);

/**
 * What asynchronous successive halving loses against training every trial of the phase network in full, and what it
 * saves. For each seed, whose experiments are its own, the same random trials are trained in full; halving is then
 * replayed on their curves. That is exact: a training that pauses at a rung and goes on has the bytes of one that never
 * paused, and random proposals do not depend on outcomes. A trial is chosen by its loss on tune rows, and judged by its
 * accuracy on rows of the train part that no trial learned from, of other batches; no test row is looked at.
 *
 * A long proof: of a run that was stopped, the next takes the seeds that were done, as long as no source has changed.
 */
export async function halvingBar({
  seed,
  seeds = 20,
  plan = claimed,
  workers = trainingThreads(),
  folder = projectPath(".twin", "halving"),
  say = console.log,
}: HalvingBarOptions): Promise<EvidenceFile<HalvingBar>> {
  return recordedEvidence(
    { id: "assure-halving", inputs: [], source, seed, engine: trainingEngine, labels: "simulated", madeBy: "assure" },
    async () => {
      const key = sha256(canonicalJson({ seed, plan, code: await sourceHash(source) }));
      const scores: HalvingScores[] = [];
      for (let i = 0; i < seeds; i++) {
        const drawn = Math.floor(seededRandom(seed).fork("halving").fork(i)() * 2 ** 32);
        const one = await keptResult(join(folder, key.slice(0, 16), `${drawn}.json`), () =>
          halvingScores(drawn, plan, workers),
        );
        scores.push(one);
        say(`… seed ${i + 1} of ${seeds}: ${gapInWords(one)} at ${(100 * one.share).toFixed(0)} % of the epochs`);
      }
      return {
        result: { plan, seeds: scores, table: tableOf(scores) },
        measurements: halvingMeasurements(scores),
      };
    },
  );
}

/** Trains all trials of a seed in full, and replays halving on their curves. */
async function halvingScores(seed: number, plan: HalvingPlan, workers: number): Promise<HalvingScores> {
  const { trials, epochs } = plan;
  const { judged, ...learned } = await halvingRows(seed, plan);
  const { reach, trained } = phaseTrials(learned.data, learned.rows, phaseRandom(seed, "search"), { epochs, workers });
  const whole = await optimizeInRungs(reach, { ...studyOf(seed, plan), rungs: [epochs], window: trials - 1 });
  const curves = Array.from({ length: trials }, (_, number) => trained.get(number)!);
  const halved = await halvedStudy(seed, plan, (some, rung) =>
    Promise.resolve(some.map(({ number }) => reachedAt(curves[number], rung))),
  );
  const spent = epochsOf(halved, curves, epochs);
  const answers = await predictMany(
    curves.map(({ network }) => network),
    judged.features,
    { workers },
  );
  const accuracies = answers.map((answer) => accuracy(judged.labels, argmax(answer, phaseNames.length)));
  const chosen = (study: Study, first = trials): number => {
    const complete = study.trials.slice(0, first).filter(({ outcome }) => outcome?.state === "complete");
    const losses = complete.map(({ outcome }) => outcome!.values[0]);
    return accuracies[complete[losses.indexOf(Math.min(...losses))].number];
  };
  return {
    seed,
    share: spent / (trials * epochs),
    complete: halved.trials.filter(({ outcome }) => outcome?.state === "complete").length,
    halving: chosen(halved),
    full: chosen(whole),
    random: chosen(whole, Math.max(1, Math.floor(spent / epochs))),
    best: Math.max(...accuracies),
    judgeRows: judged.labels.length,
  };
}

/** Rows that trials of a seed learn from and are chosen by, and those that judge; nothing else is in their memory. */
export async function halvingRows(
  seed: number,
  { experiments, trainRows }: HalvingPlan,
): Promise<HandedRows & { readonly judged: HandedRows["data"] }> {
  const made = await trainingExperiments({ seed, rows: experiments });
  const { table, split } = made;
  const train = rowsOfBatches(table, split.train, phaseRandom(seed, "search rows"))(trainRows);
  const isLearned = new Set(train);
  const judge = split.train.filter((row) => !isLearned.has(row));
  return { ...handedRows(made, train, split.tune), judged: copiedRows(made, judge) };
}

/** A study with halving; `reach` trains, or looks up what was trained. */
export function halvedStudy(seed: number, plan: HalvingPlan, reach: ReachRung): Promise<Study> {
  const { epochs, first, reduction } = plan;
  const rungs: number[] = [];
  for (let rung = first; rung < epochs; rung *= reduction) rungs.push(rung);
  return optimizeInRungs(reach, {
    ...studyOf(seed, plan),
    rungs: [...rungs, epochs],
    pruner: halvingPruner({ first, reduction }),
  });
}

function studyOf(seed: number, { trials }: HalvingPlan): Omit<RungOptions, "rungs"> {
  return { seed, trials, space: phaseSpace, sampler: randomSampler() };
}

/** Epochs that the trials of a study trained. */
function epochsOf({ trials }: Study, curves: readonly NetworkTraining[], epochs: number): number {
  return trials.reduce((sum, { number, outcome }) => {
    if (outcome?.state === "failed") return sum + curves[number].stoppedEpoch;
    return sum + (outcome?.state === "complete" ? epochs : outcome!.steps.at(-1)!.step);
  }, 0);
}

/** What halving is held to: points of accuracy that it may lose, and share of the epochs that it may spend. */
const [mostGap, mostShare] = [0.5, 1 / 3];

/** Seeds are what varies: intervals are over them. */
export function halvingMeasurements(seeds: readonly HalvingScores[]): Measurement[] {
  const over = (of: (one: HalvingScores) => number): ReturnType<typeof studentEstimate> =>
    studentEstimate(seeds.map(of), { over: "seeds" });
  const n = seeds.reduce((sum, { judgeRows }) => sum + judgeRows, 0);
  const points = { unit: "points", n };
  return [
    measurement({
      id: "halving.gap",
      meaning:
        "mean loss of accuracy, of the trial that halving chooses against the one chosen of all trials in full; " +
        "beside it that of as many first trials in full as the epochs of halving pay for",
      ...points,
      ...over(({ full, halving }) => 100 * (full - halving)),
      baseline: over(({ full, random }) => 100 * (full - random)).value,
      threshold: mostGap,
      direction: "atMost",
    }),
    measurement({
      id: "halving.share",
      meaning: "mean share of the epochs of all trials in full that halving spends",
      unit: "share",
      n: seeds.length,
      ...over(({ share }) => share),
      threshold: mostShare,
      direction: "atMost",
    }),
    measurement({
      id: "halving.overRandom",
      meaning: "mean gain of accuracy over as many first trials in full as the epochs of halving pay for",
      ...points,
      ...over(({ halving, random }) => 100 * (halving - random)),
    }),
    measurement({
      id: "halving.gapToBest",
      meaning: "mean loss of accuracy against the best of all trials, chosen by the very rows that judge: an upper end",
      ...points,
      ...over(({ best, halving }) => 100 * (best - halving)),
    }),
  ];
}

function tableOf(seeds: readonly HalvingScores[]): ShownTable {
  return shownTable<HalvingScores>({
    caption: "Successive halving and trials in full, by seed; accuracy on rows that chose nothing",
    columns: [
      { name: "seed", of: (one) => seeds.indexOf(one) + 1 },
      { name: "epochs spent", unit: "%", of: ({ share }) => 100 * share },
      { name: "trials in full", of: ({ complete }) => complete },
      { name: "halving", unit: "%", of: ({ halving }) => 100 * halving },
      { name: "all in full", unit: "%", of: ({ full }) => 100 * full },
      { name: "random, equal epochs", unit: "%", of: ({ random }) => 100 * random },
      { name: "best on these rows", unit: "%", of: ({ best }) => 100 * best },
    ],
    rows: seeds,
  });
}

function gapInWords({ full, halving }: HalvingScores): string {
  return `${(100 * (full - halving)).toFixed(2)} points lost`;
}
