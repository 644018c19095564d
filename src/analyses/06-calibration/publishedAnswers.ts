import type { phaseNames } from "../../chemistry/phases.js";
import { phaseCode } from "../../chemistry/phases.js";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import type { Random } from "../../core/random/Random.js";
import { type Estimate } from "../../core/statistics/Estimate.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import type { IntervalOrReason } from "../../core/statistics/Interval.js";
import { numbersOf, rowsWhere, selectRows, type Table, textsOf } from "../../core/Table.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { heldOutPapers } from "../../experiments/heldOutPapers.js";
import { recipeSimulator } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { type AnswerColumns, answerColumns } from "../../predictor/answerColumns.js";
import { meanAnswers } from "../../predictor/meanAnswers.js";
import { type LoadedPhaseModel, phaseModelOf } from "../../predictor/phaseModelOf.js";
import { fitPhaseLimits } from "../../problems/phase/fitPhaseLimits.js";
import { opinionsByPaper } from "../../problems/phase/opinionsByPaper.js";
import { phaseRandom } from "../../problems/phase/phaseExperiments.js";
import { quantities } from "../../problems/phase/quantities.js";
import { sizeLawAcrossPapers } from "../../problems/published/sizeLawAcrossPapers.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { holdsClass, setSize } from "../../uncertainty/conformal/labelSets.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import type { UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** What the ensemble, as `twin train` would save it, says of published recipes. */
export interface PublishedAnswers {
  readonly lines: readonly PublishedLine[];
  readonly table: ShownTable;
}

/** A number of the answers, beside what stands without a model. */
export interface PublishedLine {
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  readonly unit: string;
  readonly value: number;
  readonly interval: IntervalOrReason;
  /** What it is held against, in words, and its value. */
  readonly baseline: string | null;
  readonly baselineValue: number | null;
}

type Line = Omit<PublishedLine, "baseline" | "baselineValue"> &
  Partial<Pick<PublishedLine, "baseline" | "baselineValue">>;

/**
 * Every published recipe and every platelet is answered; how rightly is judged on papers that are not held out to the
 * end, each paper whole. The networks have seen none of them, but the twin that they learned from had its assumed
 * parameters fitted to the phases of the same papers, and takes its size laws from the literature. Beside the answers
 * stand the constant of the other papers, the simulator averaged over laboratories, and a size law fitted on the other
 * papers.
 */
export async function publishedAnswers(models: UncertainModels): Promise<EvidenceFile<PublishedAnswers>> {
  const { seed } = models.data;
  return recordedEvidence(
    {
      id: "06-calibration-published",
      inputs: [publishedFile("recipes"), publishedFile("nanoplatelets-all")],
      source: moduleSource(import.meta.url),
      seed,
      engine: uncertaintyEngine,
      labels: "real",
    },
    async () => {
      const random = phaseRandom(seed, "published");
      const model = await ensembleModel(models);
      const recipes = (await readRealTable("recipes")).table;
      const platelets = (await readRealTable("nanoplatelets-all")).table;
      const { heldOut } = await heldOutPapers();
      const papers = textsOf(recipes, "doi");
      const open = selectRows(
        recipes,
        rowsWhere(recipes, (row) => !heldOut.includes(papers[row])),
      );
      const lines = [
        answered("published.answered", "published recipes that are answered", model, recipes),
        answered("platelets.answered", "platelets that are answered", model, platelets),
        ...(await ofRecipes(open, answerColumns(model, open), random.fork("recipes"))),
        ...ofPlatelets(platelets, model, random.fork("platelets")),
      ].map((line): PublishedLine => ({ baseline: null, baselineValue: null, ...line }));
      return {
        result: { lines, table: linesTable(lines) },
        measurements: lines.map(measured),
      };
    },
  );
}

/** Networks of the notebook with limits fitted on all calibrate rows, as `twin train --members` fits them. */
async function ensembleModel({ data, members, targets, targetScales }: UncertainModels): Promise<LoadedPhaseModel> {
  const engine = await simdTraining();
  const { table, split, features, encoder } = data;
  const { uncalibrated: _, ...limits } = fitPhaseLimits(
    { ...data, groups: textsOf(table, "batch"), splitBy: "batch", quantities, targets },
    meanAnswers(members, selectMatrixRows(features, split.calibrate), engine),
  );
  return phaseModelOf({ members, encoder, limits, targetScales }, "model", { engine });
}

function answered(id: string, name: string, model: LoadedPhaseModel, recipes: Table): Line {
  const { rows } = answerColumns(model, recipes);
  return {
    id,
    name,
    rows: recipes.numRows,
    unit: "share",
    value: rows.length / recipes.numRows,
    interval: { interval: null, reason: "all recipes of the table, not a sample" },
  };
}

async function ofRecipes(open: Table, answers: AnswerColumns, random: Random): Promise<Line[]> {
  const recipes = selectRows(open, answers.rows);
  const papers = textsOf(recipes, "doi");
  const labels = Uint8Array.from(textsOf(recipes, "phase"), (phase) => phaseCode(phase as (typeof phaseNames)[number]));
  const n = labels.length;
  const share = (id: string, name: string, unit: string, of: (row: number) => number, of01: boolean): Line => {
    const values = Float64Array.from({ length: n }, (_, row) => of(row));
    const mean = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
    return {
      id: `published.${id}`,
      name,
      rows: n,
      unit,
      value: mean(Uint32Array.from(values.keys())),
      interval: groupInterval(papers, mean, random.fork(id), { unit: "paper", kind: of01 ? "share" : "mean" }),
    };
  };
  const simulate = await recipeSimulator({ random: random.fork("simulator"), quantities: [], engine: simdEngine });
  const { network, simulator, gain } = opinionsByPaper(
    { network: answers.probabilities, simulator: simulate(recipes).probabilities },
    { labels, papers },
    random.fork("opinions"),
  );
  const estimate = (
    id: string,
    name: string,
    unit: string,
    { value, interval }: Estimate,
    baseline: string | null = null,
    baselineValue: number | null = null,
  ): Line => ({
    id: `published.${id}`,
    name,
    rows: n,
    unit,
    value,
    interval: { interval, reason: null },
    baseline,
    baselineValue,
  });
  const constant = "constant of the other papers";
  return [
    share("inside", "recipes inside", "share", (row) => Number(!answers.outside.has(row)), true),
    share("setSize", "phases in a set", "phases", (row) => setSize(answers.sets[row]), false),
    share(
      "coverage",
      "sets that hold the phase",
      "share",
      (row) => Number(holdsClass(answers.sets[row], labels[row])),
      true,
    ),
    estimate("accuracy", "accuracy", "share", network.accuracy, constant, network.constant.accuracy.value),
    estimate("logLoss", "log loss", "nats", network.logLoss, constant, network.constant.logLoss.value),
    estimate("logLossGain", "log loss below that constant", "nats", network.gain.logLoss),
    estimate(
      "simulatorAccuracy",
      "accuracy of the simulator",
      "share",
      simulator.accuracy,
      "network",
      network.accuracy.value,
    ),
    estimate(
      "simulatorLogLoss",
      "log loss of the simulator",
      "nats",
      simulator.logLoss,
      "network",
      network.logLoss.value,
    ),
    estimate("simulatorGain", "log loss of the simulator below the network's", "nats", gain.logLoss),
    ...(await ofSizes(recipes, answers, random.fork("sizes"))),
  ];
}

/** Of ln(size), where the law of hot injections can be asked too. */
async function ofSizes(recipes: Table, { quantities: numbers }: AnswerColumns, random: Random): Promise<Line[]> {
  const { rows, papers, target, byLaw, byMean } = await sizeLawAcrossPapers(recipes);
  const size = numbers.find(({ column }) => column === "sizeNanometre")!;
  const predicted = Float64Array.from(rows, (row) => Math.log(size.value[row]));
  const all = Uint32Array.from(rows.keys());
  const line = (id: string, name: string, values: Float64Array): Line => {
    const statistic = explainedOfRows(target, values);
    return {
      id: `published.${id}`,
      name,
      rows: rows.length,
      unit: "1",
      value: statistic(all),
      interval: groupInterval(papers, statistic, random.fork(id), { unit: "paper", kind: "explained" }),
      baseline: constantName,
      baselineValue: explainedOfRows(target, byMean)(all),
    };
  };
  const covered = Float64Array.from(rows, (row, i) =>
    Number(target[i] >= Math.log(size.low[row]) && target[i] <= Math.log(size.high[row])),
  );
  const mean = (some: Uint32Array): number => some.reduce((sum, row) => sum + covered[row], 0) / some.length;
  return [
    line("sizeR2", "R² of ln size", predicted),
    line("lawR2", "R² of ln size by a law fitted on the other papers", byLaw),
    {
      id: "published.sizeCoverage",
      name: "intervals that hold the size",
      rows: rows.length,
      unit: "share",
      value: mean(all),
      interval: groupInterval(papers, mean, random.fork("coverage"), { unit: "paper", kind: "share" }),
    },
  ];
}
const constantName = "mean of the other papers";

/** One laboratory, and no phase but CsPbBr3: rows of one recipe stand together. */
function ofPlatelets(platelets: Table, model: LoadedPhaseModel, random: Random): Line[] {
  const peaks = numbersOf(platelets, "photoluminescencePeakNanometre");
  const seen = selectRows(
    platelets,
    rowsWhere(platelets, (row) => textsOf(platelets, "perovskite")[row] === "yes" && !Number.isNaN(peaks[row])),
  );
  const answers = answerColumns(model, seen);
  const recipes = textsOf(seen, "recipe");
  const truth = Float64Array.from(numbersOf(seen, "photoluminescencePeakNanometre"));
  const code = phaseCode("CsPbBr3");
  const peak = answers.quantities.find(({ column }) => column === "photoluminescencePeakNanometre")!;
  const middle = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const line = (id: string, name: string, unit: string, of: (row: number) => number, kind: "share" | "mean"): Line => {
    const values = Float64Array.from({ length: seen.numRows }, (_, row) => of(row));
    const mean = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
    return {
      id: `platelets.${id}`,
      name,
      rows: seen.numRows,
      unit,
      value: mean(Uint32Array.from(values.keys())),
      interval: groupInterval(recipes, mean, random.fork(id), { unit: "recipe", kind }),
    };
  };
  const constant = truth.reduce((sum, value) => sum + Math.abs(value - middle), 0) / truth.length;
  return [
    line("inside", "platelets inside", "share", (row) => Number(!answers.outside.has(row)), "share"),
    line(
      "coverage",
      "platelets whose set holds CsPbBr3",
      "share",
      (row) => Number(holdsClass(answers.sets[row], code)),
      "share",
    ),
    line("setSize", "phases in a platelet's set", "phases", (row) => setSize(answers.sets[row]), "mean"),
    {
      ...line(
        "peakError",
        "error of a platelet's emission peak",
        "nm",
        (row) => Math.abs(peak.value[row] - truth[row]),
        "mean",
      ),
      baseline: "their own mean",
      baselineValue: constant,
    },
    line(
      "peakCoverage",
      "intervals that hold a platelet's peak",
      "share",
      (row) => Number(truth[row] >= peak.low[row] && truth[row] <= peak.high[row]),
      "share",
    ),
  ];
}

function linesTable(lines: readonly PublishedLine[]): ShownTable {
  const inWords = (value: number, { interval }: IntervalOrReason): string =>
    interval === null ? value.toPrecision(3) : estimateInWords({ value, interval });
  return shownTable({
    caption: "Published recipes; 95 % intervals over papers, of platelets over recipes",
    columns: [
      { name: "what", of: ({ name }) => name },
      { name: "recipes", of: ({ rows }) => rows },
      { name: "value", of: ({ value, interval }) => inWords(value, interval) },
      { name: "unit", of: ({ unit }) => (unit === "1" ? "" : unit) },
      {
        name: "beside it",
        of: ({ baseline, baselineValue }) =>
          baseline === null ? "" : `${baselineValue!.toPrecision(3)} (${baseline})`,
      },
    ],
    rows: lines,
  });
}

function measured({ id, name, rows, unit, value, interval, baselineValue }: PublishedLine): Measurement {
  return measurement({ id, meaning: name, value, unit, n: rows, baseline: baselineValue, ...interval });
}
