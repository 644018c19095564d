import { groupedDigits } from "../../core/groupedDigits.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { visibleText } from "../../core/visibleText.js";
import { droppedInWords } from "../droppedInWords.js";
import type { CrystallisationTrained } from "./trainCrystallisationModel.js";
import { verdictInWords } from "./verdictInWords.js";

/** Rows left out that are shown; programs get all. */
const shown = 4;

/** What was trained, and what it is worth, for the terminal. */
export function formatCrystallisationTrained({
  model,
  written,
  seed,
  wells,
  plates,
  doubtful,
  dropped,
  scores,
  gain,
}: CrystallisationTrained): string {
  const more = dropped.length - Math.min(dropped.length, shown);
  return [
    `${groupedDigits(wells)} crystallisations on ${plates} plates, seed ${seed}`,
    ...(doubtful === 0 ? [] : [`left out: ${doubtful} wells whose record leaves liquid out`]),
    ...(dropped.length === 0 ? [] : [`left out: ${dropped.length} rows that cannot be used`]),
    ...dropped.slice(0, shown).map((note) => `  ${droppedInWords(note)}`),
    ...(more > 0 ? [`  and ${more} more, which --json lists`] : []),
    `${"on plates that it had not seen, 95 % intervals by plate".padEnd(58)}${"accuracy".padEnd(24)}log loss (nats)`,
    ...scores.map(({ name, accuracy, logLoss }) => `  ${name.padEnd(56)}${told(accuracy).padEnd(24)}${told(logLoss)}`),
    ...verdictInWords([{ ...gain, over: "constant" }], "constant"),
    `saved as ${model}`,
    `  ${written}`,
  ]
    .map((line) => visibleText(line))
    .join("\n");
}

function told({ value, interval, reason }: EstimateOrReason): string {
  if (interval !== null) return estimateInWords({ value, interval });
  return `${value === null ? "" : `${value.toFixed(3)}, interval `}unknown: ${reason}`;
}
