import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { readRealTable } from "../../experiments/dataStore.js";
import type { RowNote } from "../../core/RowNote.js";
import { loadAllNanoplatelets } from "../../experiments/loadAllNanoplatelets.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import type { ChoiceStep } from "../../problems/fewRows/ladder.js";
import { type PlateletTarget, plateletTargets } from "../../problems/platelets/PlateletModel.js";
import { savePlatelets } from "../../problems/platelets/storedPlatelets.js";
import { trainPlatelets } from "../../problems/platelets/trainPlatelets.js";
import type { UnseenScore } from "../../problems/platelets/unseenScore.js";

export interface TrainPlateletOptions {
  readonly seed: number;
  /** File in the columns of the published table of platelets (default that table, imported). */
  readonly data?: string;
  /** Whether what the twin says of a recipe is known to the model. */
  readonly twinPrior?: boolean;
  /** Fails where a row was left out: the verb looks. */
  readonly strict?: boolean;
  /** Folder of models (default data/models of the project). */
  readonly out?: string;
  readonly onProgress?: (news: string) => void;
}

/** A model of platelets that was trained and saved. */
export interface PlateletTrained {
  readonly model: string;
  readonly written: string;
  readonly seed: number;
  readonly rows: number;
  /** Rows of the file that are not among them, and why. */
  readonly dropped: readonly RowNote[];
  /** SHA-256 of the file of its rows. */
  readonly trainedOn: string;
  readonly twinPrior: boolean;
  /** What the choice kept of each target. */
  readonly kept: Readonly<Record<PlateletTarget, string>>;
  /** How each rival fared against the one that stood; of squared nm, squared logarithms of nm, and nats. */
  readonly steps: Readonly<Record<PlateletTarget, readonly ChoiceStep[]>>;
  /** What it is worth, on rows that it had not seen. */
  readonly scores: Readonly<Record<PlateletTarget, UnseenScore>>;
}

/**
 * Trains a model that tells emission peak, emission width, and whether a perovskite forms, and saves it. Rows of which
 * a cell cannot be read or used are left out.
 *
 * @throws InputError if the table cannot be read, tells too little of a target, or an option belongs to another model;
 *   nothing is written
 */
export async function trainPlateletModel({
  seed,
  data,
  twinPrior = false,
  out = projectPath("data", "models"),
  onProgress = () => undefined,
  ...others
}: TrainPlateletOptions): Promise<PlateletTrained> {
  const known = ["form", "strict"];
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && !known.includes(name));
  if (strange !== undefined)
    throw new InputError({
      where: `--${strange[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      must: "must belong to a model of the phase",
      got: "--form platelets",
      mend: "leave one of them out",
    });
  const { table, dropped } =
    data === undefined
      ? await readRealTable("nanoplatelets-all")
      : loadAllNanoplatelets(await readRawCsv(data), { dropsFaulty: true });
  const { model, scores } = await trainPlatelets(table, {
    seed,
    twinPrior,
    where: data === undefined ? undefined : projectName(data),
    onProgress: (target, done, all) => onProgress(`${target}: ${done} of ${all}`),
  });
  const name = await savePlatelets(out, model);
  return {
    model: name,
    written: join(out, name),
    seed,
    rows: table.numRows,
    dropped,
    trainedOn: model.trainedOn,
    twinPrior,
    kept: ofTargets((target) => model.targets[target].chosen.kept),
    steps: ofTargets((target) => model.targets[target].chosen.steps),
    scores,
  };
}

function ofTargets<Value>(of: (target: PlateletTarget) => Value): Record<PlateletTarget, Value> {
  return Object.fromEntries(plateletTargets.map((target) => [target, of(target)])) as Record<PlateletTarget, Value>;
}
