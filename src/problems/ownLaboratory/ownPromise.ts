import { phaseNames } from "../../chemistry/phases.js";
import type { CoveragePromise } from "../../predictor/coveragePromise.js";
import { rowsNeeded } from "../../uncertainty/conformal/conformalRank.js";
import { crossPromise } from "../../uncertainty/conformal/crossPromise.js";
import { ownAlpha, type OwnLaboratory } from "./OwnLaboratory.js";

const unitNames = { batch: "batches", recipe: "recipes", row: "rows" } as const;

/** What the sets promise: over all phases together, for few rows of each say little. */
export function ownPromise({ phases, groups, unit, model }: OwnLaboratory): CoveragePromise {
  const { atLeast } = crossPromise(model.foldOf, model.folds.length, ownAlpha, "ownPromise");
  const needed = rowsNeeded(ownAlpha);
  const areAlone = new Set(groups).size === groups.length;
  return {
    share: 1 - ownAlpha,
    eachPhase: false,
    proved: areAlone ? atLeast : 0,
    of: unit === "batch" ? "new batches" : unit === "recipe" ? "new recipes" : "new rows",
    phases: phaseNames.map((phase, code) => {
      const rows = Array.from(phases.keys()).filter((row) => phases[row] === code);
      const witnesses = new Set(rows.map((row) => groups[row])).size;
      return {
        phase,
        rows: rows.length,
        batches: unit === "row" ? null : witnesses,
        reason:
          rows.length === 0
            ? "untested, no row made it: it stays possible as far as the twin says so"
            : witnesses < needed
              ? `no promise for this phase alone, ${needed} ${unitNames[unit]} are needed and there are ${witnesses}`
              : null,
      };
    }),
  };
}
