import { InputError } from "../../core/InputError.js";
import type { RowNote } from "../../core/RowNote.js";
import { shortText } from "../../core/shortText.js";
import { loadCrystallisationCampaigns } from "../../experiments/loadCrystallisationCampaigns.js";
import { realTable } from "../../experiments/manifest.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import { outcomeKnown, type RegisteredRow, type Remaking } from "../../io/predictions/predictionLedger.js";
import { projectName } from "../../io/projectPath.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import {
  answerCrystallisation,
  type CrystallisationAnswer,
} from "../../problems/crystallisation/answerCrystallisation.js";
import { crystallisationJudging } from "../../problems/crystallisation/crystallisationJudging.js";
import type { CrystallisationModel } from "../../problems/crystallisation/CrystallisationModel.js";
import { loadCrystallisation } from "../../problems/crystallisation/storedCrystallisation.js";
import { wellHashes } from "../../problems/crystallisation/wellHashes.js";
import { findModel } from "./findModel.js";
import { hasOutcome } from "./hasOutcome.js";
import { keepRegistered, type KeptRegistration, type RegistrationKeeper } from "./keepRegistered.js";
import { requireKind } from "./modelKind.js";

export interface PredictCrystallisationOptions {
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

/** What a model of crystallisations says of every well of a file. */
export interface CrystallisationPredictions {
  readonly version: 1;
  readonly file: string;
  readonly model: string;
  readonly label: string;
  readonly rows: readonly CrystallisationAnswer[];
  /** Rows that cannot be read, each once, and why. */
  readonly refused: readonly RowNote[];
  readonly registered: KeptRegistration | null;
}

/**
 * Answers wells of a file in the columns of the crystallisation campaigns: probabilities of the four scores, the set of
 * those that are likely enough, and whether the well is like those of training. Rows that cannot be answered are
 * listed, and the others are.
 *
 * @throws InputError if the file or the model cannot be read, none of the rows can be answered, or an option belongs to
 *   other recipes, and as registerPredictions
 */
export async function predictCrystallisation(
  file: string,
  {
    model: meant,
    directory,
    registry,
    register,
    ledger,
    keep = keepRegistered,
    ...others
  }: PredictCrystallisationOptions = {},
): Promise<CrystallisationPredictions> {
  const known = ["form", "strict"];
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && !known.includes(name));
  if (strange !== undefined)
    throw new InputError({
      where: `--${strange[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      must: "must belong to recipes of a model of the phase",
      got: "a model of crystallisations",
      mend: "leave it out",
    });
  const place = await findModel(meant, { directory, registry });
  requireKind(place, "crystallisation");
  const model = await loadCrystallisation(place.directory, place.name);
  const raw = await readRawCsv(file);
  const { table, dropped } = loadCrystallisationCampaigns(raw, { dropsFaulty: true, isAsked: true });
  if (table.numRows === 0) throw noneAnswered(file, dropped);
  const rows = namedApart(answerCrystallisation(model, table));
  const hashes = wellHashes(table);
  const registered =
    register === undefined
      ? null
      : await keep(
          {
            ...{ name: register, form: "crystallisation", model: place.name },
            remaking: await crystallisationRemaking(model),
            judging: crystallisationJudging,
            rows: rows.map((answer, row) =>
              registeredRow(
                answer,
                { recipe: answer.experiment, recipeSha256: hashes[row] },
                hasOutcome(table, row, ["crystalScore"]),
              ),
            ),
          },
          { place, ledger },
        );
  return { version: 1, file, model: place.name, label: predictionLabel, rows, refused: dropped, registered };
}

/** Of wells that are called alike all but the first with a number: a registered answer is found again by its name. */
function namedApart(answers: readonly CrystallisationAnswer[]): readonly CrystallisationAnswer[] {
  const seen = new Map<string, number>();
  return answers.map((answer) => {
    const times = (seen.get(answer.experiment) ?? 0) + 1;
    seen.set(answer.experiment, times);
    return times === 1 ? answer : { ...answer, experiment: `${answer.experiment}, ${times}` };
  });
}

function noneAnswered(file: string, refused: readonly RowNote[]): InputError {
  const where = projectName(file);
  if (refused.length === 0)
    return new InputError({ where, must: "must have wells", got: "none", mend: "name another" });
  const [{ row, column, came, why }] = refused;
  const none = refused.length === 1 ? "" : `, and none of the ${refused.length} wells can be answered`;
  return new InputError({
    where: `${where}, row ${row}, column ${column}`,
    must: why,
    got: `${came === "" ? "nothing" : `"${shortText(came)}"`}${none}`,
    mend: "correct the rows, or name another file",
  });
}

/** All of an answer, and no value or name of what is in the well. */
function registeredRow(
  { score, probabilities, set, outside }: CrystallisationAnswer,
  asked: Pick<RegisteredRow, "recipe" | "recipeSha256">,
  isKnown: boolean,
): RegisteredRow {
  return {
    ...asked,
    predictions: {
      score,
      probabilities: Object.fromEntries(probabilities.map((one, k) => [String(k + 1), one])),
      set,
      label: predictionLabel,
    },
    inDomain: outside.length === 0,
    notes: [...outside.map(({ why }) => why), ...(isKnown ? [outcomeKnown] : [])],
  };
}

/** How a model of crystallisations is made again. */
export async function crystallisationRemaking({ seed, trainedOn }: CrystallisationModel): Promise<Remaking> {
  // Without a file `twin train` takes the published table.
  const data =
    trainedOn === realTable("crystallisation-campaigns").sha256 ? "" : ` --data FILE (of SHA-256 ${trainedOn})`;
  return {
    command: `twin train --problem crystallisation --seed ${seed}${data}`,
    seed,
    codeSha256: await sourceHash("src/commands/train/trainCrystallisationModel.ts"),
    dataSha256: trainedOn,
  };
}
