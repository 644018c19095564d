import { join } from "node:path";
import { phaseNames } from "../../chemistry/phases.js";
import { InputError } from "../../core/InputError.js";
import { ensureFolder } from "../../io/ensureFolder.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import type { CoveragePromise } from "../../predictor/coveragePromise.js";
import type { LossByRows } from "../../problems/fewRows/lossByRows.js";
import type { ChoiceStep } from "../../problems/fewRows/ladder.js";
import { fewestOwnRows, fitOwnLaboratory, type OwnFit } from "../../problems/ownLaboratory/fitOwnLaboratory.js";
import type { OwnQuantity } from "../../problems/ownLaboratory/OwnLaboratory.js";
import { ownModelOf } from "../../problems/ownLaboratory/ownModelOf.js";
import { saveOwnLaboratory } from "../../problems/ownLaboratory/storedLaboratory.js";
import type { NamedScore } from "../../problems/phase/judgePhases.js";
import type { LabelledExperiments } from "../../problems/phase/phaseData.js";
import type { MappingReport } from "../recipeReader.js";

/** Which file, which seed, and where the model goes. */
export interface TrainOwnOptions {
  readonly seed: number;
  readonly data: string;
  /** Folder of models (default data/models of the project). */
  readonly out?: string;
  readonly onProgress?: (news: string) => void;
}

/** A model of an own laboratory that was chosen, judged on rows that it had not seen, and saved. */
export interface OwnTraining {
  readonly model: string;
  readonly written: readonly string[];
  readonly seed: number;
  readonly rows: number;
  /** Rows of the file that were left out, as they have no phase. */
  readonly unlabelled: number;
  /** Rows of each phase, by name. */
  readonly phases: Readonly<Record<string, number>>;
  /** What rows stand together by, and how many of these there are. */
  readonly unit: "batch" | "recipe" | "row";
  readonly groups: number;
  /** Laboratories that are named, where there are several. */
  readonly laboratories: number;
  readonly notes: readonly string[];
  readonly mapping: MappingReport | null;
  /** What was kept, how each rival fared, and the mean log loss of each way. */
  readonly kept: string;
  readonly steps: readonly ChoiceStep[];
  readonly losses: Readonly<Record<string, number>>;
  /** What each fold kept. */
  readonly foldsKept: readonly string[];
  /** Why the twin is no candidate; null where it is. */
  readonly noTwin: string | null;
  readonly scores: readonly NamedScore[];
  /** What the choice gains over what needs none, on rows that it had not seen. */
  readonly gains: OwnFit["gains"];
  readonly curve: LossByRows;
  readonly promise: CoveragePromise;
  /** Phases in a set, on average over the rows. */
  readonly setSize: number | null;
  /** Numbers beside the phase that enough rows have. */
  readonly quantities: readonly OwnQuantityScore[];
}

/** What is kept for a number, and how far off it is on rows that it had not seen. */
export interface OwnQuantityScore {
  readonly column: string;
  readonly rows: number;
  readonly kept: string;
  /** Share of the variance that it explains, on the scale on which it is learned; below 0: worse than the mean. */
  readonly r2: number;
}

/**
 * Chooses a model of the phase for the few rows of a file, judges it and saves it (fitOwnLaboratory). The same seed and
 * rows give the same bytes.
 *
 * @param experiments  of the file
 * @throws InputError if there are too few; nothing is written
 */
export async function trainOwnLaboratory(
  { table, unlabelled, fileSha256, notes }: LabelledExperiments,
  mapping: MappingReport | null,
  { seed, data, out = projectPath("data", "models"), onProgress = () => undefined }: TrainOwnOptions,
): Promise<OwnTraining> {
  if (table.numRows < fewestOwnRows)
    throw new InputError({
      where: `${projectName(data)}, column phase`,
      must: `must be given in ${fewestOwnRows} rows or more, for a choice that says anything`,
      got: `${table.numRows}${unlabelled === 0 ? "" : `, and ${unlabelled} without a phase`}`,
      mend: "add experiments; until then ask the twin: `twin train --seed 1` and `twin predict`",
    });
  await ensureFolder(out);
  const fit = await fitOwnLaboratory(table, { seed, fileSha256, onProgress });
  const { laboratory, scores, gains, curve } = fit;
  const { model, phases, groups, unit, labs, noTwin } = laboratory;
  const name = await saveOwnLaboratory(out, laboratory);
  const loaded = await ownModelOf(laboratory);
  const named = new Set(labs.filter((lab) => lab !== ""));
  return {
    model: name,
    written: [join(out, name)],
    seed,
    rows: phases.length,
    unlabelled,
    phases: Object.fromEntries(phaseNames.map((phase, code) => [phase, phases.filter((one) => one === code).length])),
    unit,
    groups: new Set(groups).size,
    laboratories: named.size,
    notes: [...notes, ...(unlabelled === 0 ? [] : [`left out: ${unlabelled} rows without a phase`]), ...fit.notes],
    mapping,
    kept: model.kept,
    steps: model.steps,
    losses: model.losses,
    foldsKept: model.folds.map(({ kept }) => kept),
    noTwin,
    scores,
    gains,
    curve,
    promise: loaded.promise,
    setSize: loaded.without([]).setSize,
    quantities: laboratory.quantities.map(quantityScore),
  };
}

function quantityScore({ column, rows, values, outOfFold, model }: OwnQuantity): OwnQuantityScore {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [unexplained, all] = [
    values.reduce((sum, value, i) => sum + (value - outOfFold[2 * i]) ** 2, 0),
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0),
  ];
  return { column, rows: rows.length, kept: model.kept, r2: 1 - unexplained / all };
}
