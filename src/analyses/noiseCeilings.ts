import { measurement, type EvidenceFile, type Measurement } from "../core/Evidence.js";
import { seededRandom, type Random } from "../core/Random.js";
import { type CategoryColumn, codesOf, numbersOf, type Table } from "../core/Table.js";
import { generateExperiments } from "../generation/generateExperiments.js";
import { relabel } from "../generation/relabel.js";
import { recordedEvidence } from "../io/evidenceFiles.js";
import { laboratoryInterval, phaseCounts, sumOver } from "./laboratoryInterval.js";

/** How well the best possible model could do, task by task. */
export interface NoiseCeiling {
  readonly task: string;
  /** Accuracy, or R²: of a model that knew all that the twin knows but the noise of the reading, and of one that sees the recipe alone. */
  readonly measure: "accuracy" | "R²";
  readonly knowingAll: number;
  readonly knowingRecipe: number;
  readonly low: number;
  readonly high: number;
}

const ceilingRows = 20_000;
const otherLaboratories = 12;
const quantities = [
  ["sizeNanometre", "ln size", Math.log],
  ["photoluminescencePeakNanometre", "emission peak", (x: number) => x],
  ["photoluminescenceWidthNanometre", "emission width", (x: number) => x],
  ["quantumYield", "quantum yield", (x: number) => x],
  ["leadYield", "lead yield", (x: number) => x],
] as const;

/**
 * The noise ceiling: the same experiments read again, and carried out again by other laboratories. No model can agree
 * with a laboratory better than the laboratory would with itself.
 */
export async function noiseCeilings({ seed }: { readonly seed: number }): Promise<EvidenceFile<readonly NoiseCeiling[]>> {
  return recordedEvidence({ id: "02-generation-ceilings", inputs: [], source: "src/analyses/noiseCeilings.ts", seed, engine: "simd (WebAssembly)", labels: "simulated" }, async () => {
    const { table } = await generateExperiments({ rows: ceilingRows, seed });
    const again = relabel(table, seed + 1);
    const elsewhere: Table[] = [];
    for (let k = 1; k <= otherLaboratories; k++) elsewhere.push((await generateExperiments({ rows: ceilingRows, seed, labsSeed: seed + 100 * k, noiseSeed: seed + 100 * k })).table);
    const random = seededRandom(seed).fork("ceilings");
    const labs = codesOf(table, "lab").codes;
    const phase = phaseCeiling(table, again, elsewhere, labs, random);
    const numbers = quantities.map(([column, task, scale]) => quantityCeiling({ column, task, scale, table, again, other: elsewhere[0], labs, random: random.fork(column) }));
    const tasks = [phase, ...numbers];
    return {
      result: tasks.map(({ ceiling }) => ceiling),
      measurements: [...tasks.flatMap(({ measurements }) => measurements), measurement({ id: "DQ5.ceilingsWithInterval", meaning: "share of the twin's tasks whose noise ceiling is known with an interval", value: tasks.filter(({ measurements }) => measurements[0].interval !== null).length / tasks.length, unit: "share", n: tasks.length })],
    };
  });
}

interface TaskCeiling {
  readonly ceiling: NoiseCeiling;
  readonly measurements: readonly Measurement[];
}

function phaseCeiling(table: Table, again: Table, elsewhere: readonly Table[], labs: CategoryColumn["codes"], random: Random): TaskCeiling {
  const best = likeliest([table]);
  const hit = hits(best, again);
  const majority = phaseCounts(table).indexOf(Math.max(...phaseCounts(table)));
  // What half of the other laboratories make of a recipe names the class, the other half is the test: the same half for both would flatter.
  const half = elsewhere.length / 2;
  const fromOthers = likeliest(elsewhere.slice(0, half));
  const byRecipe = elsewhere.slice(half).map((other) => hits(fromOthers, other));
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  const knowingRecipe = byRecipe.reduce((sum, values) => sum + mean(values), 0) / byRecipe.length;
  const sums = sumsByLab(labs, [hit]);
  const accuracy = (which: Uint32Array): number => sumOver(which, (lab) => sums[lab][0]) / sumOver(which, (lab) => sums[lab][1]);
  const interval = laboratoryInterval(sums.length, accuracy, random.fork("phase"));
  const baseline = mean(hits(best.map(() => majority), again));
  return {
    ceiling: { task: "phase", measure: "accuracy", knowingAll: mean(hit), knowingRecipe, low: interval.low, high: interval.high },
    measurements: [
      measurement({ id: "ceiling.phase", meaning: "accuracy of naming the likeliest phase when all but the operator's noise is known", value: mean(hit), unit: "share", interval, n: hit.length, baseline }),
      measurement({ id: "ceiling.phaseFromRecipe", meaning: "accuracy of the best answer to a recipe alone, whichever laboratory carries it out", value: knowingRecipe, unit: "share", n: hit.length * byRecipe.length, baseline }),
    ],
  };
}

