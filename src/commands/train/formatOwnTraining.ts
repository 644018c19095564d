import { groupedDigits } from "../../core/groupedDigits.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { constantName } from "../../problems/ownLaboratory/ownCandidates.js";
import { formatCoveragePromise } from "../../predictor/coveragePromise.js";
import type { OwnTraining } from "./trainOwnLaboratory.js";
import { verdictInWords } from "./verdictInWords.js";

const units = {
  batch: ["batch", "batches"],
  recipe: ["recipe", "recipes"],
  row: ["row", "rows"],
} as const;

/** What was chosen for few rows, and what it is worth, for the terminal. */
export function formatOwnTraining(training: OwnTraining): string {
  const { model, seed, rows, phases, unit, groups, laboratories, notes, kept, losses, foldsKept, noTwin } = training;
  const { scores, gains, promise, setSize } = training;
  const [one, several] = units[unit];
  const width =
    Math.max(...[...Object.keys(losses), ...scores.map(({ name }) => name)].map(({ length }) => length)) + 2;
  const inFolds = foldsKept.filter((name) => name === kept).length;
  return [
    `${groupedDigits(rows)} experiments of the file in ${groupedDigits(groups)} ${groups === 1 ? one : several}` +
      `${laboratories > 1 ? `, of ${laboratories} laboratories` : ""}, seed ${seed}`,
    `  ${Object.entries(phases)
      .map(([phase, count]) => `${phase} ${groupedDigits(count)}`)
      .join(", ")}`,
    ...notes,
    ...(noTwin === null ? [] : [`the twin cannot answer these recipes: ${noTwin}`]),
    "",
    `${"ways to tell the phase, each judged on rows it had not seen".padEnd(width + 2)}  log loss (nats)`,
    ...Object.entries(losses).map(
      ([name, loss]) => `  ${name.padEnd(width)}${loss.toFixed(3)}${name === kept ? "  kept" : ""}`,
    ),
    keptInWords(training),
    `each of ${foldsKept.length} folds chose anew without its rows: ${inFolds} kept the same`,
    "",
    `${`on rows that nothing had seen, 95 % intervals by ${one}`.padEnd(width + 2)}  ${"accuracy".padEnd(24)}log loss`,
    ...scores.map(
      ({ name, accuracy, logLoss: { value, interval, reason } }) =>
        `  ${name.padEnd(width)}${estimateInWords(accuracy).padEnd(24)}` +
        (interval === null ? `${value.toFixed(3)}, interval unknown: ${reason}` : estimateInWords({ value, interval })),
    ),
    ...verdictInWords(gains, constantName),
    curveInWords(training),
    "",
    formatCoveragePromise(promise),
    ...(setSize === null ? [] : [`  your rows have ${setSize.toFixed(2)} phases in a set on average`]),
    ...quantitiesInWords(training),
    `saved as ${model}`,
  ].join("\n");
}

function keptInWords({ kept, steps }: OwnTraining): string {
  const winning = steps.filter(({ replaces }) => replaces).at(-1);
  if (winning === undefined) return `kept: ${kept}; no other was better by more than a standard error`;
  const { against, gain, lowerBound } = winning;
  return (
    `kept: ${kept}; better than ${against} by ${gain.toFixed(3)} nats, ` +
    `by ${lowerBound.toFixed(3)} less one standard error`
  );
}

function quantitiesInWords({ quantities }: OwnTraining): string[] {
  if (quantities.length === 0) return ["no numbers beside the phase: fewer than 20 rows measured each"];
  return [
    "numbers beside the phase, with 90 % intervals; share of the variance explained on rows that nothing had seen:",
    ...quantities.map(
      ({ column, rows, kept, r2 }) =>
        `  ${`${column}, ${rows} rows`.padEnd(44)}${r2 > 0 ? r2.toFixed(2) : "none"}  ${kept}`,
    ),
  ];
}

function curveInWords({ curve: { points, more } }: OwnTraining): string {
  const said = points.map(({ rows, loss }) => `${loss.toFixed(3)} at ${Math.round(rows)}`).join(", ");
  if (Math.abs(more.gain) < 0.0005)
    return `with fewer rows its log loss was ${said}; more would bring nothing to be seen`;
  const sure = more.gain - more.standardError > 0 ? "" : ", which is within its error of nothing";
  return (
    `with fewer rows its log loss was ${said}; by that curve ${more.rows} more would ` +
    `${more.gain > 0 ? "lower" : "raise"} it by ${Math.abs(more.gain).toFixed(3)} ± ` +
    `${more.standardError.toFixed(3)} nats${sure}`
  );
}
