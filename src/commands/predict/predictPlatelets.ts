import { InputError } from "../../core/InputError.js";
import type { RowNote } from "../../core/RowNote.js";
import { shortText } from "../../core/shortText.js";
import { loadAllNanoplatelets } from "../../experiments/loadAllNanoplatelets.js";
import { realTable } from "../../experiments/manifest.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import { outcomeKnown, type RegisteredRow, type Remaking } from "../../io/predictions/predictionLedger.js";
import { projectName } from "../../io/projectPath.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import { answerPlatelets, type PlateletAnswer } from "../../problems/platelets/answerPlatelets.js";
import { plateletHashes } from "../../problems/platelets/plateletHashes.js";
import { plateletJudging, repeatsTraining } from "../../problems/platelets/plateletJudging.js";
import type { PlateletModel } from "../../problems/platelets/PlateletModel.js";
import { plateletRows } from "../../problems/platelets/plateletRows.js";
import { loadPlatelets } from "../../problems/platelets/storedPlatelets.js";
import { findModel } from "./findModel.js";
import { hasOutcome } from "./hasOutcome.js";
import { keepRegistered, type KeptRegistration, type RegistrationKeeper } from "./keepRegistered.js";
import { requireKind } from "./modelKind.js";

export interface PredictPlateletOptions {
  /** As of findModel. */
  readonly model?: string;
  readonly directory?: string;
  readonly registry?: string;
  readonly register?: string;
  readonly ledger?: string;
  /** Fails where a row is refused: the verb looks. */
  readonly strict?: boolean;
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
  /** Rows that cannot be read or are no platelet synthesis, each once, and why. */
  readonly refused: readonly RowNote[];
  readonly registered: KeptRegistration | null;
}

/**
 * Answers platelet syntheses of a file in the columns of their published table: emission peak and width, and whether a
 * perovskite forms. Rows that cannot be answered are listed, and the others are.
 *
 * @throws InputError if the file or the model cannot be read, none of the rows can be answered, or an option belongs to
 *   other recipes, and as registerPredictions
 */
export async function predictPlatelets(
  file: string,
  {
    model: meant,
    directory,
    registry,
    register,
    ledger,
    keep = keepRegistered,
    ...others
  }: PredictPlateletOptions = {},
): Promise<PlateletPredictions> {
  const known = ["form", "strict"];
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && !known.includes(name));
  if (strange !== undefined)
    throw new InputError({
      where: `--${strange[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      must: "must belong to recipes of a model of the phase",
      got: "--form platelets",
      mend: "leave one of them out",
    });
  const place = await findModel(meant, { directory, registry });
  requireKind(place, "platelets");
  const model = await loadPlatelets(place.directory, place.name);
  const { table, dropped } = loadAllNanoplatelets(await readRawCsv(file), { dropsFaulty: true });
  if (table.numRows === 0) throw noneAnswered(file, dropped);
  const asked = plateletRows(table);
  const rows = await answerPlatelets(model, asked);
  const hashes = plateletHashes(asked);
  const registered =
    register === undefined
      ? null
      : await keep(
          {
            ...{ name: register, form: "platelets", model: place.name },
            remaking: await plateletRemaking(model),
            judging: plateletJudging,
            rows: rows.map((answer, row) =>
              registeredRow(
                answer,
                { recipe: answer.experiment, recipeSha256: hashes[row] },
                hasOutcome(asked.table, row, outcomeColumns),
              ),
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
    refused: dropped,
    registered,
  };
}

function noneAnswered(file: string, refused: readonly RowNote[]): InputError {
  const where = projectName(file);
  if (refused.length === 0)
    return new InputError({ where, must: "must have syntheses", got: "none", mend: "name another" });
  const [{ row, column, came, why }] = refused;
  const none = refused.length === 1 ? "" : `, and none of the ${refused.length} syntheses can be answered`;
  return new InputError({
    where: `${where}, row ${row}, column ${column}`,
    must: why,
    got: `${came === "" ? "nothing" : `"${shortText(came)}"`}${none}`,
    mend: "correct the rows, or name another file",
  });
}

/** What came of a synthesis. */
const outcomeColumns = [
  "perovskite",
  "photoluminescencePeakNanometre",
  "photoluminescenceWidthNanometre",
  "quantumYield",
  "emissionLines",
  "monodisperse",
];

/** All of an answer, and no value or name of its recipe. */
function registeredRow(
  { peak, width, formed, outside, repeat }: PlateletAnswer,
  asked: Pick<RegisteredRow, "recipe" | "recipeSha256">,
  isKnown: boolean,
): RegisteredRow {
  return {
    ...asked,
    predictions: { peak, width, unit: "nm", formed, label: predictionLabel },
    inDomain: outside.length === 0,
    notes: [...outside.map(({ why }) => why), ...(repeat ? [repeatsTraining] : []), ...(isKnown ? [outcomeKnown] : [])],
  };
}

/** How a model of platelets is made again. */
export async function plateletRemaking({ seed, twin, trainedOn }: PlateletModel): Promise<Remaking> {
  // Without a file `twin train` takes the published table.
  const data = trainedOn === realTable("nanoplatelets-all").sha256 ? "" : ` --data FILE (of SHA-256 ${trainedOn})`;
  return {
    command: `twin train --form platelets --seed ${seed}${data}${twin === null ? "" : " --twin-prior"}`,
    seed,
    codeSha256: await sourceHash("src/commands/train/trainPlateletModel.ts"),
    dataSha256: trainedOn,
  };
}
