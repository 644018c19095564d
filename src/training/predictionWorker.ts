import { answerJobs } from "../core/threads/answerJobs.js";
import { makeTrainingEngine } from "./engines/makeTrainingEngine.js";
import type { Network } from "./Network.js";
import type { PredictionSetting } from "./predictMany.js";
import { predictProbabilities } from "./predictProbabilities.js";

answerJobs<PredictionSetting, Network, Float64Array>(async ({ features, engine: name }) => {
  const engine = await makeTrainingEngine(name);
  return (network) => predictProbabilities(network, features, engine);
});
