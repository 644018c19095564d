import { loadCrystallisationCampaigns } from "../../experiments/loadCrystallisationCampaigns.js";
import { realTable } from "../../experiments/manifest.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import type { Remaking } from "../../io/predictions/predictionLedger.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import {
  answerCrystallisation,
  type CrystallisationAnswer,
} from "../../problems/crystallisation/answerCrystallisation.js";
import { crystallisationJudging } from "../../problems/crystallisation/crystallisationJudging.js";
import type { CrystallisationModel } from "../../problems/crystallisation/CrystallisationModel.js";
import { loadCrystallisation } from "../../problems/crystallisation/storedCrystallisation.js";
import { wellHashes } from "../../problems/crystallisation/wellHashes.js";
import { predictTable, type PredictTableOptions, type TableKind, type TablePredictions } from "./predictTable.js";

/** What a model of crystallisations says of every well of a file. */
export type CrystallisationPredictions = TablePredictions<CrystallisationAnswer>;

const wells: TableKind<CrystallisationModel, CrystallisationAnswer> = {
  form: "crystallisation",
  cases: "wells",
  without: { got: "a model of crystallisations", mend: "leave it out" },
  load: loadCrystallisation,
  read: (raw) => loadCrystallisationCampaigns(raw, { dropsFaulty: true, isAsked: true }),
  answer: (model, table) =>
    Promise.resolve({ table, rows: namedApart(answerCrystallisation(model, table)), hashes: wellHashes(table) }),
  outcomes: ["crystalScore"],
  told: ({ score, probabilities, set, outside }) => ({
    predictions: {
      score,
      probabilities: Object.fromEntries(probabilities.map((one, k) => [String(k + 1), one])),
      set,
      label: predictionLabel,
    },
    inDomain: outside.length === 0,
    notes: outside.map(({ why }) => why),
  }),
  remaking: crystallisationRemaking,
  judging: crystallisationJudging,
};

/**
 * Answers wells of a file in the columns of the crystallisation campaigns: probabilities of the four scores, the set of
 * those that are likely enough, and whether the well is like those of training.
 *
 * @throws InputError as predictTable
 */
export async function predictCrystallisation(
  file: string,
  options: PredictTableOptions = {},
): Promise<CrystallisationPredictions> {
  return predictTable(wells, file, options);
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
