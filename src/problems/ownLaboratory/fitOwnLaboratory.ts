import { phaseNames } from "../../chemistry/phases.js";
import { twinTerms } from "../../chemistry/twinTerms.js";
import { packNumbers } from "../../core/packNumbers.js";
import { seededRandom } from "../../core/random/Random.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { selectColumns, type Table, textsOf } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import { laboratoryEvidence } from "../../generation/laboratoryWeights.js";
import { keptRecipes } from "../../predictor/calibrateRows.js";
import { columnsOfEncoder, recipeColumns } from "../../predictor/recipeColumns.js";
import { withColumns } from "../../predictor/withColumns.js";
import type { FewRowsProblem } from "../fewRows/Candidate.js";
import { type LossByRows, lossByRows } from "../fewRows/lossByRows.js";
import { nestedChoice } from "../fewRows/nestedChoice.js";
import { type PairedGain, pairedGain } from "../fewRows/pairedGain.js";
import { fitRuleRecords } from "../phase/fitRuleRecords.js";
import { judgeOn, type NamedScore } from "../phase/judgePhases.js";
import { phaseCodes } from "../phase/phaseTable.js";
import { recipeGroups } from "../phase/recipeGroups.js";
import { askAll } from "./askTwin.js";
import { constantName, ownCandidates, twinName } from "./ownCandidates.js";
import { ownDomain } from "./ownDomain.js";
import { ownEncoder } from "./ownEncoder.js";
import { fitOwnQuantities, twinReadings } from "./ownQuantities.js";
import { type OwnLaboratory, ownFormat, ownVersion } from "./OwnLaboratory.js";
import type { OwnRows } from "./OwnRows.js";
import { strays } from "./twinPrior.js";

/** Where rows come from, and who is told of progress. */
export interface FitOwnOptions {
  readonly seed: number;
  /** SHA-256 of the file. */
  readonly fileSha256: string;
  readonly onProgress?: (news: string) => void;
}

/** A model of an own laboratory, and what it is worth. */
export interface OwnFit {
  readonly laboratory: OwnLaboratory;
  /** The choice as a whole, then the constant answer and the untouched twin: each on rows that it had not seen. */
  readonly scores: readonly NamedScore[];
  /** By how much the log loss of the choice was smaller than each of these, on the same rows that it had not seen. */
  readonly gains: readonly (PairedGain & { readonly over: string })[];
  /** Of the candidate that was kept. */
  readonly curve: LossByRows;
  /** What was kept together and what was not, in words. */
  readonly notes: readonly string[];
}

/** Of fewer a choice says nothing. */
export const fewestOwnRows = 10;

/**
 * Learns the phase in one laboratory, or in some, from few experiments. A nested choice decides what is kept, among the
 * constant answer, rules, the twin, the twin weighed by the outcomes, logistic regression, a Gaussian process, a forest
 * and a network; the untouched twin stands until another is better, and the constant answer where the twin cannot say.
 *
 * @param table  rows with a phase: recipe columns, `phase` with the codes of phaseNames; batches and laboratories where
 *   they are known; numbers of the product where they were measured
 * @returns the model, plain JSON, and what it is worth on rows that it had not seen
 * @throws RangeError if there are fewer than two rows
 */
