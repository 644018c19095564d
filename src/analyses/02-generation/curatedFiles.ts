/** What was read in the literature by hand, for the evidence. */
export const curatedFiles: readonly string[] = [
  "data/literature/acceptance.json",
  "data/literature/facts.json",
  "data/literature/series.json",
];
