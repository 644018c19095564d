import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import type { RowNote } from "../../core/RowNote.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { loadCrystallisationCampaigns } from "../../experiments/loadCrystallisationCampaigns.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { saveCrystallisation } from "../../problems/crystallisation/storedCrystallisation.js";
import {
  type TrainedCrystallisation,
  trainCrystallisation,
} from "../../problems/crystallisation/trainCrystallisation.js";

export interface TrainCrystallisationOptions {
  readonly seed: number;
  /** File in the columns of the crystallisation campaigns (default that table, imported). */
  readonly data?: string;
  /** Fails where a row was left out: the verb looks. */
  readonly strict?: boolean;
  /** Folder of models (default data/models of the project). */
  readonly out?: string;
  readonly onProgress?: (news: string) => void;
}

/** A model of crystallisations that was trained and saved. */
export interface CrystallisationTrained extends Omit<TrainedCrystallisation, "model"> {
  readonly model: string;
  readonly written: string;
  readonly seed: number;
  /** Rows of the file that cannot be read or used, and why. */
  readonly dropped: readonly RowNote[];
  /** SHA-256 of the file of its wells. */
  readonly trainedOn: string;
}

/**
 * Trains a model that tells the score of a crystallisation, and saves it. Rows of which a cell cannot be read or used
 * are left out.
 *
 * @throws InputError if the table cannot be read, tells too little, or an option belongs to another model; nothing is
 *   written
 */
export async function trainCrystallisationModel({
  seed,
  data,
  out = projectPath("data", "models"),
  onProgress = () => undefined,
  ...others
}: TrainCrystallisationOptions): Promise<CrystallisationTrained> {
  const known = ["problem", "strict"];
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && !known.includes(name));
  if (strange !== undefined)
    throw new InputError({
      where: `--${strange[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      must: "must belong to a model of another problem",
      got: "--problem crystallisation",
      mend: "leave one of them out",
    });
  const { table, dropped } =
    data === undefined
      ? await readRealTable("crystallisation-campaigns")
      : loadCrystallisationCampaigns(await readRawCsv(data), { dropsFaulty: true });
  const { model, ...trained } = trainCrystallisation(table, {
    seed,
    where: data === undefined ? undefined : projectName(data),
    onProgress: (done, all) => {
      onProgress(`fold ${done} of ${all}`);
    },
  });
  const name = await saveCrystallisation(out, model);
  return { ...trained, model: name, written: join(out, name), seed, dropped, trainedOn: model.trainedOn };
}
