import { groupedDigits } from "../../core/groupedDigits.js";
import type { PhaseName } from "../../chemistry/phases.js";
import { percent } from "../../core/percent.js";
import type { InputChange, PhaseChange } from "../../predictor/explainPhase.js";
import { type RecipeAdvice, recommendedFrom, type SecondOpinion } from "../../predictor/recipeAdvice.js";
import type { RuleView } from "../../predictor/rulesView.js";

/** Nobody wants to make it. */
export const noProduct: PhaseName = "no target product";

/**
 * What stands beside an answer, a line each.
 *
 * @param noNearest  why near experiments were not looked for
 */
export function formatAdvice(
  { recommended, rule, supersaturations, nearest, changes, secondOpinion }: RecipeAdvice,
  phase: string,
  { noNearest = null }: { readonly noNearest?: string | null } = {},
): string[] {
  const drives = supersaturations?.map(({ phase: one, lnSupersaturation }) => driveOf(one, lnSupersaturation));
  const papers = nearest?.map(
    ({ paper, distance, shared }) => `${paper} (distance ${distance.toFixed(2)} over ${shared} inputs)`,
  );
  return [
    recommended
      ? `${phase === noProduct ? "nothing to recommend" : "recommended"}: ${phase} ` +
        `(probability ${percent(recommendedFrom)} or more, inside)`
      : `no recommendation: it takes a probability of ${percent(recommendedFrom)} and a recipe inside`,
    ...(rule === null ? [] : [ruleLine(rule)]),
    ...(drives === undefined ? [] : [`supersaturation: ${drives.join(", ")}`]),
    ...(papers === undefined
      ? noNearest === null
        ? []
        : [`nearest experiments: ${noNearest}`]
      : [`nearest experiments: ${papers.length === 0 ? "none that tell enough" : papers.join("; ")}`]),
    ...(changes ?? []).map(changeLine),
    ...(secondOpinion === null ? [] : [opinionLine(secondOpinion)]),
  ];
}

function ruleLine({ rule, says, record: { decided, right, bound }, speaks, agrees, inSet }: RuleView): string {
  const count = groupedDigits;
  const least = bound === null ? "" : `, at least ${percent(bound, { decimals: 1 })} of others`;
  const verdict = agrees ? "agrees" : inSet ? "disagrees, within the set" : "disagrees";
  const voice = speaks ? verdict : `${verdict}, right too seldom to count`;
  const record = `right in ${count(right)} of ${count(decided)} training rows${least}`;
  return `the chemist's rule "${rule}" says ${says}: ${record}; ${voice}`;
}

function driveOf(phase: string, lnSupersaturation: number | null): string {
  if (lnSupersaturation === null) return `${phase} not known`;
  const power = lnSupersaturation / Math.LN10;
  return `${phase} ${power > 0 ? "above" : "below"} 1 (10^${power.toFixed(1)})`;
}

/** An input before and after, with its unit. */
export function changeText({ column, unit, from, to }: InputChange): string {
  return `${column} ${Number(from.toPrecision(3))} to ${to}${unit === "1" ? "" : ` ${unit}`}`;
}

function changeLine({ phase, changes, probability }: PhaseChange): string {
  if (changes === null) return `for ${phase}: no change within reach was found`;
  const told = changes.map((one) => `${changeText(one)} (${one.deviations.toFixed(1)} SD)`);
  return `for ${phase}: ${told.join(", ")}; then ${percent(probability!, { decimals: 0 })}`;
}

function opinionLine({ phase, probabilities, standardErrors, agrees }: SecondOpinion): string {
  const all = Object.entries(probabilities)
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, one]) => `${name} ${percent(one, { decimals: 1 })} (SE ${(100 * standardErrors[name]).toFixed(1)})`);
  const verdict = agrees ? "agrees" : `says ${phase}`;
  return `second opinion, the simulator over unknown laboratories: ${all.join(", ")}; ${verdict}`;
}
