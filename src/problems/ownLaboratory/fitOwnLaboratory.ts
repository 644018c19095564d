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
import { nestedChoice } from "../fewRows/nestedChoice.js";
import { fitRuleRecords } from "../phase/fitRuleRecords.js";
import { phaseCodes } from "../phase/phaseTable.js";
import { recipeGroups } from "../phase/recipeGroups.js";
import { askAll } from "./askTwin.js";
import { constantName, ownCandidates, twinName } from "./ownCandidates.js";
import { ownDomain } from "./ownDomain.js";
import { ownEncoder } from "./ownEncoder.js";
import { type OwnLaboratory, ownFormat, ownVersion } from "./OwnLaboratory.js";
import type { OwnRows } from "./OwnRows.js";

export interface FitOwnOptions {
  readonly seed: number;
  /** SHA-256 of the file. */
  readonly fileSha256: string;
  readonly onProgress?: (news: string) => void;
}

/** Of fewer a choice says nothing. */
export const fewestOwnRows = 10;

/**
 * Learns the phase in one laboratory, or in some, from few experiments. The nested choice among ownCandidates decides
 * what is kept; the untouched twin stands until another is better, and the constant answer where the twin cannot say.
 *
 * @param table  labelled rows: recipe columns, `phase` with the codes of phaseNames, and `batch`, `lab` where they are
 *   known
 */
export async function fitOwnLaboratory(
  table: Table,
  { seed, fileSha256, onProgress = () => undefined }: FitOwnOptions,
): Promise<{ readonly laboratory: OwnLaboratory; readonly notes: readonly string[] }> {
  const labels = phaseCodes(table);
  const meant = twinTerms(withColumns(table, Object.keys(recipeColumns))).table;
  const all = Uint32Array.from(labels, (_, row) => row);
  const encoder = ownEncoder(meant, all);
  // What no row tells is nothing that a recipe could be asked for.
  const columns = columnsOfEncoder(encoder);
  const recipes = selectColumns(meant, columns);
  const textsOrNone = (name: string): string[] =>
    Object.hasOwn(table.columns, name) ? textsOf(table, name) : labelless(table.numRows);
  const together = recipeGroups(withColumns(table, Object.keys(recipeColumns)), textsOrNone("batch"));
  const named = together.groups === null ? null : groupCodes(together.groups);
  // One batch of all rows: nothing is known of another, and rows stand for themselves.
  const isOne = named !== null && named.groups < 2;
  const groups = named === null || isOne ? null : named.codes;
  const unit = isOne ? "row" : together.unit;
  const notes = [
    ...together.notes,
    ...(isOne ? ["all rows are of one batch: how batches differ is not known, and limits hold within it alone"] : []),
  ];
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
    evidence: twin === null ? null : laboratoryEvidence(twin, Int8Array.from(labels)),
  };
  const classes = phaseNames.length;
  const problem: FewRowsProblem<OwnRows> = {
    candidates: ownCandidates({ rows: labels.length, hasTwin: twin !== null }),
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
  const own = groups === null ? null : Array.from(groups);
  return {
    notes,
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
      domain: ownDomain(encoder, encode(encoder, recipes), labels, { foldOf: model.foldOf, groups: own }),
      rules: fitRuleRecords(recipes, labels, {
        groups: own === null ? null : own.map(String),
        random: random.fork("rules"),
      }),
      quantities: [],
    },
  };
}

function labelless(rows: number): string[] {
  return new Array<string>(rows).fill("");
}
