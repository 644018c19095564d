import { answerJobs } from "../core/threads/answerJobs.js";
import { doTrainingJob, type SeededJob } from "./trainMany.js";
import type { NetworkTraining } from "./trainingCourse.js";

answerJobs<null, SeededJob, NetworkTraining>(() => Promise.resolve(doTrainingJob));
