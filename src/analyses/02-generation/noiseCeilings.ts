import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { philoxKey } from "../../core/random/philoxKey.js";
import { seededRandom, type Random } from "../../core/random/Random.js";
import { seedOf } from "../../core/random/seedOf.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";
import { type CategoryColumn, codesOf, type NumberColumn, numbersOf, type Table } from "../../core/Table.js";
import { categoryLevels } from "../../generation/categoryLevels.js";
import { columnMemory } from "../../generation/columnMemory.js";
import { doJob } from "../../generation/experimentJob.js";
import { experimentTable } from "../../generation/experimentTable.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { makeEngine } from "../../generation/makeEngine.js";
import { laboratories } from "../../generation/laboratories.js";
import { CodeSlot, NumberSlot } from "../../generation/layout.js";
import { recipeSimulator, type SimulatedAnswers } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import { relabel } from "../../generation/relabel.js";
import { twinSetup } from "../../generation/twinSetup.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { laboratoryInterval, phaseCounts } from "./laboratoryInterval.js";
import { probabilityColumns } from "../../problems/phase/phaseExperiments.js";
import { phaseInUnknownLaboratory } from "../../problems/phase/phaseInUnknownLaboratory.js";
import { type Quantity, quantities } from "../../problems/phase/quantities.js";
import {
  addRepetition,
  phaseFromRecipe,
  quantityFromRecipe,
  quantityInUnknownLaboratory,
  repeatedRecipes,
  type RepeatedRecipes,
  worstRecallFromRecipe,
} from "./recipeCeilings.js";
import { widestOfNarrowest } from "./widestOfNarrowest.js";

/** How well the best possible model could do, task by task, as its table shows it. */
export interface NoiseCeilings {
  readonly tasks: readonly TaskCeiling[];
  readonly table: ShownTable;
}

/** The best that can be done at one task. */
export interface TaskCeiling {
  readonly name: string;
  readonly measure: "accuracy" | "R²";
  /** By one who knows all but the noise of the reading. */
  readonly knowingAll: Estimate;
  /** By one who sees the recipe alone, of one of the twelve laboratories. */
  readonly fromRecipe: Estimate;
  /** By one who sees the recipe alone, of a laboratory that nobody knows. */
  readonly unknownLaboratory: Estimate;
}

const ceilingRows = 20_000;
/** How often each recipe is carried out again: by a laboratory, a day and an operator of the twin drawn anew. */
const repetitions = 64;
/** Tries of each recipe by each of two simulators, in as many fresh laboratories each. */
const draws = 128;
const freshLaboratories = 80;

/**
 * How well the best possible model could do on the twin's experiments. Knowing all: the same experiments are read
 * again; no model can agree with a laboratory better than the laboratory would with itself. From the recipe alone:
 * each recipe is carried out again and again in the same twelve laboratories, and the best that one can say is its
 * likeliest phase and its mean reading. In an unknown laboratory: the simulator averaged over laboratories and days,
 * judged by the same recipes in fresh laboratories that it did not draw.
 */
export async function noiseCeilings({ seed }: { readonly seed: number }): Promise<EvidenceFile<NoiseCeilings>> {
  return recordedEvidence(
    {
      id: "02-generation-ceilings",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: "simd (WebAssembly)",
      labels: "simulated",
    },
    async () => {
      const { table } = await generateExperiments({ rows: ceilingRows, seed });
      const again = relabel(table, seedOf(seededRandom(seed).fork("second reading")));
      const random = seededRandom(seed).fork("ceilings");
      const repeated = await repeatRecipes(seed, random.fork("repetitions"));
      const labs = codesOf(table, "lab").codes;
      const unknown = await inUnknownLaboratories(table, seed, random.fork("unknown laboratories"));
      const phase = phaseCeiling({ table, again, labs, repeated, unknown: unknown.phase }, random);
      const numbers = quantities.map((quantity, k) =>
        quantityCeiling({
          quantity,
          table,
          again,
          labs,
          fromRecipe: quantityFromRecipe(repeated, k, random.fork(quantity.column).fork("recipe")),
          unknown: unknown.quantities[k],
          random: random.fork(quantity.column),
        }),
      );
      const tasks = [phase, ...numbers];
      const narrowest = await widestOfNarrowest(table, random.fork("narrowest widths"));
      return {
        result: {
          tasks: tasks.map(({ ceiling }) => ceiling),
          table: ceilingsTable(tasks.map(({ ceiling }) => ceiling)),
        },
        measurements: [
          ...tasks.flatMap(({ measurements }) => measurements),
          narrowest,
          measurement({
            id: "DQ5.ceilingsWithInterval",
            meaning: "share of the twin's tasks whose noise ceiling is known with an interval",
            value: tasks.filter(({ measurements }) => measurements[0].interval !== null).length / tasks.length,
            unit: "share",
            n: tasks.length,
          }),
        ],
      };
    },
  );
}

