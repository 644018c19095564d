import { join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { packNumbers, unpackNumbers } from "../../core/packNumbers.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { workerPool } from "../../core/threads/workerPool.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { keptResult } from "../../io/evidence/keptResult.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { sha256 } from "../../io/sha256.js";
import { generatedPhaseData } from "../../problems/phase/phaseData.js";
import { phaseRandom } from "../../problems/phase/phaseExperiments.js";
import { phaseModelJob, phaseTraining, trainingEngine, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { trainNetwork } from "../../training/trainNetwork.js";
import type { JudgeLaboratoryOptions, LaboratoryBaseline, LaboratoryScores, OwnScores } from "./judgeOwnLaboratory.js";
import type { OwnLaboratoryTask } from "./ownLaboratoryWorker.js";

/** How models of own laboratories fare, laboratory by laboratory and over all. */
export interface OwnLaboratories {
  /** Experiments of the twin that the phase network learned from. */
  readonly networkRows: number;
  readonly testRows: number;
  readonly laboratories: readonly LaboratoryScores[];
  readonly table: ShownTable;
}

/** How much is tried; the defaults are what is claimed. */
export interface OwnLaboratoriesOptions {
  readonly seed: number;
  /** At least 2 (default 100). */
  readonly laboratories?: number;
  /** Of the phase network that is the baseline (default 400,000). */
  readonly networkRows?: number;
  /** Rows to learn from, and to be judged on. */
  readonly judged?: Required<JudgeLaboratoryOptions>;
  /** Threads; the numbers do not depend on it (default: as many as train networks). */
  readonly workers?: number;
  /** Where laboratories are kept until all are judged. */
  readonly folder?: string;
  /** Takes what is told of each laboratory. */
  readonly say?: (text: string) => void;
}

const source = [
  moduleSource(import.meta.url),
  moduleSource(new URL("ownLaboratoryWorker.js", import.meta.url).href),
] as const;

/**
 * What a model of an own laboratory gains, in laboratories of the twin that nobody has seen, over the phase network of
 * `twin train`, which knows none of them: on the same rows of each, so that what makes a laboratory hard for both
 * cancels. A long proof: of a run that was stopped, the next takes the laboratories that were judged, as long as no
 * source has changed.
 */
export async function ownLaboratories({
  seed,
  laboratories: count = 100,
  networkRows = 400_000,
  judged = { sizes: [30, 120, 300], testRows: 2_000 },
  workers = trainingThreads(),
  folder = projectPath(".twin", "own-laboratories"),
  say = console.log,
}: OwnLaboratoriesOptions): Promise<EvidenceFile<OwnLaboratories>> {
  return recordedEvidence(
    {
      id: "assure-own-laboratory",
      inputs: [],
      source,
      seed,
      engine: trainingEngine,
      labels: "simulated",
      madeBy: "assure",
    },
    async () => {
      const key = sha256(canonicalJson({ seed, networkRows, judged, code: await sourceHash(source) }));
      const own = join(folder, key.slice(0, 16));
      say(`… the phase network of ${networkRows} experiments`);
      const baseline = await baselineOf(join(own, "network.json"), seed, networkRows);
      const pool = workerPool<number, LaboratoryScores>(
        new URL("ownLaboratoryWorker.ts", import.meta.url).href,
        Math.min(workers, count),
        { baseline, options: judged } satisfies OwnLaboratoryTask,
      );
      let done = 0;
      const judge = async (laboratory: number): Promise<LaboratoryScores> => {
        const drawn = laboratorySeed(seed, laboratory);
        const scores = await keptResult(join(own, `${drawn}.json`), () => pool.run(drawn));
        say(`… laboratory ${++done} of ${count}: ${inWords(scores)}`);
        return scores;
      };
      try {
        const scores = await Promise.all(Array.from({ length: count }, (_, laboratory) => judge(laboratory)));
        return {
          result: { networkRows, testRows: judged.testRows, laboratories: scores, table: tableOf(scores) },
          measurements: ownLaboratoryMeasurements(scores, judged.testRows),
        };
      } finally {
        await pool.close();
      }
    },
  );
}

/** Of the experiments of a laboratory: nobody has seen them. */
function laboratorySeed(seed: number, laboratory: number): number {
  return Math.floor(seededRandom(seed).fork("own laboratories").fork(laboratory)() * 2 ** 32);
}

/** The phase network as `twin train` trains it. */
async function baselineOf(path: string, seed: number, rows: number): Promise<LaboratoryBaseline> {
  const kept = await keptResult(path, async () => {
    const data = await generatedPhaseData({ seed, rows });
    const { data: task, layers } = phaseModelJob(data);
    const { network } = await trainNetwork(task, layers, phaseRandom(seed, "phase model"), phaseTraining);
    return packNumbers({ network, encoder: data.encoder });
  });
  return unpackNumbers(kept) as LaboratoryBaseline;
}

/** Points of accuracy by which one model is ahead of another in each laboratory. */
type Ahead = (one: LaboratoryScores, own: OwnScores) => number;
const overNetwork: Ahead = ({ network }, own) => 100 * (own.accuracy - network);
const overAverage: Ahead = ({ average }, own) => 100 * (own.accuracy - average);
const way: Ahead = ({ network, known }) => 100 * (known - network);

/** Points that a chemist would notice, by rows to learn from: what is hoped for, no bar. */
const aims: Readonly<Record<number, number>> = { 120: 2, 300: 4 };
const [mostLoss, leastCoverage, mostPhases] = [1, 0.87, 2];

/**
 * What models of own laboratories are held to; of the fewest rows, that they cost next to nothing. Laboratories are
 * what varies: intervals are over them.
 */
export function ownLaboratoryMeasurements(laboratories: readonly LaboratoryScores[], testRows: number): Measurement[] {
  const n = laboratories.length * testRows;
  return laboratories[0].own.flatMap(({ rows }, at) => {
    const of = (value: Ahead): number[] => laboratories.map((one) => value(one, one.own[at]));
    const gain = over(of(overNetwork));
    const aim = rows in aims ? ` (aim: ${aims[rows]})` : "";
    const known = (id: string, meaning: string, unit: string, estimate: Estimate): Measurement =>
      measurement({
        id: `ownLaboratory.${id}.${rows}`,
        meaning: `from ${rows} rows, ${meaning}`,
        unit,
        n,
        ...estimate,
      });
    return [
      at === 0
        ? {
            ...known("loss", "mean loss of accuracy against the phase network", "points", negative(gain)),
            threshold: mostLoss,
            direction: "atMost",
          }
        : {
            ...known("gain", `mean gain of accuracy over the phase network${aim}`, "points", gain),
            threshold: 0,
            direction: "atLeast",
          },
      known(
        "shareOfWay",
        "share of the way from the phase network to the simulator of the known laboratory",
        "share",
        ratio(of(overNetwork), of(way)),
      ),
      known("overAverage", "mean gain over the averaged simulator", "points", over(of(overAverage))),
      {
        ...known("coverage", "share of sets that hold the phase", "share", over(of((_, own) => own.coverage))),
        threshold: leastCoverage,
        direction: "atLeast",
      },
      {
        ...known("setSize", "phases in a set", "phases", over(of((_, own) => own.setSize))),
        threshold: mostPhases,
        direction: "atMost",
      },
    ] satisfies Measurement[];
  });
}

function over(values: readonly number[]): Estimate {
  return studentEstimate(values, { over: "laboratories" });
}

function negative({ value, interval }: Estimate): Estimate {
  return { value: -value, interval: { ...interval, low: -interval.high, high: -interval.low } };
}

/** Of sums; the error is that of the ratio's linear part (Cochran 1977, Sampling Techniques, section 6.3). */
function ratio(parts: readonly number[], wholes: readonly number[]): Estimate {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [value, whole] = [mean(parts) / mean(wholes), mean(wholes)];
  return over(parts.map((part, i) => value + (part - value * wholes[i]) / whole));
}

function tableOf(laboratories: readonly LaboratoryScores[]): ShownTable {
  const mean = (of: (one: LaboratoryScores) => number): number =>
    laboratories.reduce((sum, one) => sum + of(one), 0) / laboratories.length;
  const model = (
    name: string,
    rows: number | null,
    accuracy: (one: LaboratoryScores) => number,
    at = -1,
  ): TableRow => ({
    name,
    rows,
    accuracy: 100 * mean(accuracy),
    coverage: at < 0 ? null : 100 * mean(({ own }) => own[at].coverage),
    setSize: at < 0 ? null : mean(({ own }) => own[at].setSize),
  });
  return shownTable<TableRow>({
    caption: `Means over ${laboratories.length} laboratories of the twin that no model has seen`,
    columns: [
      { name: "model", of: ({ name }) => name },
      { name: "rows of the laboratory", of: ({ rows }) => rows },
      { name: "accuracy", unit: "%", of: ({ accuracy }) => accuracy },
      { name: "sets that hold the phase", unit: "%", of: ({ coverage }) => coverage },
      { name: "phases in a set", of: ({ setSize }) => setSize },
    ],
    rows: [
      model("phase network", 0, ({ network }) => network),
      model("averaged simulator", 0, ({ average }) => average),
      ...laboratories[0].own.map(({ rows }, at) => model("own laboratory", rows, ({ own }) => own[at].accuracy, at)),
      model("simulator of the known laboratory", null, ({ known }) => known),
    ],
  });
}

interface TableRow {
  readonly name: string;
  readonly rows: number | null;
  readonly accuracy: number;
  readonly coverage: number | null;
  readonly setSize: number | null;
}

function inWords(scores: LaboratoryScores): string {
  const gains = scores.own.map((own) => {
    const gain = overNetwork(scores, own);
    return `${own.rows} rows ${gain < 0 ? "" : "+"}${gain.toFixed(1)} points`;
  });
  return `${gains.join(", ")}; known ${way(scores, scores.own[0]).toFixed(1)} points above the network`;
}
