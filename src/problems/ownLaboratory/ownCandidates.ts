import { ruleColumns } from "../../chemistry/phaseRules.js";
import { phaseNames } from "../../chemistry/phases.js";
import { packNumbers, unpackNumbers } from "../../core/packNumbers.js";
import { selectRows } from "../../core/Table.js";
import { withColumns } from "../../predictor/withColumns.js";
import { rulesPredictor, type RuleTrust } from "../../training/baselines/rulesPredictor.js";
import { trainRules } from "../../training/baselines/trainRules.js";
import type { Candidate } from "../fewRows/Candidate.js";
import type { Chosen } from "../fewRows/nestedChoice.js";
import { learnerCandidates } from "./learners.js";
import type { OwnRows } from "./OwnRows.js";
import { averageLaboratories, averageTwin, twinAnswers, type TwinPrior, twinPrior } from "./twinPrior.js";

/** The untouched twin: stands until another is shown to be better. */
export const twinName = "twin, untouched";
export const weighedName = "twin, weighed by your outcomes";
export const constantName = "constant";

/**
 * Ways to tell the phase in a laboratory with few experiments, in the order in which they challenge.
 *
 * @param labels   phase codes of the rows to learn from: of one phase alone no learner can tell it from others
 * @param hasTwin  whether the twin can answer them
 */
export function ownCandidates(labels: ArrayLike<number>, hasTwin: boolean): readonly Candidate<OwnRows>[] {
  const isOne = Array.from(labels).every((label) => label === labels[0]);
  const learners = isOne ? [] : learnerCandidates(labels.length);
  return [constant, rules, ...(hasTwin ? [untouched, weighed] : []), ...learners];
}

/** The twin's laboratories that these must be able to ask, ascending. */
export function askedLaboratories(chosen: readonly Chosen[]): Uint32Array {
  const asked = new Set<number>();
  for (const { kept, learned } of chosen) {
    if (kept === twinName) for (const lab of averageLaboratories()) asked.add(lab);
    const known = unpackNumbers(learned);
    const prior = kept === weighedName ? (known as TwinPrior) : priorOf(known);
    if (prior !== null) for (const { drawn } of [prior.other, ...prior.named]) for (const lab of drawn) asked.add(lab);
  }
  return Uint32Array.from(asked).sort();
}

/** Of a learner, null where it has none. */
function priorOf(learned: unknown): TwinPrior | null {
  return typeof learned === "object" && learned !== null && "twin" in learned
    ? (learned.twin as TwinPrior | null)
    : null;
}

/** Shares of phases, each counted once more than there are rows of it (Laplace's rule of succession). */
const constant: Candidate<OwnRows> = {
  name: constantName,
  fit: ({ labels, places }) => {
    const shares = new Array<number>(phaseNames.length).fill(1);
    for (const place of places) shares[labels[place]]++;
    return shares.map((count) => count / (places.length + phaseNames.length));
  },
  answerer: (shares: readonly number[]) => (rows) =>
    Float64Array.from({ length: rows.places.length * shares.length }, (_, at) => shares[at % shares.length]),
};

const rules: Candidate<OwnRows> = {
  name: "rules",
  fit: ({ table, labels, places }) => {
    const own = Uint8Array.from(places, (place) => labels[place]);
    const { rules, counts } = trainRules(withColumns(selectRows(table, places), ruleColumns), own);
    return { rules, counts };
  },
  answerer: (trust: RuleTrust) => (rows) =>
    rulesPredictor(trust).predict(withColumns(selectRows(rows.table, rows.places), ruleColumns)),
};

const untouched: Candidate<OwnRows> = {
  name: twinName,
  fit: () => null,
  answerer: () => averageTwin,
};

const weighed: Candidate<OwnRows> = {
  name: weighedName,
  fit: (rows) => packNumbers(twinPrior(rows)),
  answerer: (packed: unknown) => {
    const prior = unpackNumbers(packed) as TwinPrior;
    return (rows) => twinAnswers(prior, rows);
  },
};
