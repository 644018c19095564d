/*
 * What is predicted from which rows, shared by notebooks and verbs so that both mean the same. A seed goes in; table,
 * split, encoder, features and labels of the problem come out. So far there is one: the phase.
 */

export { trainingExperiments, type TrainingExperiments } from "./phase/phaseExperiments.js";
