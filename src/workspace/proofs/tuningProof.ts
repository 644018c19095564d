import { availableParallelism } from "node:os";
import { z } from "zod";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { type ShownTable, shownTable } from "../../core/ShownTable.js";
import { sampleMoments } from "../../core/statistics/sampleMoments.js";
import { studentQuantile } from "../../core/statistics/studentQuantile.js";
import { studentTest } from "../../core/statistics/studentTest.js";
import { workerPool } from "../../core/threads/workerPool.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import type { Proof } from "./Proof.js";
import { tunedObjectives } from "./tuning/tunedObjectives.js";

/** Our samplers against chance and against those of Optuna, on four functions, seed by seed. */
export const tuningProof: Proof = {
  name: "tuning",
  id: "assure-tuning",
  about: "samplers on four functions, a hundred seeds each, against chance and Optuna's",
  record: () => tuningEvidence(),
};

const samplers = ["default", "gp", "random"] as const;
/** "default" is the tree-structured Parzen estimator, "gp" the Gaussian process. */
export type TunedSampler = (typeof samplers)[number];

/** Studies of one function by one sampler, for a thread. */
export interface TuningJob {
  readonly objective: string;
  readonly sampler: TunedSampler;
  readonly seeds: readonly number[];
  readonly trials: number;
}

/** What was reached, without noise, by sampler, function and seed. */
export type ReachedValues = Readonly<Record<TunedSampler, Readonly<Record<string, readonly number[]>>>>;

/** The same by Optuna's samplers: those that were run. */
export type PeerValues = Partial<ReachedValues>;

/** Values of Optuna's samplers (bench/peers/tune_optuna.py), whose name is that of ours. */
const peerFile = "test/golden/f_tuning_peers.json";
const peerShape = z.object({
  optuna: z.string(),
  trials: z.number(),
  values: z.partialRecord(z.enum(samplers), z.record(z.string(), z.array(z.number()))),
});

/** What Optuna's samplers reached. */
export async function peerValues(): Promise<PeerValues> {
  return peerShape.parse(await readJson(projectPath(...peerFile.split("/")))).values;
}

/** Over how many comparisons with the peer the error of 5 % is shared: two samplers on four functions. */
const comparisons = 8;
/** How much of what the peer gains on chance ours may be behind; more where noise hides much of it. */
const mostBehind = (objective: string): number => (objective === "noisy_mlp" ? 0.5 : 0.33);

/** Sizes of the proof. */
export interface TuningEffort {
  /** Studies of each function by each sampler (default 100). */
  readonly seeds?: number;
  /** In each study (default 60). */
  readonly trials?: number;
  /** What Optuna's samplers reached (default: the reference file). */
  readonly peers?: () => Promise<PeerValues>;
}

/** Means by function and sampler. */
interface TuningResult {
  readonly table: ShownTable;
}

/** Runs all studies; equal results whatever the number of threads. */
export function tuningEvidence({ seeds = 100, trials = 60, peers = peerValues }: TuningEffort = {}): Promise<
  EvidenceFile<TuningResult>
> {
  return recordedEvidence(
    {
      id: tuningProof.id,
      inputs: ["package-lock.json", "bench/peers/tune_optuna.py", peerFile],
      source: [moduleSource(import.meta.url), moduleSource(new URL("tuning/tuningWorker.js", import.meta.url).href)],
      seed: 0,
      madeBy: "assure",
    },
    async () => {
      const [ours, theirs] = [await reached(seeds, trials), await peers()];
      return { result: { table: reachedTable(ours, theirs) }, measurements: tuningMeasurements(ours, theirs) };
    },
  );
}

/** Seeds of one job: studies by Gaussian processes take a second each. */
const seedsAtOnce = 5;