/** Likeliest class of each row, by mean probabilities over tables of the same recipes. */
function likeliest(tables: readonly Table[]): number[] {
  const names = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "Coexistence", "Nothing"].map((name) => `trueProbability${name}`);
  const columns = tables.map((table) => names.map((name) => numbersOf(table, name)));
  return Array.from({ length: tables[0].numRows }, (_, row) => {
    const sums = names.map((__, phase) => columns.reduce((sum, probabilities) => sum + probabilities[phase][row], 0));
    return sums.indexOf(Math.max(...sums));
  });
}

function hits(classes: readonly number[], table: Table): Float64Array {
  const { codes } = codesOf(table, "phase");
  return Float64Array.from(classes, (phase, row) => Number(codes[row] === phase));
}

interface QuantityTask {
  readonly column: string;
  readonly task: string;
  readonly scale: (value: number) => number;
  readonly table: Table;
  readonly again: Table;
  readonly other: Table;
  readonly labs: CategoryColumn["codes"];
  readonly random: Random;
}

/** R² ceiling: one less half the mean squared difference of two readings, over the variance of readings. */
function quantityCeiling({ column, task, scale, table, again, other, labs, random }: QuantityTask): TaskCeiling {
  const readings = [table, again, other].map((one) => Float64Array.from(numbersOf(one, column), scale));
  const both = (a: Float64Array, b: Float64Array): { readonly value: Float64Array; readonly squared: Float64Array; readonly difference: Float64Array; readonly present: Float64Array } => {
    const present = a.map((value, row) => Number(!Number.isNaN(value) && !Number.isNaN(b[row])));
    const only = (values: Float64Array): Float64Array => values.map((value, row) => (present[row] === 1 ? value : 0));
    return { value: only(a), squared: only(a.map((value) => value * value)), difference: only(a.map((value, row) => (value - b[row]) ** 2)), present };
  };
  const r2 = (sums: readonly (readonly number[])[]) => (which: Uint32Array): number => {
    const [value, squared, difference, present] = [0, 1, 2, 3].map((i) => sumOver(which, (lab) => sums[lab][i]));
    return 1 - difference / 2 / (squared - (value * value) / present);
  };
  const own = both(readings[0], readings[1]);
  const sums = sumsByLab(labs, [own.value, own.squared, own.difference, own.present]);
  const all = Uint32Array.from(sums.keys());
  const interval = laboratoryInterval(sums.length, r2(sums), random);
  const others = both(readings[0], readings[2]);
  const fromRecipe = r2(sumsByLab(labs, [others.value, others.squared, others.difference, others.present]))(all);
  const n = own.present.reduce((a, b) => a + b, 0);
  return {
    ceiling: { task, measure: "R²", knowingAll: r2(sums)(all), knowingRecipe: fromRecipe, low: interval.low, high: interval.high },
    measurements: [
      measurement({ id: `ceiling.${column}`, meaning: `R² of the best prediction of the ${task} when all but the reading's noise is known`, value: r2(sums)(all), unit: "1", interval, n, baseline: 0 }),
      measurement({ id: `ceiling.${column}FromRecipe`, meaning: `R² of the best prediction of the ${task} from the recipe alone, whichever laboratory carries it out`, value: fromRecipe, unit: "1", n: others.present.reduce((a, b) => a + b, 0), baseline: 0 }),
    ],
  };
}

/** For each laboratory the sums of columns over its rows, and the number of rows. */
function sumsByLab(labs: CategoryColumn["codes"], columns: readonly Float64Array[]): number[][] {
  let count = 0;
  for (const lab of labs) count = Math.max(count, lab + 1);
  const sums = Array.from({ length: count }, () => new Array<number>(columns.length + 1).fill(0));
  labs.forEach((lab: number, row) => {
    columns.forEach((column, i) => (sums[lab][i] += column[row]));
    sums[lab][columns.length]++;
  });
  return sums;
}
