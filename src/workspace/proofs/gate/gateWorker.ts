import { answerJobs } from "../../../core/threads/answerJobs.js";
import type { GateScenario } from "./gateScenarios.js";
import { simulateGate, type GateResult } from "./simulateGate.js";

answerJobs<{ readonly seed: number }, GateScenario, GateResult>(({ seed }) =>
  Promise.resolve((scenario) => simulateGate(scenario, seed)),
);
