import { selectMatrixRows } from "../../core/Matrix.js";
import { tableSha256 } from "../../io/tables/tableSha256.js";
import { meanAnswers } from "../../predictor/meanAnswers.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import type { Model } from "../../training/files/Model.js";
import { trainNetwork } from "../../training/trainNetwork.js";
import { fitPhaseLimits } from "./fitPhaseLimits.js";
import { generatedPhaseData } from "./phaseData.js";
import { phaseRandom } from "./phaseExperiments.js";
import { phaseModelJob, phaseTraining } from "./phaseNetwork.js";

const rows = 3000;
const layers = { hidden: [16] };
const training = { ...phaseTraining, epochs: 2 };

/** A model of the phase that is made in a second or two, with all its limits: for drills, as it knows little. */
export async function smallPhaseModel(seed: number): Promise<Model> {
  const data = await generatedPhaseData({ seed, rows });
  const { table, split, features, targetScales, encoder } = data;
  const job = phaseModelJob(data, layers, training);
  const { network, history, engine } = await trainNetwork(job.data, job.layers, phaseRandom(seed, "small model"), {
    ...training,
    engine: "simd",
  });
  const answers = meanAnswers([network], selectMatrixRows(features, split.calibrate), await simdTraining());
  const { uncalibrated, ...limits } = fitPhaseLimits(data, answers);
  return {
    members: [network],
    targetScales,
    encoder,
    limits,
    manifest: {
      options: { rows, layers, training, uncalibrated },
      seed,
      engine,
      splitSha256: null,
      dataSha256: tableSha256(table),
      histories: [history],
      metrics: {},
    },
  };
}
