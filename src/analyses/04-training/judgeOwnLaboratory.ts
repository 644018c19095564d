import { phaseNames } from "../../chemistry/phases.js";
import { argmax } from "../../core/metrics/argmax.js";
import { seededRandom } from "../../core/random/Random.js";
import { selectColumns, selectRows, type Table } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { recipeSimulator, type SimulatorOptions } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import { answerColumns } from "../../predictor/answerColumns.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { meanAnswers } from "../../predictor/meanAnswers.js";
import { fitOwnLaboratory } from "../../problems/ownLaboratory/fitOwnLaboratory.js";
import { ownModelOf } from "../../problems/ownLaboratory/ownModelOf.js";
import { phaseCodes } from "../../problems/phase/phaseTable.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import type { Network } from "../../training/Network.js";
import { holdsClass, setSize } from "../../uncertainty/conformal/labelSets.js";

/** The phase network that knows nothing of the laboratory. */
export interface LaboratoryBaseline {
  readonly network: Network;
  readonly encoder: Encoder;
}

/** What models of one laboratory are worth on rows of it that none has seen. */
export interface LaboratoryScores {
  /** Of its experiments. */
  readonly seed: number;
  /** Shares of test rows that are told rightly: by the phase network, ... */
  readonly network: number;
  /** ... by the simulator averaged over laboratories, ... */
  readonly average: number;
  /** ... and by the simulator of this very laboratory, which no model of its recipes can beat but by luck. */
  readonly known: number;
  readonly own: readonly OwnScores[];
}

/** Of a model that was fitted to the first rows of the laboratory. */
export interface OwnScores {
  readonly rows: number;
  /** What the nested choice kept. */
  readonly kept: string;
  readonly accuracy: number;
  /** Share of test rows whose phase is in the set. */
  readonly coverage: number;
  /** Phases in a set, on average. */
  readonly setSize: number;
}

/** Which experiments of a laboratory are learned from and judged on. */
export interface JudgeLaboratoryOptions {
  /** Rows to learn from: each the first of the same experiments, ascending (default 30, 120, 300). */
  readonly sizes?: readonly number[];
  /** Experiments after the last of them (default 2,000). */
  readonly testRows?: number;
}

const kept: readonly string[] = ["phase", "batch", "lab"];
/** Some 0.01 of a probability, below what laboratories differ by. */
const draws = 1024;

/**
 * Judges a laboratory of the twin that nobody has seen: one for each seed.
 *
 * @returns a function of the seed, which asks and learns in this thread
 */
export async function judgeOwnLaboratory(
  { network, encoder }: LaboratoryBaseline,
  { sizes = [30, 120, 300], testRows = 2_000 }: JudgeLaboratoryOptions = {},
): Promise<(seed: number) => Promise<LaboratoryScores>> {
  const engine = await simdTraining();
  const simulator = (options: Pick<SimulatorOptions, "random" | "labs">): ReturnType<typeof recipeSimulator> =>
    recipeSimulator({ ...options, draws, quantities: [], engine: simdEngine });
  const average = await simulator({ random: seededRandom(1).fork("averaged simulator"), labs: { count: 80 } });
  return async (seed) => {
    const most = Math.max(...sizes);
    const labs = { count: 1 };
    const { table } = await generateExperiments({ rows: most + testRows, seed, labs });
    const test = selectRows(table, places(most, most + testRows));
    const labels = phaseCodes(test);
    const share = (probabilities: ArrayLike<number>): number =>
      shareOf(argmax(probabilities, phaseNames.length), (code, row) => code === labels[row]);
    // Drawn from the stream that the experiments came from: it is their laboratory.
    const known = await simulator({ random: seededRandom(seed), labs });
    const own: OwnScores[] = [];
    for (const rows of sizes) own.push(await ownScores(selectRows(table, places(0, rows)), test, labels));
    return {
      seed,
      network: share(meanAnswers([network], encode(encoder, test), engine).probabilities),
      average: share(average(test).probabilities),
      known: share(known(test).probabilities),
      own,
    };
  };
}

async function ownScores(done: Table, test: Table, labels: Uint8Array): Promise<OwnScores> {
  // Numbers beside the phase are left out: they would be learned too, and change nothing of it.
  const told = Object.keys(done.columns).filter((name) => Object.hasOwn(recipeColumns, name) || kept.includes(name));
  const { laboratory } = await fitOwnLaboratory(selectColumns(done, told), { seed: 1, fileSha256: "" });
  const { rows, phase, sets } = answerColumns(await ownModelOf(laboratory), test);
  // A recipe without an answer would be told wrongly, and have no set that holds its phase.
  const share = (isRight: (i: number, row: number) => boolean): number =>
    rows.reduce((sum, row, i) => sum + Number(isRight(i, row)), 0) / labels.length;
  return {
    rows: done.numRows,
    kept: laboratory.model.kept,
    accuracy: share((i, row) => phase[i] === labels[row]),
    coverage: share((i, row) => holdsClass(sets[i], labels[row])),
    setSize: sets.reduce((sum, set) => sum + setSize(set), 0) / sets.length,
  };
}

function shareOf<Value>(values: ArrayLike<Value>, holds: (value: Value, row: number) => boolean): number {
  return Array.from(values).filter(holds).length / values.length;
}

function places(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}