/** The same recipes in the hands of the same laboratories, with days, operators and readings drawn anew each time. */
async function repeatRecipes(seed: number, random: Random): Promise<RepeatedRecipes> {
  const setup = twinSetup({ seed });
  const memory = columnMemory(ceilingRows, { shared: false });
  const repeated = repeatedRecipes(ceilingRows, quantities.length);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const own = random.fork(repetition);
    const engine = await makeEngine("simd", {
      ...setup,
      keys: { ...setup.keys, people: philoxKey(own.fork("people")), noise: philoxKey(own.fork("noise")) },
    });
    doJob(engine, { first: 0, rows: ceilingRows, memory, offset: 0 });
    const { columns } = experimentTable(memory, { first: 0, rows: ceilingRows, levels: categoryLevels(setup) });
    const numbers = (name: string): Float64Array => Float64Array.from(columns[name] as NumberColumn);
    addRepetition(
      repeated,
      repetition,
      probabilityColumns.map(numbers),
      quantities.map(({ column, scale }) => numbers(column).map(scale)),
    );
  }
  return repeated;
}

interface UnknownCeilings {
  readonly phase: ReturnType<typeof phaseInUnknownLaboratory>;
  readonly quantities: readonly ReturnType<typeof quantityInUnknownLaboratory>[];
}

/** What the simulator averaged over laboratories knows of the recipes in the hands of others. */
async function inUnknownLaboratories(table: Table, seed: number, random: Random): Promise<UnknownCeilings> {
  const answersOf = async (half: Random): Promise<SimulatedAnswers> => {
    const options = { draws, labs: { count: freshLaboratories }, quantities, levels: [], engine: simdEngine };
    return (await recipeSimulator({ random: half, ...options }))(table);
  };
  const [one, other] = [await answersOf(random.fork("one half")), await answersOf(random.fork("other half"))];
  const judges = random.fork("judges");
  const setup = twinSetup({ seed });
  const engine = await makeEngine("simd", {
    ...setup,
    laboratories: laboratories(judges.fork("laboratories"), { count: freshLaboratories }),
    keys: { ...setup.keys, people: philoxKey(judges.fork("people")), noise: philoxKey(judges.fork("noise")) },
  });
  const memory = columnMemory(table.numRows, { shared: false });
  doJob(engine, { first: 0, rows: table.numRows, memory, offset: 0 });
  const labs = memory.codes[CodeSlot.lab];
  return {
    phase: phaseInUnknownLaboratory(
      {
        halves: [one.probabilities, other.probabilities],
        labs,
        truth: phaseNames.map((_, phase) => memory.numbers[NumberSlot.trueProbabilityCsPbBr3 + phase]),
      },
      random.fork("phase"),
    ),
    quantities: quantities.map(({ column, scale }, k) =>
      quantityInUnknownLaboratory(
        {
          halves: [one.quantities[k], other.quantities[k]],
          labs,
          readings: Float64Array.from(memory.numbers[NumberSlot[column as keyof typeof NumberSlot]], scale),
        },
        random.fork(column),
      ),
    ),
  };
}

interface MeasuredTask {
  readonly ceiling: TaskCeiling;
  readonly measurements: readonly Measurement[];
}

interface PhaseTask {
  readonly table: Table;
  readonly again: Table;
  readonly labs: CategoryColumn["codes"];
  readonly repeated: RepeatedRecipes;
  readonly unknown: UnknownCeilings["phase"];
}

function phaseCeiling(
  { table, again, labs, repeated, unknown: { shortfall, ...unknownLaboratory } }: PhaseTask,
  random: Random,
): MeasuredTask {
  const best = likeliest(table);
  const hit = hits(best, again);
  const majority = phaseCounts(table).indexOf(Math.max(...phaseCounts(table)));
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  const sums = groupedSums(labs, { hits: (row) => hit[row], rows: () => 1 });
  const accuracy = groupedStatistic(sums, (totals) => totals.hits / totals.rows, { over: "rows", kind: "share" });
  const interval = laboratoryInterval(sums.rows.length, accuracy, random.fork("phase"));
  const baseline = mean(
    hits(
      best.map(() => majority),
      again,
    ),
  );
  const fromRecipe = phaseFromRecipe(repeated, repetitions, random.fork("phase from recipe"));
  const { major, ...worstRecall } = worstRecallFromRecipe(repeated, repetitions, random.fork("worst recall"));
  return {
    ceiling: {
      name: "phase",
      measure: "accuracy",
      knowingAll: { value: mean(hit), interval },
      fromRecipe,
      unknownLaboratory,
    },
    measurements: [
      measurement({
        id: "ceiling.phase",
        meaning: "accuracy of naming the likeliest phase when all but the operator's noise is known",
        value: mean(hit),
        unit: "share",
        interval,
        n: hit.length,
        baseline,
      }),
      measurement({
        id: "ceiling.phaseFromRecipe",
        meaning:
          "accuracy of naming the likeliest phase of a recipe when its " +
          "laboratory, one of the twelve, its day and its operator are not told",
        ...fromRecipe,
        unit: "share",
        n: ceilingRows,
        baseline,
      }),
      measurement({
        id: "ceiling.worstMajorRecall",
        meaning:
          `the largest that the smallest recall of a class of a tenth or more (${major.join(", ")}) can be, ` +
          "whatever the rule, when laboratory, day and operator of a recipe are not told",
        ...worstRecall,
        unit: "share",
        n: ceilingRows,
      }),
      measurement({
        id: "ceiling.phaseUnknownLaboratory",
        meaning:
          `accuracy of the simulator averaged over ${2 * draws} draws of laboratories and days, in ` +
          `${freshLaboratories} fresh laboratories that it did not draw; what finite draws cost is added`,
        ...unknownLaboratory,
        unit: "share",
        n: ceilingRows,
        baseline,
      }),
      measurement({
        id: "ceiling.drawsShortfall",
        meaning: `accuracy that ${2 * draws} draws lack, estimated by what ${draws} lack to them`,
        value: shortfall,
        unit: "share difference",
        n: ceilingRows,
      }),
    ],
  };
}

