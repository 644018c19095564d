import { basename } from "node:path";
import { percent } from "../../core/percent.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { formatCoveragePromise } from "../../predictor/coveragePromise.js";
import type { DomainScore, QuantityScore } from "../../problems/phase/judgePhases.js";
import type { PhaseTraining } from "./trainPhaseModel.js";
import { verdictInWords } from "./verdictInWords.js";

/** Fewer, and a network can learn rows by heart. */
const fewestRowsPerParameter = 10;

/** What was trained, for the terminal. */
export function formatPhaseTraining({
  model,
  written,
  seed,
  origin,
  notes,
  engine,
  engineReason,
  members,
  parameters,
  rows,
  splitBy,
  leakage,
  rowsPerParameter,
  epochs,
  diverged,
  scores,
  gains,
  temperature,
  promise,
  sets,
  domain,
  quantities,
}: PhaseTraining): string {
  const count = (value: number): string => value.toLocaleString("en-GB");
  const labelled = rows.train + rows.tune + rows.calibrate + rows.test;
  const lines = [
    `${count(labelled)} ${"generated" in origin ? "experiments of the twin" : "experiments of the file"}, ` +
      `seed ${seed}, split by ${splitBy}: ${count(rows.train)} to train, ` +
      `${count(rows.tune)} to tune, ${count(rows.calibrate)} to calibrate, ${count(rows.test)} to test`,
    ...notes,
    `leakage audit: ${leakage.verdict}`,
    `${members === 1 ? "" : `${members} networks of `}${count(parameters)} parameters, ` +
      `${rowsPerParameter.toPrecision(3)} training rows for each` +
      (rowsPerParameter < fewestRowsPerParameter
        ? `: warning, fewer than ${fewestRowsPerParameter}: take more rows or smaller layers`
        : ""),
    `engine ${engine}, ${engineReason}`,
  ];
  // A name may say how its fit ended, and must not run into the numbers.
  const width = Math.max(48, ...scores.map(({ name }) => name.length + 2));
  if (diverged !== null) return [...lines, `${diverged}; nothing was saved`].join("\n");
  const judged = [
    ...lines,
    `epochs kept, of those run: ${epochs.map(({ kept, run }) => `${kept} of ${run}`).join(", ")}`,
    "",
    `${`on ${count(rows.test)} test rows, 95 % intervals by ${splitBy}`.padEnd(width + 2)}` +
      `${"accuracy".padEnd(24)}log loss (nats)`,
    ...scores.map(
      ({ name, accuracy, logLoss: { value, interval, reason } }) =>
        `  ${name.padEnd(width)}${estimateInWords(accuracy).padEnd(24)}` +
        (interval === null ? `${value.toFixed(3)}, interval unknown: ${reason}` : estimateInWords({ value, interval })),
    ),
    ...verdictInWords(gains, gains.at(-1)!.over),
  ];
  if (model === null) return [...judged, notSaved].join("\n");
  return [
    ...judged,
    "",
    ...(temperature === null ? [] : [`temperature ${temperature.toFixed(3)}, fitted on calibrate rows`]),
    formatCoveragePromise(promise!),
    `  the phase is in its set, of all test rows       ${estimateInWords(sets!.coverage)}, ` +
      `with ${sets!.meanSize.toFixed(2)} phases on average`,
    ...sets!.phases.map(
      ({ phase, rows: own, coverage, reason }) =>
        `  ${`of ${count(own)} of ${phase}`.padEnd(48)}` +
        (coverage === null ? `unknown: ${reason}` : estimateInWords(coverage)),
    ),
    ...formatDomain(domain!),
    ...formatQuantities(quantities),
    `saved as ${basename(model)}`,
    ...written.map((path) => `  ${path}`),
  ].join("\n");
}

const notSaved =
  "nothing was saved: who has such a network would believe it; take more rows, or up to 10,000 and no option of the " +
  "network, so that a model is chosen among several";

function formatDomain({ outside, distance }: DomainScore): string[] {
  const any = `  ${"test rows outside, by distance or ranges".padEnd(48)}${estimateInWords(outside)}`;
  if ("reason" in distance)
    return [
      `outside are recipes beyond the ranges of training rows; their distance is not checked: ${distance.reason}`,
      any,
    ];
  return [
    "outside are recipes beyond the ranges of training rows, " +
      `or farther from them than ${distance.threshold.toFixed(2)}, ` +
      `as at most ${percent(distance.falseAlarm)} of their like`,
    `  ${"test rows outside by distance".padEnd(48)}${estimateInWords(distance.far)}`,
    any,
  ];
}

function formatQuantities(quantities: readonly QuantityScore[]): string[] {
  if (quantities.length === 0) return ["no numbers beside the phase: too few rows measured them"];
  const width = (value: number | null): string => (value === null ? "unknown" : value.toFixed(2));
  return [
    "intervals of numbers promise 90 %; widths are shares of that of one interval for all recipes",
    ...quantities.map(
      ({ column, rows, coverage, relativeWidth, ceilingWidth, reason }) =>
        `  ${`${column}, ${rows.toLocaleString("en-GB")} test rows`.padEnd(50)}` +
        `${coverage === null ? "unknown" : estimateInWords(coverage)}, width ${width(relativeWidth)}` +
        (ceilingWidth === null ? "" : `, the simulator's ${width(ceilingWidth)}`) +
        (reason === null ? "" : `; ${reason}`),
    ),
  ];
}
