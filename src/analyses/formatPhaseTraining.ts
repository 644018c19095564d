import { basename } from "node:path";
import type { Estimate } from "../figures/plotEstimatePairs.js";
import type { PhaseTraining } from "./trainPhaseModel.js";

/** Fewer, and a network can learn rows by heart. */
const fewestRowsPerParameter = 10;

/** What was trained, for the terminal. */
export function formatPhaseTraining({ model, written, seed, origin, notes, engine, engineReason, members, parameters, rows, splitBy, rowsPerParameter, epochs, diverged, scores, temperature, sets }: PhaseTraining): string {
  const count = (value: number): string => value.toLocaleString("en-GB");
  const between = ({ value, low, high }: Estimate): string => `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  const labelled = rows.train + rows.tune + rows.calibrate + rows.test;
  const lines = [
    `${count(labelled)} ${"generated" in origin ? "experiments of the twin" : "experiments of the file"}, seed ${seed}, split by ${splitBy}: ${count(rows.train)} to train, ${count(rows.tune)} to tune, ${count(rows.calibrate)} to calibrate, ${count(rows.test)} to test`,
    ...notes,
    `${members === 1 ? "" : `${members} networks of `}${count(parameters)} parameters, ${rowsPerParameter.toPrecision(3)} training rows for each${rowsPerParameter < fewestRowsPerParameter ? `: warning, fewer than ${fewestRowsPerParameter}: take more rows or smaller layers` : ""}`,
    `engine ${engine}, ${engineReason}`,
  ];
  if (diverged !== null) return [...lines, `${diverged}; nothing was saved`].join("\n");
  return [
    ...lines,
    `epochs kept, of those run: ${epochs.map(({ kept, run }) => `${kept} of ${run}`).join(", ")}`,
    "",
    `${`on ${count(rows.test)} test rows, 95 % intervals by ${splitBy}`.padEnd(50)}${"accuracy".padEnd(24)}log loss (nats)`,
    ...scores.map(({ name, accuracy, logLoss }) => `  ${name.padEnd(48)}${between(accuracy).padEnd(24)}${between(logLoss)}`),
    "",
    ...(temperature === null ? [] : [`temperature ${temperature.toFixed(3)}, fitted on calibrate rows`]),
    `sets that promise 90 % hold the phase of ${between(sets!.coverage)} of the test rows, with ${sets!.meanSize.toFixed(2)} phases on average`,
    `saved as ${basename(model!)}`,
    ...written.map((path) => `  ${path}`),
  ].join("\n");
}