function ceilingsTable(tasks: readonly TaskCeiling[]): ShownTable {
  const best = ({ value }: Estimate): number => Number(value.toFixed(3));
  const range = ({ interval: { low, high } }: Estimate): string => `${low.toFixed(3)} to ${high.toFixed(3)}`;
  return shownTable({
    caption: "The best that a model of the twin's experiments can reach",
    columns: [
      { name: "task", of: ({ name }) => name },
      { name: "measure", of: ({ measure }) => measure },
      { name: "all known but noise", of: ({ knowingAll }) => best(knowingAll) },
      { name: "95 % interval", of: ({ knowingAll }) => range(knowingAll) },
      { name: "recipe alone, these laboratories", of: ({ fromRecipe }) => best(fromRecipe) },
      { name: "95 % interval of it", of: ({ fromRecipe }) => range(fromRecipe) },
      { name: "recipe alone, unknown laboratory", of: ({ unknownLaboratory }) => best(unknownLaboratory) },
      { name: "95 % interval of that", of: ({ unknownLaboratory }) => range(unknownLaboratory) },
    ],
    rows: tasks,
  });
}

/** Likeliest class of each row, by its true probabilities. */
function likeliest(table: Table): number[] {
  const columns = probabilityColumns.map((name) => numbersOf(table, name));
  return Array.from({ length: table.numRows }, (_, row) => {
    const each = columns.map((column) => column[row]);
    return each.indexOf(Math.max(...each));
  });
}

function hits(classes: readonly number[], table: Table): Float64Array {
  const { codes } = codesOf(table, "phase");
  return Float64Array.from(classes, (phase, row) => Number(codes[row] === phase));
}

interface QuantityTask {
  readonly quantity: Quantity;
  readonly table: Table;
  readonly again: Table;
  readonly labs: CategoryColumn["codes"];
  readonly fromRecipe: ReturnType<typeof quantityFromRecipe>;
  readonly unknown: UnknownCeilings["quantities"][number];
  readonly random: Random;
}

/** R² ceiling: one less half the mean squared difference of two readings, over the variance of readings. */
function quantityCeiling({
  quantity: { column, name, scale },
  table,
  again,
  labs,
  fromRecipe: { readings, ...fromRecipe },
  unknown: { readings: unknownReadings, ...unknownLaboratory },
  random,
}: QuantityTask): MeasuredTask {
  const [first, second] = [table, again].map((one) => Float64Array.from(numbersOf(one, column), scale));
  const isPresent = (row: number): boolean => !Number.isNaN(first[row]) && !Number.isNaN(second[row]);
  const sums = groupedSums(labs, {
    value: (row) => (isPresent(row) ? first[row] : 0),
    squared: (row) => (isPresent(row) ? first[row] * first[row] : 0),
    difference: (row) => (isPresent(row) ? (first[row] - second[row]) ** 2 : 0),
    n: (row) => Number(isPresent(row)),
  });
  const r2 = groupedStatistic(
    sums,
    ({ value, squared, difference, n }) => 1 - difference / 2 / (squared - (value * value) / n),
    { over: "n", kind: "explained" },
  );
  const knowingAll = {
    value: r2(Uint32Array.from(sums.n.keys())),
    interval: laboratoryInterval(sums.n.length, r2, random),
  };
  return {
    ceiling: { name, measure: "R²", knowingAll, fromRecipe, unknownLaboratory },
    measurements: [
      measurement({
        id: `ceiling.${column}`,
        meaning: `R² of the best prediction of the ${name} when all but the reading's noise is known`,
        ...knowingAll,
        unit: "1",
        n: sums.n.reduce((a, b) => a + b, 0),
        baseline: 0,
      }),
      measurement({
        id: `ceiling.${column}FromRecipe`,
        meaning:
          `R² of the best prediction of the ${name} of a recipe when ` +
          "its laboratory, one of the twelve, and its day are not told",
        ...fromRecipe,
        unit: "1",
        n: readings,
        baseline: 0,
      }),
      measurement({
        id: `ceiling.${column}UnknownLaboratory`,
        meaning:
          `R² of the simulator's mean ${name} over ${2 * draws} draws of laboratories and days, ` +
          `in ${freshLaboratories} fresh laboratories that it did not draw`,
        ...unknownLaboratory,
        unit: "1",
        n: unknownReadings,
        baseline: 0,
      }),
    ],
  };
}
