import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { loadAllNanoplatelets } from "../../experiments/loadAllNanoplatelets.js";
import { projectPath } from "../../io/projectPath.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { plateletTargets } from "../../problems/platelets/PlateletModel.js";
import { savePlatelets } from "../../problems/platelets/storedPlatelets.js";
import { trainPlatelets } from "../../problems/platelets/trainPlatelets.js";

export interface TrainPlateletOptions {
  readonly seed: number;
  /** File in the columns of the published table of platelets (default that table, imported). */
  readonly data?: string;
  /** Whether what the twin says of a recipe is known to the model. */
  readonly twinPrior?: boolean;
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
  /** SHA-256 of the file of its rows. */
  readonly trainedOn: string;
  readonly twinPrior: boolean;
  /** What the choice kept of each target. */
  readonly kept: Readonly<Record<string, string>>;
}

/**
 * Trains a model that tells emission peak, emission width, and whether a perovskite forms, and saves it.
 *
 * @throws InputError if the table cannot be read, or an option belongs to another model; nothing is written
 */
export async function trainPlateletModel({
  seed,
  data,
  twinPrior = false,
  out = projectPath("data", "models"),
  onProgress = () => undefined,
  ...others
}: TrainPlateletOptions): Promise<PlateletTrained> {
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && name !== "form");
  if (strange !== undefined)
    throw new InputError({
      where: `--${strange[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      must: "must belong to a model of the phase",
      got: "--form platelets",
      mend: "leave one of them out",
    });
  const { table } =
    data === undefined ? await readRealTable("nanoplatelets-all") : loadAllNanoplatelets(await readRawCsv(data));
  const model = await trainPlatelets(table, {
    seed,
    twinPrior,
    onProgress: (target, done, all) => onProgress(`${target}: ${done} of ${all}`),
  });
  const name = await savePlatelets(out, model);
  return {
    model: name,
    written: join(out, name),
    seed,
    rows: table.numRows,
    trainedOn: model.trainedOn,
    twinPrior,
    kept: Object.fromEntries(plateletTargets.map((target) => [target, model.targets[target].chosen.kept])),
  };
}

/** What was trained, for the terminal. */
export function formatPlateletTrained({ model, written, seed, rows, twinPrior, kept }: PlateletTrained): string {
  return [
    `${rows} platelet syntheses, seed ${seed}, ${twinPrior ? "with" : "without"} what the twin says of them`,
    ...Object.entries(kept).map(([target, name]) => `  ${target}: ${name}`),
    `saved as ${model}`,
    `  ${written}`,
  ].join("\n");
}
