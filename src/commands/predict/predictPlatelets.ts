import { InputError } from "../../core/InputError.js";
import { loadAllNanoplatelets } from "../../experiments/loadAllNanoplatelets.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import type { RegisteredRow, Remaking } from "../../io/predictions/predictionLedger.js";
import { recipeHash, recipeOf } from "../../io/predictions/recipeHash.js";
import { projectName } from "../../io/projectPath.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { answerPlatelets, type PlateletAnswer } from "../../problems/platelets/answerPlatelets.js";
import { plateletJudging } from "../../problems/platelets/plateletJudging.js";
import type { PlateletModel } from "../../problems/platelets/PlateletModel.js";
import { plateletRows } from "../../problems/platelets/plateletRows.js";
import { loadPlatelets } from "../../problems/platelets/storedPlatelets.js";
import { findModel } from "./findModel.js";
import { keepRegistered, type KeptRegistration, type RegistrationKeeper } from "./keepRegistered.js";

export interface PredictPlateletOptions {
  /** As of findModel. */
  readonly model?: string;
  readonly directory?: string;
  readonly register?: string;
  readonly ledger?: string;
  /** What keeps a registration (default keepRegistered). */
  readonly keep?: RegistrationKeeper;
}

/** What a model of platelets says of every synthesis of a file. */
export interface PlateletPredictions {
  readonly version: 1;
  readonly file: string;
  readonly model: string;
  readonly label: string;
  readonly rows: readonly PlateletAnswer[];
  /** Rows that are no platelet synthesis, and why. */
  readonly refused: readonly { readonly row: number; readonly why: string }[];
  readonly registered: KeptRegistration | null;
}

/**
 * Answers platelet syntheses of a file in the columns of their published table: emission peak and width, and whether a
 * perovskite forms.
 *
 * @throws InputError if the file or the model cannot be read, or an option belongs to other recipes, and as
 *   registerPredictions
 */
export async function predictPlatelets(
  file: string,
  { model: meant, directory, register, ledger, keep = keepRegistered, ...others }: PredictPlateletOptions = {},
): Promise<PlateletPredictions> {
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && name !== "form");
  if (strange !== undefined)
    throw new InputError({
      where: `--${strange[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      must: "must belong to recipes of a model of the phase",
      got: "--form platelets",
      mend: "leave one of them out",
    });
  const place = await findModel(meant, { directory });
  const model = await loadPlatelets(place.directory, place.name);
  const { table, dropped } = loadAllNanoplatelets(await readRawCsv(file));
  if (table.numRows === 0)
    throw new InputError({ where: projectName(file), must: "must have syntheses", got: "none", mend: "name another" });
  const asked = plateletRows(table);
  const rows = await answerPlatelets(model, asked);
  const columns = [...Object.keys(recipeColumns), ...plateletColumns];
  const registered =
    register === undefined
      ? null
      : await keep(
          {
            ...{ name: register, form: "platelets", model: place.name },
            remaking: await remakingOf(model),
            judging: plateletJudging,
            rows: rows.map((answer, row) =>
              registeredRow(answer, {
                recipe: answer.experiment,
                recipeSha256: recipeHash(recipeOf(asked.table, row, columns)),
              }),
            ),
          },
          { place, ledger },
        );
  return {
    version: 1,
    file,
    model: place.name,
    label: predictionLabel,
    rows,
    refused: dropped.map(({ row, why }) => ({ row, why })),
    registered,
  };
}

/** What a recipe of platelets is told by, beside the columns of all recipes. */
const plateletColumns = [
  "caesiumStockMillilitre",
  "leadStockMillilitre",
  "addedMillilitre",
  "caesiumStockMolar",
  "leadStockMolar",
  "addedSolvent",
  "measuredPart",
];

/** All of an answer, and no value or name of its recipe. */
function registeredRow(
  { peak, width, formed, outside, repeat }: PlateletAnswer,
  asked: Pick<RegisteredRow, "recipe" | "recipeSha256">,
): RegisteredRow {
  return {
    ...asked,
    predictions: { peak, width, unit: "nm", formed, label: predictionLabel },
    inDomain: outside.length === 0,
    notes: [...outside.map(({ why }) => why), ...(repeat ? ["repeats a recipe of training"] : [])],
  };
}

async function remakingOf({ seed, twin, trainedOn }: PlateletModel): Promise<Remaking> {
  return {
    command: `twin train --form platelets --seed ${seed}${twin === null ? "" : " --twin-prior"}`,
    seed,
    codeSha256: await sourceHash("src/commands/train/trainPlateletModel.ts"),
    dataSha256: trainedOn,
  };
}
