import { percent } from "../core/percent.js";
import { shortText } from "../core/shortText.js";
import type { StudyRecord } from "./files/StudyRecord.js";
import type { Choice, Parameter } from "./Parameter.js";
import type { StudySummary } from "./summarizeStudy.js";

/** What one objective is called, and its unit: "log loss" in "nats". */
export interface NamedObjective {
  readonly name: string;
  /** Empty where it is not told. */
  readonly unit: string;
}

/** How a study is said. */
export interface StudyWords {
  /** One per objective. */
  readonly objectives: readonly NamedObjective[];
  /** Rows that values were measured on (default "tune rows"). */
  readonly rows?: string;
}

/** An objective with its unit: "log loss (nats)". */
export function objectiveInWords({ name, unit }: NamedObjective): string {
  return unit === "" ? name : `${name} (${unit})`;
}

/** A value of an objective with its unit: "0.3214 nats". */
export function reachedInWords(value: number, { unit }: NamedObjective): string {
  return unit === "" ? valueInWords(value) : `${valueInWords(value)} ${unit}`;
}

/** A value of a parameter or an objective in four digits that count, or a choice as it is. */
export function valueInWords(value: Choice): string {
  if (typeof value !== "number") return String(value);
  const rounded = Number(value.toPrecision(4));
  return rounded !== 0 && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
}

/** What a parameter may be: "0.0001 to 0.1, log", "1 to 3, whole numbers", "sgd, adam". */
export function parameterInWords(parameter: Parameter): string {
  if (parameter.kind === "categorical") return parameter.choices.map(String).join(", ");
  const { kind, low, high, log = false, step } = parameter;
  return [
    `${low} to ${high}`,
    ...(kind === "integer" ? ["whole numbers"] : []),
    ...(step === undefined ? [] : [`in steps of ${step}`]),
    ...(log ? ["log"] : []),
  ].join(", ");
}

/** How trials ended: "66 complete (4 of them broke a constraint), 3 pruned, 7 failed". */
export function trialsInWords({ trials: { complete, pruned, failed, running, broken } }: StudySummary): string {
  return [
    `${complete} complete${broken === 0 ? "" : ` (${broken} of them broke a constraint)`}`,
    ...(pruned === 0 ? [] : [`${pruned} pruned`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(running === 0 ? [] : [`${running} not ended`]),
  ].join(", ");
}

/** What a best value is not. */
export function optimismInWords(rows: string): string {
  return (
    `chosen for its value on ${rows}, as the best of many: it is optimistic, and no estimate of what new rows will ` +
    "see; ask nested folds, or rows that chose nothing"
  );
}

/** With fewer complete trials importances are chance. */
const fewest = 20;
/** From so large a share on failures are worth a word. */
const manyFailed = 0.1;

/** What a reader of a study should be warned of, a sentence each. */
export function warningsInWords(
  { trials }: Pick<StudyRecord, "trials">,
  { trials: counts, best, front, atRangeEnds, importances }: StudySummary,
): readonly string[] {
  const kept = counts.complete - counts.broken;
  const ended = counts.complete + counts.pruned + counts.failed;
  return [
    ...(best === null && front.length === 0
      ? [
          counts.complete === 0
            ? "no trial was completed: there is no best"
            : "every complete trial broke a constraint: there is no best",
        ]
      : []),
    ...atRangeEnds.map(
      ({ parameter, value, end, bound }) =>
        `the best has ${parameter} = ${valueInWords(value)}, at the ${end === "low" ? "lower" : "upper"} end of what ` +
        `was searched (${bound}): a wider range may hold a better one`,
    ),
    ...(counts.failed > manyFailed * ended ? [failures(trials, counts.failed, ended)] : []),
    ...(importances.length > 1 && kept < fewest
      ? [`importances rest on ${kept} complete ${kept === 1 ? "trial" : "trials"}: fewer than ${fewest} tell little`]
      : []),
  ];
}

function failures(trials: StudyRecord["trials"], failed: number, ended: number): string {
  const reasons = new Map<string, number>();
  for (const { outcome } of trials)
    if (outcome?.state === "failed") reasons.set(outcome.reason ?? "", (reasons.get(outcome.reason ?? "") ?? 0) + 1);
  const [[reason, count]] = [...reasons].sort(([, a], [, b]) => b - a);
  const share = percent(failed / ended, { decimals: 0 });
  return `${failed} of ${ended} trials failed (${share}), ${count} of them by "${shortText(reason)}"`;
}
