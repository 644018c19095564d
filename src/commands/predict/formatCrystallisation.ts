import { visibleText } from "../../core/visibleText.js";
import type { CrystallisationAnswer } from "../../problems/crystallisation/answerCrystallisation.js";
import { scoreClasses } from "../../problems/crystallisation/crystallisationRows.js";
import { droppedInWords } from "../droppedInWords.js";
import { mostLines } from "./formatPredictions.js";
import { formatRegistered } from "./keepRegistered.js";
import type { CrystallisationPredictions } from "./predictCrystallisation.js";

/** Answers for the terminal. */
export function formatCrystallisation({
  file,
  model,
  rows,
  refused,
  registered,
  label,
}: CrystallisationPredictions): string {
  const more = rows.length - Math.min(rows.length, mostLines);
  return [
    `${file}: ${rows.length} crystallisations, model ${model.slice(0, 12)}; ` +
      `scores are ${scoreClasses.map((name, k) => `${k + 1} ${name}`).join(", ")}`,
    ...rows.slice(0, mostLines).map(answerLine),
    ...(more > 0 ? [`${more} more, which --json lists`] : []),
    ...(refused.length === 0 ? [] : [`refused: ${refused.length} of ${rows.length + refused.length} wells`]),
    ...refused.slice(0, mostLines).map((note) => `  ${droppedInWords(note)}`),
    ...(refused.length > mostLines ? [`  and ${refused.length - mostLines} more, which --json lists`] : []),
    ...(registered === null ? [] : formatRegistered(registered)),
    ...(registered === null || refused.length === 0 ? [] : [`not registered: ${refused.length} refused above`]),
    label,
  ]
    .map((line) => visibleText(line))
    .join("\n");
}

function answerLine({ experiment, score, probabilities, set, outside }: CrystallisationAnswer): string {
  return (
    `${experiment}: ${score} with ${(100 * probabilities[score - 1]).toPrecision(3)} % ` +
    `(${probabilities.map((one) => (100 * one).toFixed(0)).join(", ")}), set at 90 %: ${set.join(", ")}; ` +
    (outside.length === 0 ? "inside" : `outside: ${outside.map(({ told }) => told).join("; ")}`)
  );
}