export async function fitOwnLaboratory(
  table: Table,
  { seed, fileSha256, onProgress = () => undefined }: FitOwnOptions,
): Promise<OwnFit> {
  const labels = phaseCodes(table);
  const meant = twinTerms(withColumns(table, Object.keys(recipeColumns))).table;
  const all = Uint32Array.from(labels, (_, row) => row);
  const encoder = ownEncoder(meant, all);
  // What no row tells is nothing that a recipe could be asked for.
  const columns = columnsOfEncoder(encoder);
  const recipes = selectColumns(meant, columns);
  const textsOrNone = (name: string): string[] =>
    Object.hasOwn(table.columns, name) ? textsOf(table, name) : untold(table.numRows);
  const together = recipeGroups(withColumns(table, Object.keys(recipeColumns)), textsOrNone("batch"));
  const named = together.groups === null ? null : groupCodes(together.groups);
  // One batch of all rows: nothing is known of another, and rows stand for themselves.
  const isOne = named !== null && named.groups < 2;
  const groups = named === null || isOne ? null : named.codes;
  const unit = isOne ? "row" : together.unit;
  const notes = [...together.notes, ...(isOne ? [oneGroup[together.unit]] : [])];
  onProgress("asking the twin's laboratories");
  const asked = await askAll(recipes);
  const twin = "reason" in asked ? null : asked;
  const labs = textsOrNone("lab");
  const pool = {
    table: recipes,
    labs,
    twin,
    labels,
    groups: groups ?? Uint32Array.from(labels, (_, row) => row),
    evidence: twin === null ? null : laboratoryEvidence(twin, Int8Array.from(labels), { strays }),
  };
  const classes = phaseNames.length;
  const problem: FewRowsProblem<OwnRows> = {
    candidates: ownCandidates(labels, twin !== null),
    incumbent: twin === null ? constantName : twinName,
    rows: labels.length,
    select: (places) => ({ ...pool, places }),
    groups: groups === null ? null : Array.from(groups, String),
    losses: (probabilities, places) =>
      Float64Array.from(places, (row, i) => -Math.log(probabilities[i * classes + labels[row]])),
  };
  const random = seededRandom(seed).fork("own laboratory");
  const { model, outOfFold } = await nestedChoice(problem, random.fork("phase"), {
    onProgress: (done, all) => onProgress(`choice ${done} of ${all} made`),
  });
  const features = encode(encoder, recipes);
  const learned = await fitOwnQuantities(
    {
      table,
      features,
      readings: twin === null ? null : (await twinReadings())(recipes),
      groups: problem.groups,
    },
    random.fork("quantities"),
    onProgress,
  );
  onProgress("learning curve");
  const kept = problem.candidates.find(({ name }) => name === model.kept)!;
  const curve = await lossByRows(problem, kept, random.fork("learning curve"), model.foldOf);
  const judge = judgeOn({
    labels,
    split: { train: none, tune: none, calibrate: none, test: all },
    groups: problem.groups,
    seed,
    splitBy: unit,
  });
  const plain = await baselines(problem, model.foldOf);
  const honest = problem.losses(outOfFold, all);
  const own = groups === null ? null : Array.from(groups);
  return {
    notes,
    curve,
    scores: [
      { name: "this choice, made anew in each fold", ...judge(outOfFold) },
      ...plain.map(({ name, probabilities }) => ({ name, ...judge(probabilities) })),
    ],
    gains: plain.map(({ name, probabilities }) => ({
      over: name,
      ...pairedGain(problem.losses(probabilities, all), honest, pool.groups),
    })),
    laboratory: {
      format: ownFormat,
      version: ownVersion,
      seed,
      fileSha256,
      rows: keptRecipes(recipes, columns),
      phases: Array.from(labels),
      labs,
      groups: Array.from(pool.groups),
      unit,
      noTwin: "reason" in asked ? asked.reason : null,
      model,
      outOfFold: packNumbers(outOfFold),
      encoder,
      domain: ownDomain(encoder, features, labels, { foldOf: model.foldOf, groups: own }),
      rules: fitRuleRecords(meant, labels, {
        groups: own === null ? null : own.map(String),
        random: random.fork("rules"),
      }),
      quantities: learned,
    },
  };
}

const none = new Uint32Array(0);
/** What is said where all rows stand together; rows that stand alone never do. */
const oneGroup: Readonly<Record<OwnLaboratory["unit"], string>> = {
  batch: "all rows are of one batch: how batches differ is not known, and limits hold within it alone",
  recipe: "all rows repeat one recipe: nothing is known of others, and limits hold for it alone",
  row: "",
};

/** What needs no choice, of all rows, each by a fit that had not seen its fold. */
async function baselines(
  { candidates, rows, select }: FewRowsProblem<OwnRows>,
  foldOf: readonly number[],
): Promise<readonly { readonly name: string; readonly probabilities: Float64Array }[]> {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const plain = candidates.filter(({ name }) => name === constantName || name === twinName);
  return Promise.all(
    plain.map(async ({ name, fit, answerer }) => {
      const probabilities = new Float64Array(rows * phaseNames.length);
      for (let fold = 0; fold <= Math.max(...foldOf); fold++) {
        const [test, train] = [all.filter((row) => foldOf[row] === fold), all.filter((row) => foldOf[row] !== fold)];
        const learned = await fit(select(train), seededRandom(0));
        const answers = answerer(learned as never)(select(test));
        test.forEach((row, i) =>
          probabilities.set(
            answers.subarray(i * phaseNames.length, (i + 1) * phaseNames.length),
            row * phaseNames.length,
          ),
        );
      }
      return { name, probabilities };
    }),
  );
}

function untold(rows: number): string[] {
  return new Array<string>(rows).fill("");
}
