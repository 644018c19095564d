import type { CrystallisationAnswer } from "../../problems/crystallisation/answerCrystallisation.js";
import { scoreClasses } from "../../problems/crystallisation/crystallisationRows.js";
import { formatTable } from "./formatTable.js";
import type { CrystallisationPredictions } from "./predictCrystallisation.js";

/** Answers for the terminal. */
export function formatCrystallisation(predictions: CrystallisationPredictions): string {
  const scores = scoreClasses.map((name, k) => `${k + 1} ${name}`).join(", ");
  const head = `crystallisations, model ${predictions.model.slice(0, 12)}; scores are ${scores}`;
  return formatTable(predictions, { head, cases: "wells", lines: (answer) => [answerLine(answer)] });
}

function answerLine({ experiment, score, probabilities, set, outside }: CrystallisationAnswer): string {
  return (
    `${experiment}: ${score} with ${(100 * probabilities[score - 1]).toPrecision(3)} % ` +
    `(${probabilities.map((one) => (100 * one).toFixed(0)).join(", ")}), set at 90 %: ${set.join(", ")}; ` +
    (outside.length === 0 ? "inside" : `outside: ${outside.map(({ told }) => told).join("; ")}`)
  );
}
