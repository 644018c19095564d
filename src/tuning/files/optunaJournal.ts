/** Numbers of what a line of a journal does in Optuna 5. */
export const optunaOperations = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyUserAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setParameter: 5,
  setStateValues: 6,
  setIntermediateValue: 7,
  setTrialUserAttribute: 8,
  setTrialSystemAttribute: 9,
  /** Of other writers than Optuna, which passes over it. */
  discardTrials: 10,
} as const;

/** Numbers of states of trials in Optuna; one that runs or waits has not ended. */
export const optunaStates = { running: 0, complete: 1, pruned: 2, failed: 3, waiting: 4 } as const;

/** Numbers of directions of objectives in Optuna. */
export const optunaDirections = { minimize: 1, maximize: 2 } as const;

/** Prefix of the attribute that keeps a constraint; before Optuna 5 the name before the colon had a list of all. */
export const constraintPrefix = "constraints:";
