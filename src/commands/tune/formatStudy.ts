import { inCount } from "../../core/inCount.js";
import { percent } from "../../core/percent.js";
import { visibleText } from "../../core/visibleText.js";
import { shortName } from "../../figures/shortName.js";
import type { StudyRecord } from "../../tuning/files/StudyRecord.js";
import {
  type NamedObjective,
  objectiveInWords,
  optimismInWords,
  parameterInWords,
  reachedInWords,
  type StudyWords,
  trialsInWords,
  valueInWords,
  warningsInWords,
} from "../../tuning/studyInWords.js";
import type { StudySummary, TrialResult } from "../../tuning/summarizeStudy.js";

/** Of a front that is longer the rest is counted. */
const mostLines = 12;
/** Names that are longer are shortened, so that columns stay columns. */
const widest = 32;

/** A study for the terminal: what was searched and found, what mattered, and what the best is not. */
export function formatStudy(
  record: StudyRecord,
  summary: StudySummary,
  { objectives, rows = "tune rows" }: StudyWords,
): string {
  const { name, directions, parameters, trials } = record;
  const { best, front, importances } = summary;
  const goal = objectives.map((objective, i) => `${directions[i]} ${objectiveInWords(objective)}`).join(" and ");
  const names = Object.keys(parameters);
  const width = Math.min(widest, Math.max(0, ...names.map((one) => one.length)));
  const column = (one: string): string => shortName(one, widest).padEnd(width + 2);
  const warnings = warningsInWords(record, summary);
  const isFound = best !== null || front.length > 0;
  return [
    `${name}: ${inCount(trials.length, "trial")} over ${inCount(names.length, "parameter")}, to ${goal}`,
    ...names.map((one) => `  ${column(one)}${parameterInWords(parameters[one])}`),
    `trials: ${trialsInWords(summary)}`,
    "",
    ...(best === null
      ? frontLines(front, objectives)
      : [
          `best: ${reachedInWords(best.values[0], objectives[0])}, trial ${best.number}`,
          ...Object.entries(best.parameters).map(([one, value]) => `  ${column(one)}${valueInWords(value)}`),
        ]),
    ...(isFound ? [optimismInWords(rows)] : []),
    ...(importances.length < 2 || !isFound
      ? []
      : [
          "",
          importances.some(({ interval }) => interval !== null)
            ? "what mattered, as a share of all, with 95 % intervals over trials"
            : "what mattered, as a share of all",
          ...importances.map(
            ({ name: one, share, interval }) =>
              `  ${column(one)}${words(share).padStart(5)}` +
              (interval === null ? "" : ` [${words(interval.low)}, ${words(interval.high)}]`),
          ),
        ]),
    ...(warnings.length === 0 ? [] : ["", ...warnings.map((warning) => `warning: ${warning}`)]),
  ]
    .map((line) => visibleText(line))
    .join("\n");
}

function frontLines(front: readonly TrialResult[], objectives: readonly NamedObjective[]): readonly string[] {
  if (front.length === 0) return ["best: none"];
  const inOrder = [...front].sort((a, b) => a.values[0] - b.values[0]);
  const shown = inOrder.slice(0, mostLines);
  return [
    `front: ${inCount(front.length, "trial")}, of which no other is better in all; with what they tried, in order of ` +
      objectives[0].name,
    ...shown.map(({ number, values, parameters }) => {
      const reached = values.map((value, i) => reachedInWords(value, objectives[i])).join(", ");
      const tried = Object.entries(parameters).map(([one, value]) => `${one} ${valueInWords(value)}`);
      return `  trial ${number}: ${reached}; ${tried.join(", ")}`;
    }),
    ...(front.length > shown.length ? [`  and ${front.length - shown.length} more, which --json lists`] : []),
  ];
}

function words(share: number): string {
  return percent(share, { decimals: 0 });
}
