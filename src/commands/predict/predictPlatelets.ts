import { loadAllNanoplatelets } from "../../experiments/loadAllNanoplatelets.js";
import { realTable } from "../../experiments/manifest.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import type { Remaking } from "../../io/predictions/predictionLedger.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import { answerPlatelets, type PlateletAnswer } from "../../problems/platelets/answerPlatelets.js";
import { plateletHashes } from "../../problems/platelets/plateletHashes.js";
import { plateletJudging, repeatsTraining } from "../../problems/platelets/plateletJudging.js";
import type { PlateletModel } from "../../problems/platelets/PlateletModel.js";
import { plateletRows } from "../../problems/platelets/plateletRows.js";
import { loadPlatelets } from "../../problems/platelets/storedPlatelets.js";
import { predictTable, type PredictTableOptions, type TableKind, type TablePredictions } from "./predictTable.js";

/** What a model of platelets says of every synthesis of a file. */
export type PlateletPredictions = TablePredictions<PlateletAnswer>;

const syntheses: TableKind<PlateletModel, PlateletAnswer> = {
  form: "platelets",
  cases: "syntheses",
  without: { got: "--form platelets", mend: "leave one of them out" },
  load: loadPlatelets,
  read: (raw) => loadAllNanoplatelets(raw, { dropsFaulty: true }),
  answer: async (model, table) => {
    const asked = plateletRows(table);
    return { table: asked.table, rows: await answerPlatelets(model, asked), hashes: plateletHashes(asked) };
  },
  outcomes: [
    "perovskite",
    "photoluminescencePeakNanometre",
    "photoluminescenceWidthNanometre",
    "quantumYield",
    "emissionLines",
    "monodisperse",
  ],
  told: ({ peak, width, formed, outside, repeat }) => ({
    predictions: { peak, width, unit: "nm", formed, label: predictionLabel },
    inDomain: outside.length === 0,
    notes: [...outside.map(({ why }) => why), ...(repeat ? [repeatsTraining] : [])],
  }),
  remaking: plateletRemaking,
  judging: plateletJudging,
};

/**
 * Answers platelet syntheses of a file in the columns of their published table: emission peak and width, and whether a
 * perovskite forms.
 *
 * @throws InputError as predictTable
 */
export async function predictPlatelets(file: string, options: PredictTableOptions = {}): Promise<PlateletPredictions> {
  return predictTable(syntheses, file, options);
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