async function reached(seeds: number, trials: number): Promise<ReachedValues> {
  const jobs = samplers.flatMap((sampler) =>
    Object.keys(tunedObjectives).flatMap((objective) =>
      Array.from({ length: Math.ceil(seeds / seedsAtOnce) }, (_, k): TuningJob => {
        const first = k * seedsAtOnce;
        const many = Math.min(seedsAtOnce, seeds - first);
        return { objective, sampler, seeds: Array.from({ length: many }, (_seed, i) => first + i), trials };
      }),
    ),
  );
  console.log(`… ${samplers.length * seeds * Object.keys(tunedObjectives).length} studies of ${trials} trials`);
  const threads = Math.min(availableParallelism(), jobs.length, 8);
  const worker = new URL("tuning/tuningWorker.ts", import.meta.url).href;
  const pool = workerPool<TuningJob, readonly number[]>(worker, threads, null);
  try {
    const values = await Promise.all(jobs.map((job) => pool.run(job)));
    const of = (sampler: TunedSampler, objective: string): readonly number[] =>
      jobs.flatMap((job, at) => (job.sampler === sampler && job.objective === objective ? values[at] : []));
    const bySampler = (sampler: TunedSampler): Readonly<Record<string, readonly number[]>> =>
      Object.fromEntries(Object.keys(tunedObjectives).map((objective) => [objective, of(sampler, objective)]));
    return { default: bySampler("default"), gp: bySampler("gp"), random: bySampler("random") };
  } finally {
    await pool.close();
  }
}

/** That our default is better than chance, and that it and our Gaussian process are not behind Optuna's. */
export function tuningMeasurements(ours: ReachedValues, theirs: PeerValues): Measurement[] {
  const objectives = Object.keys(ours.default);
  return [
    ...objectives.map((objective) => {
      const { pValue } = studentTest(ours.default[objective], ours.random[objective], { side: "smaller" });
      return measurement({
        id: `tuning.chance.${objective}`,
        meaning: `how likely chance would do as well on ${objective} as our default: Welch's test, one-sided`,
        unit: "probability",
        value: pValue ?? 1,
        n: ours.default[objective].length + ours.random[objective].length,
        ...{ threshold: 0.01, direction: "atMost" as const },
      });
    }),
    ...(["default", "gp"] as const).flatMap((sampler) =>
      objectives.map((objective) =>
        behind(`${sampler}.${objective}`, ours[sampler][objective], {
          peer: theirs[sampler]?.[objective],
          chance: theirs.random?.[objective],
          most: mostBehind(objective),
        }),
      ),
    ),
  ];
}

/** How far ours is behind the peer, as a share of what the peer gains on chance; less than 0 where it is ahead. */
function behind(
  what: string,
  ours: readonly number[],
  {
    peer,
    chance,
    most,
  }: { readonly peer?: readonly number[]; readonly chance?: readonly number[]; readonly most: number },
): Measurement {
  const known = {
    id: `tuning.behind.${what}`,
    meaning: `how far ours (${what}) is behind Optuna's, as a share of what Optuna's gains on chance`,
    unit: "1",
    ...{ threshold: most, direction: "atMost" as const },
  };
  if (peer === undefined || chance === undefined)
    return measurement({ ...known, value: null, reason: `${peerFile} has no values of Optuna's to be held against` });
  const [own, other] = [sampleMoments(ours), sampleMoments(peer)];
  const gained = sampleMoments(chance).mean - other.mean;
  const [ofOwn, ofOther] = [own.variance / own.n, other.variance / other.n];
  const freedom = (ofOwn + ofOther) ** 2 / (ofOwn ** 2 / (own.n - 1) + ofOther ** 2 / (other.n - 1));
  const level = 1 - (2 * 0.05) / comparisons;
  const reach = studentQuantile((1 + level) / 2, freedom) * Math.sqrt(ofOwn + ofOther);
  const gap = own.mean - other.mean;
  const method = `Welch, each end at 5 % shared by Bonferroni over ${comparisons} comparisons`;
  return measurement({
    ...known,
    value: gap / gained,
    interval: { low: (gap - reach) / gained, high: (gap + reach) / gained, level, method },
    n: own.n + other.n,
  });
}

function reachedTable(ours: ReachedValues, theirs: PeerValues): ShownTable {
  return shownTable({
    caption: "Value of the best trial of a study, without noise: mean over seeds",
    columns: [
      { name: "function", of: (objective) => objective },
      ...samplers.flatMap((sampler) => [
        { name: `ours, ${sampler}`, of: (objective: string) => meanOf(ours[sampler][objective]) },
        { name: `Optuna, ${sampler}`, of: (objective: string) => meanOf(theirs[sampler]?.[objective]) },
      ]),
    ],
    rows: Object.keys(tunedObjectives),
  });
}

function meanOf(values: readonly number[] | undefined): number | null {
  return values === undefined ? null : sampleMoments(values).mean;
}
