import { answerJobs } from "../../../core/threads/answerJobs.js";
import { gaussianSampler } from "../../../tuning/samplers/gaussianSampler.js";
import { randomSampler } from "../../../tuning/samplers/randomSampler.js";
import { tpeSampler } from "../../../tuning/samplers/tpeSampler.js";
import { gaussianSurrogate } from "../../../training/baselines/gaussian/gaussianSurrogate.js";
import { incumbent } from "./incumbent.js";
import { tunedObjectives } from "./tunedObjectives.js";
import type { TuningJob } from "../tuningProof.js";

const samplers = {
  default: tpeSampler(),
  gp: gaussianSampler({ fit: gaussianSurrogate }),
  random: randomSampler(),
};

answerJobs<null, TuningJob, readonly number[]>(() =>
  Promise.resolve(({ objective, sampler, seeds, trials }) =>
    seeds.map((seed) => incumbent(tunedObjectives[objective], samplers[sampler], { seed, trials })),
  ),
);
